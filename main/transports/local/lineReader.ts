const NEWLINE = 10;

/** Cuts bytes into lines wherever they are split, even inside a character: a newline's byte is in no other UTF-8 character. */
export class LineReader {
  private readonly pieces: Buffer[] = [];
  private bytes = 0;
  private stopped = false;

  /** @param longest bytes that a line may have without its newline */
  constructor(
    private longest: number,
    private readonly line: (text: string) => void,
  ) {}

  /** From the next line on. */
  allow(longest: number): void {
    this.longest = longest;
  }

  /** False when a line is too long, or after `stop`. */
  read(bytes: Buffer): boolean {
    let start = 0;
    while (!this.stopped) {
      const end = bytes.indexOf(NEWLINE, start);
      const piece = bytes.subarray(start, end < 0 ? bytes.length : end);
      this.bytes += piece.length;
      if (this.bytes > this.longest) {
        this.stop();
        break;
      }
      this.pieces.push(piece);
      if (end < 0) return true;
      const text = Buffer.concat(this.pieces).toString('utf8');
      this.pieces.length = 0;
      this.bytes = 0;
      this.line(text);
      start = end + 1;
    }
    return false;
  }

  /** Nothing more is read, not even what is at hand. */
  stop(): void {
    this.stopped = true;
    this.pieces.length = 0;
  }
}
