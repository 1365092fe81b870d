/** The newest bytes of a spool, in memory until they are on disk. Pieces that lie side by side in memory are kept as one. */
export class SpoolTail {
  private readonly pieces: Buffer[] = [];
  private start = 0;
  private bytes = 0;

  /** Offset of the first byte here, which is how many bytes are on disk. */
  get offset(): number {
    return this.start;
  }

  get length(): number {
    return this.bytes;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.bytes += chunk.length;
    const last = this.pieces.at(-1);
    if (last?.buffer === chunk.buffer && last.byteOffset + last.length === chunk.byteOffset) {
      this.pieces[this.pieces.length - 1] = Buffer.from(last.buffer, last.byteOffset, last.length + chunk.length);
    } else {
      this.pieces.push(chunk);
    }
  }

  /** The oldest bytes, at most `most` of them, uncopied. */
  oldest(most: number): readonly Buffer[] {
    const taken: Buffer[] = [];
    let left = most;
    for (const piece of this.pieces) {
      if (left === 0) break;
      taken.push(piece.subarray(0, left));
      left -= Math.min(left, piece.length);
    }
    return taken;
  }

  /** Forgets the oldest bytes. */
  drop(bytes: number): void {
    this.start += bytes;
    this.bytes -= bytes;
    for (let left = bytes; left > 0;) {
      const [head] = this.pieces;
      if (!head) throw new RangeError(`${left} bytes more than there are`);
      if (head.length > left) this.pieces[0] = head.subarray(left);
      else this.pieces.shift();
      left -= Math.min(left, head.length);
    }
  }

  /** What lies in one piece from `offset` on, at most `most` bytes; undefined when that is not here. Looks from the end: readers mostly keep up. */
  read(offset: number, most: number): Buffer | undefined {
    if (offset < this.start) return undefined;
    let end = this.start + this.bytes;
    for (let i = this.pieces.length - 1; i >= 0; i--) {
      const piece = this.pieces[i];
      if (!piece) return undefined;
      const begin = end - piece.length;
      if (offset >= begin) return offset < end ? piece.subarray(offset - begin, offset - begin + most) : undefined;
      end = begin;
    }
    return undefined;
  }
}
