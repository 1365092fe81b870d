import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TerminalSize } from '../../../preload/protocol/terminal';
import { notAvailable, sessionEnded } from '../../failures';
import type { Command, ExecResult, SideChannel, SideChannelListener, Terminal, TerminalListener, Transport } from '../transport';
import { withMastersClosed } from './closedMasters';
import { ConptyTerminal } from './conptyTerminal';
import { execCommand } from './execCommand';
import { localFiles } from './localFiles';
import { LosslessPty } from './losslessPty';
import { PrivateFolder } from './privateFolder';
import { findProgram } from './programFile';
import { LocalSideChannel } from './sideChannel';
import { TtyOnly } from './ttyOnly';

const HANG_UP_WITHIN_MS = 1_000;

/** Programs on this computer. `close` ends all that was started through it. */
export class LocalTransport implements Transport {
  readonly host = 'local';
  readonly files = localFiles;
  private readonly terminals = new Map<Terminal, Promise<void>>();
  private readonly channels = new Set<SideChannel>();
  private readonly closing = new AbortController();
  private folder: PrivateFolder | undefined;

  async open(command: Command, size: TerminalSize, listener: TerminalListener): Promise<Terminal> {
    const program = await findProgram(command);
    return this.keep(listener, (kept) =>
      process.platform === 'win32' ? new ConptyTerminal(program, size, kept) : new LosslessPty(withMastersClosed(program), size, kept),
    );
  }

  async openTty(size: TerminalSize, listener: TerminalListener): Promise<Terminal> {
    if (process.platform === 'win32') throw notAvailable('Windows has no terminal without a program. Let the program share the console.');
    return this.keep(listener, (kept) => new TtyOnly(size, kept));
  }

  async exec(command: Command, timeoutMs: number): Promise<ExecResult> {
    const program = await findProgram(command);
    this.checkOpen();
    return execCommand(withMastersClosed(program), { timeoutMs, name: program.file, signal: this.closing.signal });
  }

  async listen(token: string, listener: SideChannelListener): Promise<SideChannel> {
    this.checkOpen();
    const channel = await LocalSideChannel.open(token, listener);
    this.channels.add(channel);
    if (this.closing.signal.aborted) channel.close();
    const close = () => {
      this.channels.delete(channel);
      channel.close();
    };
    return { address: channel.address, send: (line) => channel.send(line), close };
  }

  async privateFile(name: string, content: string): Promise<string> {
    this.checkOpen();
    this.folder ??= new PrivateFolder();
    const path = join(this.folder.path, basename(name));
    await writeFile(path, content, { mode: 0o600, flag: 'wx' });
    return path;
  }

  async probe(path: string): Promise<string> {
    return path;
  }

  /** Hangs up everything, kills what is still there a second later, and settles when all of it has told its close. */
  async close(): Promise<void> {
    this.closing.abort();
    for (const channel of this.channels) channel.close();
    this.folder?.remove();
    this.folder = undefined;
    const all = [...this.terminals];
    for (const [terminal] of all) terminal.close();
    const timer = setTimeout(() => all.forEach(([terminal]) => terminal.signal('SIGKILL')), HANG_UP_WITHIN_MS);
    await Promise.all(all.map(([, closed]) => closed));
    clearTimeout(timer);
  }

  private keep(listener: TerminalListener, start: (listener: TerminalListener) => Terminal): Terminal {
    this.checkOpen();
    let told = () => {};
    const closed = new Promise<void>((resolve) => (told = resolve));
    const terminal = start({
      data: (chunk) => listener.data(chunk),
      exit: (status) => listener.exit(status),
      close: () => {
        this.terminals.delete(terminal);
        told();
        listener.close();
      },
    });
    this.terminals.set(terminal, closed);
    return terminal;
  }

  private checkOpen(): void {
    if (this.closing.signal.aborted) throw sessionEnded();
  }
}
