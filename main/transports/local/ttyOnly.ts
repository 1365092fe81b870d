import { closeSync, constants, openSync } from 'node:fs';
import type { TerminalSize } from '../../../preload/protocol/terminal';
import type { Terminal, TerminalListener } from '../transport';
import { loadNodePty } from './nodePty';
import { PtyMaster } from './ptyMaster';

/**
 * A tty without a program of ours: debuggees open it by its name, one after the other or several at once.
 * It lives until `close`, because the slave stays open here.
 */
export class TtyOnly implements Terminal {
  readonly pid = undefined;
  readonly ttyName: string;
  private readonly master: PtyMaster;
  private slave: number | undefined;
  private closeTold = false;

  constructor(
    { cols, rows }: TerminalSize,
    private readonly listener: TerminalListener,
  ) {
    const pty = loadNodePty().native.open(cols, rows);
    this.ttyName = pty.pty;
    // Node opens files so that children do not inherit them, which node-pty does not.
    this.slave = openSync(pty.pty, constants.O_RDWR | constants.O_NOCTTY);
    closeSync(pty.slave);
    this.master = new PtyMaster(pty.master, { data: (chunk) => listener.data(chunk), settled: () => this.settle() });
  }

  write(data: string | Uint8Array): void {
    this.master.write(data);
  }

  resize(size: TerminalSize): void {
    this.master.resize(size);
  }

  /** There is no program of ours in it. */
  signal(): void {}

  pause(): void {
    this.master.pause();
  }

  resume(): void {
    this.master.resume();
  }

  /** Nobody tells when a debuggee has written its last: what the kernel holds by now is delivered first, paused or not. */
  close(): void {
    if (this.slave === undefined) return;
    closeSync(this.slave);
    this.slave = undefined;
    this.master.end();
  }

  private settle(): void {
    if (!this.master.isSpent || this.closeTold) return;
    this.closeTold = true;
    this.listener.close();
  }
}
