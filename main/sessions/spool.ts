import type { TerminalState } from '../../preload/protocol/terminal';
import { errorCode, spoolNotSaved } from '../failures';
import { SpoolSegments } from './spoolSegments';
import type { Segment, Stretch } from './spoolSegments';
import { SpoolTail } from './spoolTail';

const MIB = 1 << 20;
/** Unwritten bytes at which the source waits for the disk, and at which it goes on. */
const PAUSE_AT_BYTES = 8 * MIB;
const RESUME_AT_BYTES = 2 * MIB;
const LONGEST_WRITE_BYTES = MIB;
/** A full disk tells nobody that there is room again. */
const RETRY_AFTER_MS = 2_000;

/** Sizes in bytes that tests make small. */
export interface SpoolSizes {
  /** One file. */
  readonly segment: number;
  /** What the disk keeps for others: no file after a terminal's first is begun with less. */
  readonly reserve: number;
  /** What "keep only the last" keeps at least. */
  readonly keepLast: number;
}
const SIZES: SpoolSizes = { segment: 16 * MIB, reserve: 1024 * MIB, keepLast: 256 * MIB };

/** What a spool is told and what it tells. */
export interface SpoolSurroundings {
  /** For this spool alone; made when the first byte is written. */
  readonly folder: string;
  readonly budget: SpoolBudget;
  readonly sizes?: Partial<SpoolSizes>;
  /** The source is to stop reading, and to go on. Called at changes only. */
  pause(): void;
  resume(): void;
  /** `held` or `kept` is another. */
  changed(): void;
  segment(piece: Segment): void;
  /** A stretch was deleted, as the person chose. */
  gap(piece: Stretch): void;
}

/** Bytes of disk that all terminals of one session may use together. */
export class SpoolBudget {
  private used = 0;
  private limit: number;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly bytes: number) {
    this.limit = bytes;
  }

  get isFull(): boolean {
    return this.used >= this.limit;
  }

  take(bytes: number): void {
    this.used += bytes;
  }

  give(bytes: number): void {
    this.used -= bytes;
    this.wake();
  }

  /** As much again from here on. */
  extend(): void {
    this.limit = Math.max(this.limit, this.used) + this.bytes;
    this.wake();
  }

  /** Calls back once, when there is room; returns how to call that off. */
  whenRoom(room: () => void): () => void {
    this.waiting.add(room);
    return () => this.waiting.delete(room);
  }

  private wake(): void {
    if (this.isFull) return;
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const room of woken) room();
  }
}

/**
 * Everything that one terminal wrote: on disk in hashed files, and the newest bytes in memory until they are there.
 *
 * Nothing is dropped: when the disk is slow, full or over budget, the source is asked to wait, so that the program
 * waits as at any terminal. What still comes then is kept in memory; that is as much as was on its way.
 */
