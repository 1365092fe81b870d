import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { UnicodeGraphemesAddon } from '@xterm/addon-unicode-graphemes';
import { WebglAddon } from '@xterm/addon-webgl';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { BridgeEvent } from '../../preload/protocol/bridge';
import type { TerminalRole } from '../../preload/protocol/session';
import type { TerminalNote, TerminalSize } from '../../preload/protocol/terminal';
import { visible } from '../../preload/protocol/visible';
import { dropQueries, dropReplies, limitRepeats } from './dropReplies';
import { hasGraphicsCard } from './graphics';
import { noteLine } from './noteLine';
import { onTheme, terminalTheme } from './themes';

/** Lines kept for scrolling back; the spool has everything. */
const SCROLLBACK = 10_000;
/** A screen that is attached anew draws at most this much of the past, in bytes. */
const REPLAY_BYTES = 2 * 1024 * 1024;
/** What is drawn after a jump to the end. */
const JUMP_BYTES = 128 * 1024;
/** Drawn bytes are acknowledged in lots of this size, and whenever all is drawn. */
const ACKNOWLEDGE_BYTES = 32 * 1024;
/** A screen that is this far behind says so, and goes to the end when the person types. */
const FAR_BEHIND_BYTES = 1024 * 1024;

/** Where the flow begins, how far some window has drawn it, how much there is in all, and every note so far. */
export interface Attached {
  readonly offset: number;
  readonly drawn: number;
  readonly size: number;
  readonly notes: readonly TerminalNote[];
}

/** What a screen asks of the world: main, for its bytes and keys. */
export interface ScreenLink {
  /** Undefined when there is nothing to attach to: the link is cut, or the terminal is gone. */
  attach(offset: number): Promise<Attached | undefined>;
  acknowledge(offset: number): void;
  write(data: string): void;
  resize(size: TerminalSize): void;
  onEvent(listener: (event: BridgeEvent) => void): () => void;
  /** A link in the output was chosen. */
  open(target: string): void;
  /** A link is under the pointer; its real target, or '' when it is left. */
  hover(target: string): void;
}

/** How a screen looks and behaves; changed in place. */
export interface ScreenLook {
  readonly fontSize: number;
  readonly screenReader: boolean;
}

/** Which terminal a screen draws. */
export interface ScreenKind {
  readonly id: string;
  readonly role: TerminalRole;
  readonly look: ScreenLook;
}

/** `end`: the offset behind it. `from`: the screen begins anew there. */
type Piece = { readonly data: Uint8Array; readonly end: number } | { readonly note: string } | { readonly from: number };

/** One terminal as it is drawn. It lives as long as its session, in whichever pane shows it. */
export class Screen {
  readonly element = document.createElement('div');
  readonly terminal: Terminal;
  readonly search = new SearchAddon();
  private readonly fit = new FitAddon();
  private readonly stops: (() => void)[] = [];
  private queue: Piece[] = [];
  private notes: TerminalNote[] = [];
  /** How many notes were ever told, drawn or not. */
  private told = 0;
  /** Pieces that xterm has and has not drawn yet, and whether one of them is a note. */
  private writing = 0;
  private noting = false;
  /** Bytes captured, received and drawn, as offsets in the terminal's whole output. */
  private size = 0;
  private received = 0;
  private drawn = 0;
  private acknowledged = 0;
  /** Queries before this offset were answered when some window drew them: drawn again, they must not type again. */
  private answered = 0;
  /** Beginnings that are under way: output that comes meanwhile comes again. */
  private attaching = 0;
  private opened = false;
  private readonly id: string;

  constructor(
    { id, role, look }: ScreenKind,
    private readonly link: ScreenLink,
  ) {
    this.id = id;
    this.element.className = 'screen';
    // Text drawn by WebGL is not in the page; whoever automates the window reads it here.
    Object.defineProperty(this.element, 'readText', { value: () => this.text() });
    Object.defineProperty(this.element, 'readGrid', { value: () => this.grid() });
    this.terminal = new Terminal({
      ...options(look),
      // The unicode service is a proposed API; it opens nothing to the program's output.
      allowProposedApi: true,
      // What hostile output makes the parser say is no error of the window's.
      logLevel: 'off',
      scrollback: SCROLLBACK,
      minimumContrastRatio: 4.5,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      lineHeight: 1.2,
      macOptionIsMeta: true,
      linkHandler: { activate: (_, target) => link.open(target), hover: (_, target) => link.hover(target), leave: () => link.hover('') },
    });
    for (const addon of [this.fit, this.search, new UnicodeGraphemesAddon()]) this.terminal.loadAddon(addon);
    if (role === 'console') dropReplies(this.terminal.parser);
    else dropQueries(this.terminal.parser, () => this.drawn < this.answered);
    limitRepeats(this.terminal.parser);
    this.terminal.onData((data) => this.type(data));
    this.terminal.onBinary((data) => link.write(data));
    this.terminal.onResize((size) => link.resize(size));
    this.terminal.registerLinkProvider({ provideLinks: (row, give) => give(this.linksOf(row)) });
    this.stops.push(
      link.onEvent((event) => this.hear(event)),
      onTheme(() => (this.terminal.options.theme = terminalTheme())),
    );
  }

