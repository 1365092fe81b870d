import { spawn } from 'node-pty';
import type { IPty } from 'node-pty';
import { within } from '../../helpers/within';
import { PROGRAMS, PYTHON } from '../casebook';

const PATIENCE_MS = 60_000;

/** A program of ours on node-pty as everybody uses it. Its output is counted, not kept. */
export class BarePty {
  private bytes = 0;
  private came: () => void = () => undefined;
  private readonly pty: IPty;

  /** @param args of /usr/bin/python3, the program's name first */
  constructor([program = '', ...args]: readonly string[]) {
    // With encoding null the chunks are Buffers, whatever the declaration says; length is right for both.
    this.pty = spawn(PYTHON, [`${PROGRAMS}/${program}`, ...args], { encoding: null, cwd: PROGRAMS, cols: 80, rows: 24 });
    this.pty.onData((chunk) => {
      this.bytes += chunk.length;
      this.came();
    });
  }

  /** Settles when so many bytes have come in all. */
  received(bytes: number): Promise<void> {
    const enough = new Promise<void>((resolve) => {
      this.came = () => this.bytes >= bytes && resolve();
      this.came();
    });
    return within(PATIENCE_MS, `${bytes} bytes from node-pty`, enough);
  }

  /** Types a key. @returns settles when something has come back */
  key(character: string): Promise<void> {
    const back = this.received(this.bytes + 1);
    this.type(character);
    return back;
  }

  type(text: string): void {
    this.pty.write(text);
  }

  close(): void {
    this.pty.kill('SIGKILL');
  }
}
