import type { ExitStatus } from '../../preload/protocol/session';
import type { TerminalSize } from '../../preload/protocol/terminal';
import type { Command, Terminal, TerminalListener, Transport } from '../../main/transports/transport';
import { within } from './within';

export const SIZE: TerminalSize = { cols: 80, rows: 24 };
const PATIENCE_MS = 4_000;

/** A command in `cwd` with a small environment that does not depend on who runs the tests. */
export function command(
  file: string,
  args: readonly string[],
  { cwd = process.cwd(), env = {} }: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Command {
  return { file, args, cwd, env: { PATH: '/usr/local/bin:/usr/bin:/bin', TERM: 'xterm-256color', HOME: '/nonexistent', ...env } };
}

/** Listens to one terminal and keeps what it tells, in order. */
export class PtyRun implements TerminalListener {
  readonly events: string[] = [];
  readonly exited: Promise<ExitStatus>;
  readonly closed: Promise<void>;
  private readonly chunks: Buffer[] = [];
  private looked = 0;
  private readonly watchers = new Set<() => void>();
  private tellExit: (status: ExitStatus) => void = () => {};
  private tellClose: () => void = () => {};

  /** @param onData sees every chunk, after it was kept */
  constructor(private readonly onData: (chunk: Buffer) => void = () => {}) {
    this.exited = new Promise((resolve) => (this.tellExit = resolve));
    this.closed = new Promise((resolve) => (this.tellClose = resolve));
  }

  get output(): Buffer {
    return Buffer.concat(this.chunks);
  }

  get text(): string {
    return this.output.toString('utf8');
  }

  data(chunk: Buffer): void {
    this.chunks.push(chunk);
    if (this.events.at(-1) !== 'data') this.events.push('data');
    this.onData(chunk);
    for (const look of this.watchers) look();
  }

  exit(status: ExitStatus): void {
    this.events.push('exit');
    this.tellExit(status);
  }

  close(): void {
    this.events.push('close');
    this.tellClose();
  }

  /** The match of `pattern` in what came since the last match. */
  async seen(pattern: RegExp): Promise<RegExpExecArray> {
    let look = () => {};
    const found = new Promise<RegExpExecArray>((resolve) => {
      look = () => {
        const match = pattern.exec(this.text.slice(this.looked));
        if (!match) return;
        this.looked += match.index + match[0].length;
        this.watchers.delete(look);
        resolve(match);
      };
      this.watchers.add(look);
      look();
    });
    return within(PATIENCE_MS, `${pattern} in the terminal`, found).catch((error: unknown) => {
      throw new Error(`the terminal ends in ${JSON.stringify(this.text.slice(-300))}`, { cause: error });
    });
  }

  async end(): Promise<ExitStatus> {
    const status = await within(PATIENCE_MS, 'exit of the program', this.exited);
    await within(PATIENCE_MS, 'close of the terminal', this.closed);
    return status;
  }
}

/** Opens a program in a terminal and listens to it. */
export async function run(
  transport: Transport,
  what: Command,
  onData?: (chunk: Buffer, terminal: Terminal) => void,
): Promise<{ readonly terminal: Terminal; readonly seen: PtyRun }> {
  const seen = new PtyRun((chunk) => onData?.(chunk, terminal));
  const terminal: Terminal = await transport.open(what, SIZE, seen);
  return { terminal, seen };
}
