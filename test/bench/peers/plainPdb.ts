import { spawn } from 'node-pty';
import type { IPty } from 'node-pty';
import { within } from '../../helpers/within';
import { PYTHON, ROOT } from '../casebook';

const PROMPT = '(Pdb) ';
const PATIENCE_MS = 60_000;

/** pdb as Python brings it, on node-pty as it comes. Output is counted, not kept. */
export class PlainPdb {
  private end = '';
  private bytes = 0;
  private prompted: () => void = () => undefined;

  private constructor(private readonly pty: IPty) {
    pty.onData((chunk) => {
      this.bytes += Buffer.byteLength(chunk);
      this.end = (this.end + chunk.slice(-PROMPT.length)).slice(-PROMPT.length);
      if (this.end === PROMPT) this.prompted();
    });
  }

  /** Starts a program under pdb, to the first prompt. */
  static async start(program: string): Promise<PlainPdb> {
    const pdb = new PlainPdb(spawn(PYTHON, ['-m', 'pdb', program], { cwd: ROOT, cols: 80, rows: 24 }));
    await pdb.prompt('the first prompt');
    return pdb;
  }

  /** Types a command. @returns how many bytes came, with echo and prompt, until the next prompt was there */
  async command(text: string): Promise<number> {
    this.bytes = 0;
    const prompt = this.prompt(`the prompt after ${text}`);
    this.pty.write(`${text}\n`);
    await prompt;
    return this.bytes;
  }

  close(): void {
    this.pty.kill('SIGKILL');
  }

  private prompt(awaited: string): Promise<void> {
    this.end = '';
    return within(PATIENCE_MS, `${awaited} of pdb`, new Promise<void>((resolve) => (this.prompted = resolve)));
  }
}