export class Spool {
  private readonly sizes: SpoolSizes;
  private readonly segments: SpoolSegments;
  private readonly tail = new SpoolTail();
  private behind = false;
  private overBudget: (() => void) | undefined;
  private diskError: unknown;
  /** Up to this offset the source may read although the spool is held. */
  private free = 0;
  private pauseTold = false;
  private heldTold: TerminalState['held'] = '';
  private writing: Promise<void> | undefined;
  private retry: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly around: SpoolSurroundings) {
    this.sizes = { ...SIZES, ...around.sizes };
    this.segments = new SpoolSegments({
      folder: around.folder,
      segmentBytes: this.sizes.segment,
      segment: (piece) => around.segment(piece),
    });
  }

  /** Bytes captured so far. */
  get size(): number {
    return this.tail.offset + this.tail.length;
  }

  /** Offset of the first byte that is still kept. */
  get kept(): number {
    return this.segments.kept;
  }

  /** Why the source waits, when that is for the person to decide. */
  get held(): TerminalState['held'] {
    if (this.diskError !== undefined) return 'disk-full';
    return this.overBudget ? 'budget' : '';
  }

  /** The source should not read now. */
  get wantsPause(): boolean {
    return (this.behind || this.held !== '') && this.size >= this.free;
  }

  /**
   * Lets the source read this many bytes more, held or not. A program that waits for its terminal cannot hear that it is
   * interrupted, nor an end be told before its last words: what is read then is kept in memory until the disk takes it.
   */
  allow(bytes: number): void {
    this.free = this.size + bytes;
    this.steer();
  }

  /** @param chunk kept as it is, so nobody may write to it again. After `close` nothing is captured. */
  append(chunk: Buffer): void {
    if (this.closed) return;
    this.tail.push(chunk);
    this.around.budget.take(chunk.length);
    if (this.around.budget.isFull) this.overBudget ??= this.around.budget.whenRoom(() => this.withinBudget());
    this.steer();
    if (this.diskError === undefined) void this.write();
  }

  /** From memory, at most `most` bytes and perhaps fewer; undefined when that offset is on disk only, or not there yet. Not to be written to. */
  peek(offset: number, most: number): Buffer | undefined {
    return this.tail.read(offset, most);
  }

  /** At least one byte and at most `most`; none at the end and where nothing is kept any more. Works after `close` too. */
  async read(offset: number, most: number): Promise<Buffer> {
    return this.tail.read(offset, most) ?? this.segments.read(offset, most);
  }

  /** Goes on for another budget, or deletes all files but the last 256 MB and goes on. A full disk is tried again. */
  async release(how: 'continue' | 'keep-last'): Promise<void> {
    if (how === 'keep-last') await this.keepLast();
    if (this.around.budget.isFull) this.around.budget.extend();
    await this.write();
  }

  /** Writes what is left. @throws Failure `disk-full` when the disk does not take it: it can be read here, and closed once there is room */
  async close(): Promise<void> {
    this.closed = true;
    this.overBudget?.();
    this.overBudget = undefined;
    await this.writing;
    await this.write();
    clearTimeout(this.retry);
    if (this.tail.length > 0) {
      await this.segments.letGo();
      throw spoolNotSaved(this.around.folder, this.tail.length, this.diskError);
    }
    await this.segments.close();
  }

  private async keepLast(): Promise<void> {
    await this.write();
    const gap = await this.segments.dropBefore(this.size - this.sizes.keepLast);
    if (!gap) return;
    this.around.gap(gap);
    this.around.budget.give(gap.length);
    this.around.changed();
  }

  private withinBudget(): void {
    this.overBudget = undefined;
    this.steer();
  }

  /** One at a time; settles when nothing is left to write or the disk takes no more. */
  private async write(): Promise<void> {
    if (this.tail.length > 0) this.writing ??= this.writeAll();
    return this.writing;
  }

  private async writeAll(): Promise<void> {
    try {
      while (this.tail.length > 0) {
        await this.tryWriting();
        this.steer();
        if (this.diskError !== undefined) return;
      }
    } finally {
      // Here and not behind the promise: what is appended in between must find that nobody writes.
      this.writing = undefined;
    }
  }

  private async tryWriting(): Promise<void> {
    try {
      await this.writeSome();
      this.diskError = undefined;
    } catch (error) {
      if (!errorCode(error)) throw error;
      this.diskError = error;
      this.retryLater();
    }
  }

  private async writeSome(): Promise<void> {
    if (this.segments.beginsAnother && (await this.segments.space()) < this.sizes.reserve) throw new DiskReserved(this.sizes.reserve);
    const most = Math.min(LONGEST_WRITE_BYTES, this.segments.room);
    this.tail.drop(await this.segments.write(this.tail.oldest(most)));
  }

  private retryLater(): void {
    clearTimeout(this.retry);
    if (this.closed) return;
    this.retry = setTimeout(() => void this.write(), RETRY_AFTER_MS);
    this.retry.unref();
  }

  private steer(): void {
    if (this.tail.length >= PAUSE_AT_BYTES) this.behind = true;
    else if (this.tail.length <= RESUME_AT_BYTES) this.behind = false;
    if (this.wantsPause !== this.pauseTold) {
      this.pauseTold = this.wantsPause;
      if (this.pauseTold) this.around.pause();
      else this.around.resume();
    }
    if (this.held === this.heldTold) return;
    this.heldTold = this.held;
    this.around.changed();
  }
}

/** Treated as the full disk that it would soon become. */
class DiskReserved extends Error {
  readonly code = 'ENOSPC';

  constructor(bytes: number) {
    super(`the disk has less than ${Math.round(bytes / MIB)} MB left`);
    this.name = 'DiskReserved';
  }
}
