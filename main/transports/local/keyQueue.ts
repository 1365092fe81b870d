import { writeSync } from 'node:fs';
import { errorCode, inputNotRead } from '../../failures';

/** More than any paste; a program that leaves this much unread will not read it. */
const MOST_QUEUED_BYTES = 16 << 20;
const LONGEST_WAIT_MS = 20;

/**
 * What was typed and not yet taken by the terminal.
 *
 * Written without blocking and only while the descriptor is ours: after the close its number may belong to
 * another file, and a write in flight in the background would land there.
 */
export class KeyQueue {
  private readonly waiting: Buffer[] = [];
  private bytes = 0;
  private waitMs = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly fd: number,
    private readonly isOpen: () => boolean,
  ) {}

  /** @throws Failure `rejected` when 16 MiB wait already */
  add(keys: string | Uint8Array): void {
    const bytes = Buffer.from(typeof keys === 'string' ? Buffer.from(keys) : keys);
    if (this.bytes + bytes.length > MOST_QUEUED_BYTES) throw inputNotRead(MOST_QUEUED_BYTES);
    this.waiting.push(bytes);
    this.bytes += bytes.length;
    if (!this.timer) this.flush();
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting.length = 0;
    this.bytes = 0;
  }

  private flush(): void {
    this.timer = undefined;
    for (let head = this.waiting[0]; head && this.isOpen(); head = this.waiting[0]) {
      const taken = this.offer(head);
      if (taken === 'gone') return this.clear();
      if (taken === 0) return this.wait();
      this.waitMs = 0;
      this.bytes -= taken;
      if (taken === head.length) this.waiting.shift();
      else this.waiting[0] = head.subarray(taken);
    }
  }

  private offer(bytes: Buffer): number | 'gone' {
    try {
      return writeSync(this.fd, bytes);
    } catch (error) {
      if (errorCode(error) === 'EAGAIN') return 0;
      if (errorCode(error) === 'EIO') return 'gone';
      throw error;
    }
  }

  /** A pty does not tell when there is room again without spinning, so ask ever less often. */
  private wait(): void {
    this.waitMs = Math.min(LONGEST_WAIT_MS, this.waitMs * 2 || 1);
    this.timer = setTimeout(() => this.flush(), this.waitMs);
  }
}
