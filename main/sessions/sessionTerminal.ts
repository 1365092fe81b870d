import type { CaseEvent } from '../../preload/protocol/caseEntry';
import type { BridgeEvent, TerminalAttached } from '../../preload/protocol/bridge';
import type { TerminalRole } from '../../preload/protocol/session';
import type { TerminalId, TerminalNote, TerminalSize, TerminalState } from '../../preload/protocol/terminal';
import type { Terminal } from '../transports/transport';
import { OutputFlow } from './outputFlow';
import type { Spool } from './spool';

/** How often, at most, windows are told that a terminal they do not draw has grown. */
const TELL_EVERY_MS = 100;

/** What a session's terminal needs of the world around it. */
export interface TerminalSurroundings {
  readonly id: TerminalId;
  readonly role: TerminalRole;
  readonly title: string;
  readonly spool: Spool;
  record(event: CaseEvent): void;
  /** To one window, or to all. */
  tell(event: BridgeEvent, window?: number): void;
}

/** One terminal of a session: what it wrote is on disk first, then with whoever draws it. */
export class SessionTerminal {
  readonly id: TerminalId;
  readonly role: TerminalRole;
  readonly title: string;
  private readonly flows = new Map<number, OutputFlow>();
  /** Where flows begin that their windows have not asked to begin yet. */
  private readonly beginnings = new Map<number, number>();
  private readonly notes: TerminalNote[] = [];
  private terminal: Terminal | undefined;
  private open = true;
  /** How far the window that is farthest has drawn. */
  private drawn = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly around: TerminalSurroundings) {
    ({ id: this.id, role: this.role, title: this.title } = around);
  }

  get state(): TerminalState {
    const { size, kept, held } = this.around.spool;
    return { id: this.id, size, kept, held, open: this.open };
  }

  /** The tty whose bytes come here, once it stands. */
  connect(terminal: Terminal): void {
    this.terminal = terminal;
    if (this.around.spool.wantsPause) terminal.pause();
  }

  capture(chunk: Buffer): void {
    this.around.spool.append(chunk);
    for (const flow of this.flows.values()) flow.advance();
    this.timer ??= setTimeout(() => this.tellState(), TELL_EVERY_MS);
  }

  pause(): void {
    this.terminal?.pause();
  }

  resume(): void {
    this.terminal?.resume();
  }

  resize(size: TerminalSize): void {
    this.terminal?.resize(size);
  }

  /** The program in it is gone and nothing more will come. */
  closed(): void {
    this.open = false;
    this.tellState();
  }

  /** Adds a dim line of Casebook's own behind what has been written so far. */
  note(text: string): void {
    const note = { offset: this.around.spool.size, text };
    this.notes.push(note);
    this.around.record({ type: 'note', terminal: this.id, ...note });
    this.around.tell({ type: 'note', terminal: this.id, note });
  }

  attach(window: number, from: number): TerminalAttached {
    this.detach(window);
    const { spool } = this.around;
    const offset = Math.min(Math.max(from, spool.kept), spool.size);
    const flow = new OutputFlow(
      spool,
      (at, data) => this.around.tell({ type: 'output', terminal: this.id, offset: at, data }, window),
      (why) => this.note(`what was captured here cannot be read from the disk: ${why}`),
    );
    this.flows.set(window, flow);
    this.beginnings.set(window, offset);
    return { state: this.state, offset, drawn: this.drawn, notes: this.notes };
  }

  detach(window: number): void {
    this.flows.get(window)?.detach();
    this.flows.delete(window);
    this.beginnings.delete(window);
  }

  /** The first, of the very offset that `attach` gave, says that the window is ready: an answer may reach it after what is sent behind it. */
  acknowledge(window: number, offset: number): void {
    const beginning = this.beginnings.get(window);
    if (beginning !== undefined) {
      if (offset !== beginning) return;
      this.beginnings.delete(window);
      return this.flows.get(window)?.attach(offset);
    }
    this.drawn = Math.max(this.drawn, Math.min(offset, this.around.spool.size));
    this.flows.get(window)?.acknowledge(offset);
  }

  release(how: 'continue' | 'keep-last'): Promise<void> {
    return this.around.spool.release(how);
  }

  /** Everything that is still kept, in order, in pieces. */
  async *content(): AsyncGenerator<Buffer> {
    const { spool } = this.around;
    for (let at = spool.kept; at < spool.size;) {
      const piece = await spool.read(at, 1 << 20);
      if (!piece.length) return;
      at += piece.length;
      yield piece;
    }
  }

  tellState(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.around.tell({ type: 'terminal', terminal: this.state });
  }

  /** Lets the source read this many bytes more, held or not. */
  allow(bytes: number): void {
    this.around.spool.allow(bytes);
  }

  /** Hangs up and writes what is left. @throws Failure `disk-full` when that cannot be: windows may still draw it, and it may be closed again */
  async close(): Promise<void> {
    this.terminal?.close();
    await this.around.spool.close();
    clearTimeout(this.timer);
    for (const window of [...this.flows.keys()]) this.detach(window);
  }
}