  /** Bytes that were captured and are not drawn yet, when that is so much that the person should know; else 0. */
  get behind(): number {
    const behind = this.size - this.drawn;
    return behind < FAR_BEHIND_BYTES ? 0 : behind;
  }

  /** Calls back when something was drawn. @returns stops calling */
  onDrawn(listener: () => void): () => void {
    this.element.addEventListener('drawn', listener);
    return () => this.element.removeEventListener('drawn', listener);
  }

  /** Puts the screen into a pane. The first time it begins to draw. */
  show(host: HTMLElement): void {
    host.append(this.element);
    if (!this.opened) {
      this.opened = true;
      this.terminal.open(this.element);
      this.useWebgl();
      void this.attach(REPLAY_BYTES);
    }
    this.measure();
  }

  hide(): void {
    this.element.remove();
  }

  /** Takes the pane's size. */
  measure(): void {
    if (this.element.clientWidth > 0 && this.element.clientHeight > 0) this.fit.fit();
  }

  look(look: ScreenLook): void {
    Object.assign(this.terminal.options, options(look));
    this.measure();
  }

  /** Leaves out what has not been drawn yet, up to the end. */
  jump(): Promise<void> {
    return this.attach(JUMP_BYTES);
  }

  /** Attaches after the link was cut: goes on where it was, with nothing twice. */
  async again(): Promise<void> {
    if (!this.opened) return;
    const past = await this.link.attach(this.received);
    if (!past) return;
    const { offset, size, drawn, notes } = past;
    this.answered = drawn;
    if (offset > this.received) this.enqueue({ note: `${kilobytes(offset - this.received)} of output are not kept any more` });
    this.received = offset;
    this.size = size;
    this.notes.push(...notes.slice(this.told));
    this.told = notes.length;
    this.placeNotes();
    this.link.acknowledge(offset);
    this.link.resize({ cols: this.terminal.cols, rows: this.terminal.rows });
  }

  /** All lines that can be scrolled to, as text. */
  text(): string {
    const { active } = this.terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
    return lines.join('\n').trimEnd();
  }

  /** Where things are on the screen, in cells: `top` is the first line that is seen, of all that can be scrolled to. */
  private grid() {
    const { active } = this.terminal.buffer;
    const { cols, rows } = this.terminal;
    return { columns: cols, rows, top: active.viewportY, cursor: { row: active.baseY + active.cursorY, column: active.cursorX } };
  }

  dispose(): void {
    for (const stop of this.stops) stop();
    this.terminal.dispose();
    this.element.remove();
  }

  /** Begins anew with the last `most` bytes. What was received before and not drawn is left out. */
  private async attach(most: number): Promise<void> {
    this.attaching++;
    const all = await this.link.attach(Number.MAX_SAFE_INTEGER);
    const past = all && (await this.link.attach(Math.max(0, all.size - most)));
    this.attaching--;
    if (!past) return;
    const { offset, size, drawn, notes } = past;
    this.answered = drawn;
    this.queue = [];
    this.enqueue({ from: offset });
    if (offset > 0) this.enqueue({ note: `${kilobytes(offset)} of earlier output are in the session's folder` });
    this.received = offset;
    this.size = size;
    this.notes = notes.filter((n) => n.offset >= offset);
    this.told = notes.length;
    this.placeNotes();
    this.link.acknowledge(offset);
  }

  /** What is typed answers what stands at the end, so that is where the screen goes. */
  private type(data: string): void {
    if (this.behind) void this.jump();
    this.link.write(data);
  }

  private hear(event: BridgeEvent): void {
    if (event.type === 'output' && event.terminal === this.id && event.offset === this.received && !this.attaching) this.take(event.data);
    if (event.type === 'terminal' && event.terminal.id === this.id) this.size = event.terminal.size;
    if (event.type === 'note' && event.terminal === this.id) {
      this.told++;
      this.notes.push(event.note);
      this.placeNotes();
    }
  }

