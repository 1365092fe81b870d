import { within } from './within';

const LONGEST_WAIT_MS = 4_000;

/** What a terminal printed so far, with the bridge's own messages taken out. */
export class Screen {
  text = '';
  private raw = '';
  private prefix: string | undefined;
  private message: (line: string) => void = () => {};
  private readonly waiting = new Set<() => void>();

  constructor(private readonly name: string) {}

  /** Passes on every message between `ESC ] 7773 ; token ;` and BEL instead of showing it. */
  takeOut(token: string, message: (line: string) => void): void {
    this.prefix = `\x1b]7773;${token};`;
    this.message = message;
  }

  add(chunk: Buffer): void {
    this.raw += chunk.toString('latin1');
    for (;;) {
      const at = this.prefix === undefined ? -1 : this.raw.indexOf(this.prefix);
      const end = at < 0 ? -1 : this.raw.indexOf('\x07', at);
      if (at < 0 || end < 0 || this.prefix === undefined) break;
      const encoded = this.raw.slice(at + this.prefix.length, end);
      this.raw = this.raw.slice(0, at) + this.raw.slice(end + 1);
      this.message(Buffer.from(encoded, 'base64').toString('utf8'));
    }
    this.text = Buffer.from(this.raw, 'latin1').toString('utf8');
    for (const waiter of [...this.waiting]) waiter();
  }

  /** Settles once the text, or what matches, has been printed. */
  async shows(what: string | RegExp): Promise<void> {
    let waiter = () => {};
    const shown = new Promise<void>((resolve) => {
      waiter = () => {
        if (typeof what === 'string' ? this.text.includes(what) : what.test(this.text)) resolve();
      };
      this.waiting.add(waiter);
      waiter();
    });
    try {
      await within(LONGEST_WAIT_MS, `${String(what)} in the ${this.name}, which shows:\n${this.text}\n`, shown);
    } finally {
      this.waiting.delete(waiter);
    }
  }
}
