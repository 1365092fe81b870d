import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CaseEntry, CaseEvent } from '../../preload/protocol/caseEntry';
import { errorCode } from '../failures';

/** Entries are written together at most this long after they happened, so that none costs a step its time. */
const GATHER_MS = 20;
/** Between two tries to write after one has failed. */
const RETRY_MS = 1000;

/**
 * Everything that happens in a session, numbered and written as JSON lines. Order is the order of
 * `append`. What cannot be written stays in memory and is written when there is room again; a line
 * that was written in part is taken back first, so the file holds whole lines only.
 */
export class Journal {
  private count = 0;
  private waiting: string[] = [];
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private handle: FileHandle | undefined;
  /** Bytes of the file that are whole lines. */
  private length = 0;
  private closed = false;
  private readonly began = performance.now();

  /** @param trouble called with a sentence when writing fails, and with '' when it works again */
  constructor(
    private readonly file: string,
    private readonly trouble: (message: string) => void,
  ) {}

  /** Entries so far, written or not. */
  get entries(): number {
    return this.count;
  }

  /** Milliseconds since the journal began, monotonic, to the microsecond. */
  now(): number {
    return Math.round((performance.now() - this.began) * 1000) / 1000;
  }

  append(event: CaseEvent): void {
    const entry: CaseEntry = { seq: ++this.count, at: new Date().toISOString(), ms: this.now(), ...event };
    this.waiting.push(`${JSON.stringify(entry)}\n`);
    this.timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** Settles when everything appended so far has been handed to the system, or could not be. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  /** Writes what is left and lets the file go. An entry that comes later still, such as a late answer, is written too. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flush();
    clearTimeout(this.timer);
    await this.release();
  }

  private async release(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  private async write(): Promise<void> {
    const lines = this.waiting;
    if (!lines.length) return;
    this.waiting = [];
    try {
      await this.writeAll(Buffer.from(lines.join('')));
      if (this.closed) await this.release();
      this.trouble('');
    } catch (error) {
      if (!errorCode(error)) throw error;
      this.waiting = [...lines, ...this.waiting];
      this.timer ??= setTimeout(() => void this.flush(), RETRY_MS).unref();
      const why = errorCode(error) === 'ENOSPC' ? 'the disk is full' : errorCode(error);
      this.trouble(`The case is not being saved: ${why} at ${dirname(this.file)}. Free some space; it goes on by itself.`);
    }
  }

  private async writeAll(bytes: Buffer): Promise<void> {
    if (!this.handle) {
      await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
      this.handle = await open(this.file, this.length ? 'r+' : 'w', 0o600);
    }
    let written = 0;
    try {
      while (written < bytes.length) {
        written += (await this.handle.write(bytes, written, bytes.length - written, this.length + written)).bytesWritten;
      }
    } catch (error) {
      await this.handle.truncate(this.length);
      throw error;
    }
    this.length += bytes.length;
  }
}
