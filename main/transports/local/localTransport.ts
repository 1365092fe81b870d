import { setMaxListeners } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { TerminalSize } from '../../../preload/protocol/terminal';
import { notAvailable, sessionEnded } from '../../failures';
import type {
  Command,
  Door,
  ExecResult,
  SideChannel,
  SideChannelListener,
  Terminal,
  TerminalListener,
  Transport,
  Visitor,
  VisitorListener,
} from '../transport';
import { withMastersClosed } from './closedMasters';
import { ConptyTerminal } from './conptyTerminal';
import { LocalDoor } from './door';
import { execCommand } from './execCommand';
import { localFiles } from './localFiles';
import { LosslessPty } from './losslessPty';
import { signalProcess } from './otherProcess';
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
  private readonly doors = new Set<LocalDoor>();
  private readonly folders = new Set<PrivateFolder>();
  private readonly closing = new AbortController();
  private folder: PrivateFolder | undefined;

  constructor() {
    // Each command that runs listens until it has ended.
    setMaxListeners(0, this.closing.signal);
  }

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

  async exec(command: Command, timeoutMs: number, signal?: AbortSignal): Promise<ExecResult> {
    const program = await findProgram(command);
    this.checkOpen();
    const signals = [this.closing.signal, ...(signal ? [signal] : [])];
    return execCommand(withMastersClosed(program), { timeoutMs, name: program.file, signals });
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

  async openDoor(token: string, entered: (visitor: Visitor, greeting: string) => VisitorListener): Promise<Door> {
    this.checkOpen();
    const door = await LocalDoor.open(token, entered);
    this.doors.add(door);
    if (this.closing.signal.aborted) door.close();
    return { address: door.address, close: () => door.close() };
  }

  signal(pid: number, name: NodeJS.Signals): boolean {
    return signalProcess(pid, name);
  }

  async privateFolder(files: Readonly<Record<string, string>>): Promise<string> {
    this.checkOpen();
    const folder = new PrivateFolder();
    this.folders.add(folder);
    for (const [name, content] of Object.entries(files)) {
      await writeFile(join(folder.path, basename(name)), content, { mode: 0o600, flag: 'wx' });
    }
    return folder.path;
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
    for (const door of this.doors) door.end();
    for (const folder of this.folders) folder.remove();
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
