import type { IPty } from 'node-pty';
import type { TerminalSize } from '../../../preload/protocol/terminal';
import type { Command, Terminal, TerminalListener } from '../transport';
import { loadNodePty } from './nodePty';

/**
 * A program in a Windows pseudo console. Not run: no Windows here; written from node-pty 1.1.0's sources.
 *
 * ConPTY draws a screen of its own, so the bytes are not the program's, only what they look like.
 * It is never paused: node-pty ends the output when none has come for a while after the exit, paused or not, and
 * would lose the rest. What comes while paused is kept here. The DLL is node-pty's own: the system's leaves one
 * conhost.exe behind for each program that exits by itself (node-pty #965).
 */
export class ConptyTerminal implements Terminal {
  readonly pid: number;
  readonly ttyName = '';
  private readonly pty: IPty;
  private readonly held: Buffer[] = [];
  private paused = false;
  private exitCode: number | undefined;
  private ended = false;

  /** @param command its file an absolute path that may be run */
  constructor(
    command: Command,
    { cols, rows }: TerminalSize,
    private readonly listener: TerminalListener,
  ) {
    const { file, args, cwd, env } = command;
    this.pty = loadNodePty().spawn(file, [...args], { cwd, env: { ...env }, cols, rows, useConptyDll: true });
    this.pid = this.pty.pid;
    this.pty.onData((text) => this.take(Buffer.from(text)));
    this.pty.onExit(({ exitCode }) => {
      this.exitCode = exitCode;
      this.settle();
    });
  }

  write(data: string | Uint8Array): void {
    if (this.exitCode === undefined) this.pty.write(typeof data === 'string' ? data : Buffer.from(data));
  }

  resize({ cols, rows }: TerminalSize): void {
    if (this.exitCode === undefined) this.pty.resize(cols, rows);
  }

  /** Windows has no signals: an interrupt is the key Ctrl+C, everything else ends the program. */
  signal(name: NodeJS.Signals): void {
    if (this.exitCode !== undefined) return;
    if (name === 'SIGINT') this.pty.write('\x03');
    else this.pty.kill();
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
    for (let chunk = this.held.shift(); chunk; chunk = this.held.shift()) {
      this.listener.data(chunk);
      if (this.paused) return;
    }
    this.settle();
  }

  close(): void {
    this.held.length = 0;
    this.paused = false;
    if (this.exitCode === undefined) this.pty.kill();
    this.settle();
  }

  private take(chunk: Buffer): void {
    if (this.paused) this.held.push(chunk);
    else this.listener.data(chunk);
  }

  private settle(): void {
    if (this.exitCode === undefined || this.ended || this.paused) return;
    this.ended = true;
    this.listener.exit({ exitCode: this.exitCode, signal: 0 });
    this.listener.close();
  }
}
