import { createHash } from 'node:crypto';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../failures';

/** A stretch of output, in bytes since the terminal was opened. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/** A stretch that is complete on disk; `sha256` in hexadecimal. */
export interface Segment extends Stretch {
  readonly sha256: string;
}

/** Where the files are, and how much each takes. */
export interface SegmentsPlace {
  /** Made when the first byte is written. */
  readonly folder: string;
  /** Bytes of every file but the last. */
  readonly segmentBytes: number;
  segment(piece: Segment): void;
}

/**
 * Output on disk, as files `000000.bin`, `000001.bin`, … of equal size, each hashed while it is written.
 * One write at a time; reads may go on meanwhile.
 */
export class SpoolSegments {
  private file: FileHandle | undefined;
  /** The last file is not hashed to its end yet, open or not. */
  private unfinished = false;
  private hash = createHash('sha256');
  private end = 0;
  private start = 0;

  constructor(private readonly place: SegmentsPlace) {}

  /** The first byte that is still kept. */
  get kept(): number {
    return this.start;
  }

  /** How many bytes the current file still takes; a write must not be longer. */
  get room(): number {
    const { segmentBytes } = this.place;
    return segmentBytes - (this.end % segmentBytes);
  }

  /** A file after the first begins with the next write. */
  get beginsAnother(): boolean {
    return !this.unfinished && this.end > 0;
  }

  /** How many bytes were written: fewer than given when the disk took no more. Rejects with the system's error when it took none. */
  async write(pieces: readonly Buffer[]): Promise<number> {
    const { segmentBytes } = this.place;
    this.file ??= await this.begin();
    const { bytesWritten } = await this.file.writev(pieces, this.end % segmentBytes);
    let left = bytesWritten;
    for (const piece of pieces) {
      this.hash.update(piece.subarray(0, left));
      left -= Math.min(left, piece.length);
    }
    this.end += bytesWritten;
    if (this.end % segmentBytes === 0) await this.finish();
    return bytesWritten;
  }

  /** What one file holds from `offset` on, at most `most` bytes; empty where nothing is kept. */
  async read(offset: number, most: number): Promise<Buffer> {
    const { segmentBytes } = this.place;
    const at = offset % segmentBytes;
    const length = Math.min(most, segmentBytes - at, this.end - offset);
    if (offset < this.start || length <= 0) return Buffer.alloc(0);
    try {
      const file = await open(this.path(offset), 'r');
      try {
        const { bytesRead, buffer } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, at);
        return buffer.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    } catch (error) {
      // Deleted since it was looked at.
      if (errorCode(error) === 'ENOENT' && offset < this.start) return Buffer.alloc(0);
      throw error;
    }
  }

  /** Deletes the complete files that end at or before `offset`. */
  async dropBefore(offset: number): Promise<Stretch | undefined> {
    const { segmentBytes } = this.place;
    const from = this.start;
    const complete = Math.floor(Math.min(offset, this.end) / segmentBytes) * segmentBytes;
    if (complete <= from) return undefined;
    this.start = complete;
    for (let at = from; at < complete; at += segmentBytes) await rm(this.path(at), { force: true });
    return { offset: from, length: complete - from };
  }

  /** Bytes that the disk of the folder has left for us. */
  async space(): Promise<number> {
    const { bavail, bsize } = await statfs(this.place.folder);
    return bavail * bsize;
  }

  /** Ends the last file. */
  async close(): Promise<void> {
    if (this.unfinished) await this.finish();
  }

  /** Closes the last file without ending it: a later write goes on in it. */
  async letGo(): Promise<void> {
    const { file } = this;
    this.file = undefined;
    await file?.close();
  }

  private async begin(): Promise<FileHandle> {
    if (this.unfinished) return open(this.path(this.end), 'r+');
    if (this.end === 0) await mkdir(this.place.folder, { recursive: true, mode: 0o700 });
    const file = await open(this.path(this.end), 'wx', 0o600);
    this.unfinished = true;
    return file;
  }

  private async finish(): Promise<void> {
    const { segmentBytes } = this.place;
    const offset = Math.floor((this.end - 1) / segmentBytes) * segmentBytes;
    const sha256 = this.hash.digest('hex');
    this.hash = createHash('sha256');
    this.unfinished = false;
    await this.letGo();
    if (this.end > offset) this.place.segment({ offset, length: this.end - offset, sha256 });
  }

  private path(offset: number): string {
    const number = Math.floor(offset / this.place.segmentBytes);
    return join(this.place.folder, `${String(number).padStart(6, '0')}.bin`);
  }
}