  private take(data: Uint8Array): void {
    let rest = data;
    for (const note of this.notes.filter((n) => n.offset < this.received + data.length)) {
      const before = note.offset - this.received;
      this.received += before;
      this.enqueue({ data: rest.subarray(0, before), end: this.received });
      this.enqueue({ note: `Casebook: ${note.text}` });
      rest = rest.subarray(before);
      this.notes.shift();
    }
    this.received += rest.length;
    this.size = Math.max(this.size, this.received);
    this.enqueue({ data: rest, end: this.received });
    this.placeNotes();
  }

  /** Notes that belong behind all that has come. */
  private placeNotes(): void {
    while (this.notes[0] && this.notes[0].offset <= this.received) this.enqueue({ note: `Casebook: ${this.notes.shift()?.text ?? ''}` });
  }

  private enqueue(piece: Piece): void {
    this.queue.push(piece);
    this.pump();
  }

  /** Bytes go in one behind the other; a note, and beginning anew, wait until all before them is drawn. */
  private pump(): void {
    for (let piece = this.queue[0]; piece && !this.noting; piece = this.queue[0]) {
      if (!('data' in piece) && this.writing > 0) return;
      this.queue.shift();
      if ('data' in piece) this.draw(piece.data, piece.end);
      else if ('note' in piece) this.drawNote(piece.note);
      else this.beginAt(piece.from);
    }
    if (!this.queue.length && !this.writing && !this.noting) this.element.dispatchEvent(new Event('drawn'));
  }

  private draw(data: Uint8Array, end: number): void {
    const old = this.answered - (end - data.length);
    if (old > 0 && old < data.length) {
      this.draw(data.subarray(0, old), this.answered);
      return this.draw(data.subarray(old), end);
    }
    this.writing++;
    this.terminal.write(data, () => {
      this.writing--;
      this.drawn = end;
      if (end === this.received || end - this.acknowledged >= ACKNOWLEDGE_BYTES) {
        this.acknowledged = end;
        this.link.acknowledge(end);
      }
      this.pump();
    });
  }

  private drawNote(text: string): void {
    this.noting = true;
    this.terminal.write(noteLine(visible(text), this.cursor()), () => {
      this.noting = false;
      this.pump();
    });
  }

  private beginAt(offset: number): void {
    this.terminal.reset();
    this.drawn = offset;
    this.acknowledged = offset;
  }

  private cursor() {
    const { active } = this.terminal.buffer;
    let wrapped = 0;
    while (active.getLine(active.baseY + active.cursorY - wrapped)?.isWrapped) wrapped++;
    let below = 0;
    while (active.getLine(active.baseY + active.cursorY + below + 1)?.isWrapped) below++;
    return { column: active.cursorX, wrapped, below, columns: this.terminal.cols };
  }

  /** WebGL where a graphics card draws it, else xterm's DOM renderer. */
  private useWebgl(): void {
    this.element.dataset['renderer'] = 'dom';
    if (!hasGraphicsCard()) return;
    try {
      const webgl = new WebglAddon();
      webgl.onContextLoss(() => webgl.dispose());
      this.terminal.loadAddon(webgl);
      this.element.dataset['renderer'] = 'webgl';
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.element.dataset['renderer'] = 'dom';
    }
  }

  private linksOf(row: number) {
    const text = this.terminal.buffer.active.getLine(row - 1)?.translateToString(true) ?? '';
    return [...text.matchAll(LINK)].map((match) => {
      const [shown] = match;
      const target = match.groups?.['path']
        ? `${match.groups['path']}:${match.groups['line']}`
        : match.groups?.['tb']
          ? `${match.groups['tb']}:${match.groups['tbline']}`
          : shown;
      const range = { start: { x: match.index + 1, y: row }, end: { x: match.index + shown.length, y: row } };
      return {
        range,
        text: shown,
        activate: () => this.link.open(target),
        hover: () => this.link.hover(target),
        leave: () => this.link.hover(''),
      };
    });
  }
}

/** Web addresses, pdb's `> /a/b.py(12)f()` and a traceback's `File "/a/b.py", line 12`. */
const LINK = /https?:\/\/[^\s"'<>()\]]+|(?<=> )(?<path>\/[^\s()]+)\((?<line>\d+)\)|File "(?<tb>\/[^"]+)", line (?<tbline>\d+)/g;

const kilobytes = (bytes: number) => `${Math.round(bytes / 1024).toLocaleString('en')} kB`;

const options = ({ fontSize, screenReader }: ScreenLook) => ({ fontSize, screenReaderMode: screenReader });
