import { HIGH_WATER_BYTES, LOW_WATER_BYTES } from '../../preload/protocol/terminal';

const LONGEST_CHUNK_BYTES = 64 << 10;

/** Where a flow takes its bytes from; a Spool is one. */
export interface FlowSource {
  readonly size: number;
  readonly kept: number;
  peek(offset: number, most: number): Buffer | undefined;
  read(offset: number, most: number): Promise<Buffer>;
}

/**
 * A terminal's output on its way to one window, no faster than the window draws it.
 *
 * What arrives while the window keeps up is sent in the same turn, from memory. A window that falls behind stops
 * the flow, never the capture, and is served from disk later. Where bytes are no longer kept, the flow jumps.
 */
export class OutputFlow {
  private attached = false;
  private full = false;
  private reading = false;
  private next = 0;
  /** What was sent and not yet drawn, in order; more than one stretch only behind a jump. */
  private unacknowledged: { start: number; end: number }[] = [];

  /** @param send takes at most 64 kB; `offset` is the first byte's. The bytes are not to be written to */
  constructor(
    private readonly source: FlowSource,
    private readonly send: (offset: number, bytes: Buffer) => void,
  ) {}

  /** Begins at `offset`, or at the first byte that is still kept. */
  attach(offset: number): void {
    this.attached = true;
    this.next = offset;
    this.full = false;
    this.unacknowledged = [];
    this.advance();
  }

  /** The window has drawn everything before `offset`. */
  acknowledge(offset: number): void {
    this.unacknowledged = this.unacknowledged
      .map(({ start, end }) => ({ start: Math.max(start, offset), end }))
      .filter(({ start, end }) => start < end);
    if (this.waiting() <= LOW_WATER_BYTES) this.full = false;
    this.advance();
  }

  /** Sends what may be sent now; to be called whenever the source has grown. */
  advance(): void {
    while (this.attached && !this.reading && !this.full && this.next < this.source.size) {
      this.next = Math.max(this.next, this.source.kept);
      const bytes = this.source.peek(this.next, LONGEST_CHUNK_BYTES);
      if (bytes) this.pass(bytes);
      else void this.fetch();
    }
  }

  detach(): void {
    this.attached = false;
  }

  private async fetch(): Promise<void> {
    this.reading = true;
    const from = this.next;
    const bytes = await this.source.read(from, LONGEST_CHUNK_BYTES);
    this.reading = false;
    if (this.attached && this.next === from && bytes.length > 0) this.pass(bytes);
    this.advance();
  }

  private pass(bytes: Buffer): void {
    const start = this.next;
    this.next += bytes.length;
    const last = this.unacknowledged.at(-1);
    if (last?.end === start) last.end = this.next;
    else this.unacknowledged.push({ start, end: this.next });
    this.full = this.waiting() >= HIGH_WATER_BYTES;
    this.send(start, bytes);
  }

  private waiting(): number {
    return this.unacknowledged.reduce((sum, { start, end }) => sum + end - start, 0);
  }
}
