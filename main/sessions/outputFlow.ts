import { HIGH_WATER_BYTES, LOW_WATER_BYTES } from '../../preload/protocol/terminal';
import { errorCode } from '../failures';

const LONGEST_CHUNK_BYTES = 64 << 10;
/** A window that is this far behind a source that grows this fast is in a flood: no screen draws that, and nobody reads along. */
const FAR_BEHIND_BYTES = 1 << 20;
const FLOOD_BYTES_PER_MS = 10_000;
/** Between two lots while it floods: ten pictures a second, and the machine is left to the capture. */
const BREATH_MS = 100;

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
 * the flow, never the capture, and is served from disk later; while the source floods it is served in small lots,
 * because drawing would take the processor from the capture. Where bytes are no longer kept, the flow jumps.
 */
export class OutputFlow {
  private attached = false;
  private full = false;
  private reading = false;
  private next = 0;
  private breath: NodeJS.Timeout | undefined;
  /** The source's size at the last acknowledgement, and when that was (ms). */
  private before = { size: 0, at: 0 };
  /** What was sent and not yet drawn, in order; more than one stretch only behind a jump. */
  private unacknowledged: { start: number; end: number }[] = [];

  /**
   * @param send takes at most 64 kB; `offset` is the first byte's. The bytes are not to be written to
   * @param unreadable told once, with the system's word, when what was captured cannot be read back; the flow stands still then
   */
  constructor(
    private readonly source: FlowSource,
    private readonly send: (offset: number, bytes: Buffer) => void,
    private readonly unreadable: (why: string) => void,
  ) {}

  /** Begins at `offset`, or at the first byte that is still kept. */
  attach(offset: number): void {
    this.attached = true;
    this.next = offset;
    this.full = false;
    this.unacknowledged = [];
    this.before = { size: this.source.size, at: performance.now() };
    this.advance();
  }

  /** The window has drawn everything before `offset`. */
  acknowledge(offset: number): void {
    this.unacknowledged = this.unacknowledged
      .map(({ start, end }) => ({ start: Math.max(start, offset), end }))
      .filter(({ start, end }) => start < end);
    if (this.waiting() <= LOW_WATER_BYTES) this.full = false;
    if (this.floods() && !this.breath) this.breath = setTimeout(() => this.goOn(), BREATH_MS);
    this.advance();
  }

  /** Sends what may be sent now; to be called whenever the source has grown. */
  advance(): void {
    while (this.attached && !this.breath && !this.reading && !this.full && this.next < this.source.size) {
      this.next = Math.max(this.next, this.source.kept);
      const bytes = this.source.peek(this.next, LONGEST_CHUNK_BYTES);
      if (bytes) this.pass(bytes);
      else void this.fetch();
    }
  }

  detach(): void {
    this.attached = false;
    clearTimeout(this.breath);
    this.breath = undefined;
  }

  private floods(): boolean {
    const { size } = this.source;
    const now = performance.now();
    const speed = (size - this.before.size) / Math.max(1, now - this.before.at);
    this.before = { size, at: now };
    return speed > FLOOD_BYTES_PER_MS && size - this.next > FAR_BEHIND_BYTES;
  }

  private goOn(): void {
    this.breath = undefined;
    this.advance();
  }

  private async fetch(): Promise<void> {
    this.reading = true;
    const from = this.next;
    try {
      const bytes = await this.source.read(from, LONGEST_CHUNK_BYTES);
      this.reading = false;
      if (this.attached && this.next === from && bytes.length > 0) this.pass(bytes);
      this.advance();
    } catch (error) {
      const why = errorCode(error);
      if (!why) throw error;
      if (this.attached) this.unreadable(why);
      this.detach();
    }
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
