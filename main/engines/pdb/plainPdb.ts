import { halfTyped } from '../../failures';
import type { Terminal } from '../../transports/transport';

/** The bridge reports within a tenth of a second of its start; this long means that there is none. */
const REPORTS_WITHIN_MS = 15_000;
const NO_REPORT = `Casebook's part beside pdb has not reported within ${REPORTS_WITHIN_MS / 1000} s of the start.`;

/** pdb without the bridge: a terminal into which commands are typed blindly. */
export class PlainPdb {
  /** Why there is no bridge; empty when there is one, or it is not known yet. */
  why = '';
  private timer: NodeJS.Timeout | undefined;

  /** From the start on: when nothing is told for too long, `silent` is called with a sentence. */
  await(silent: (why: string) => void): void {
    this.timer = setTimeout(() => silent(NO_REPORT), REPORTS_WITHIN_MS);
    this.timer.unref();
  }

  /** Something was told, or the program is gone. */
  settle(why: string): void {
    clearTimeout(this.timer);
    this.why = why;
  }

  /** @throws Failure `half-typed` when that would complete another line */
  type(console: Terminal | undefined, commands: readonly string[], unfinished: string): void {
    if (unfinished) throw halfTyped();
    console?.write(commands.map((command) => `${command}\n`).join(''));
  }
}

/** What a session of plain pdb says of itself. */
export const plainNote = (why: string): string =>
  `${why} This is plain pdb: the console works, shared with the program, and the buttons type their commands into it. Stacks, variables and breakpoints in the margin are not to be had.`;
