import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { BridgeEvent } from '../../preload/protocol/bridge';
import type { SourceBreakpoint } from '../../preload/protocol/breakpoints';
import type { CaseEvent } from '../../preload/protocol/caseEntry';
import type { LaunchConfig } from '../../preload/protocol/launch';
import type { QueryAnswer, QueryName, QueryParams } from '../../preload/protocol/queries/queries';
import type { Page, Scope, SessionId, SessionState, StackFrame, StopId, Variable } from '../../preload/protocol/session';
import { visible } from '../../preload/protocol/visible';
import {
  errorCode,
  Failure,
  inPlainPdb,
  journalNotSaved,
  notStopped,
  notWritable,
  sessionEnded,
  stale,
  unknownTerminal,
} from '../failures';
import { Journal } from '../cases/journal';
import type { Engine, EngineEvent, Stage, TerminalRequest } from '../engines/engine';
import type { Terminal, Transport } from '../transports/transport';
import { advance, beginning } from './advance';
import { SessionBreakpoints } from './sessionBreakpoints';
import type { BreakpointKind, PersonsBreakpoints } from './sessionBreakpoints';
import { SessionTerminal } from './sessionTerminal';
import { Spool } from './spool';
import type { SpoolBudget } from './spool';
import { typedLines } from './typedLines';

/** What a session is made of. */
export interface SessionParts {
  readonly id: SessionId;
  readonly title: string;
  readonly config: LaunchConfig;
  readonly transport: Transport;
  /** The session's own folder: journal and spools. */
  readonly folder: string;
  readonly budget: SpoolBudget;
  readonly debugger: string;
  /** Of the process that started this one. */
  readonly parent: SessionId | undefined;
  /** Starts the debugger on the stage it is given. */
  start(stage: Stage): Promise<Engine>;
  tell(event: BridgeEvent, window?: number): void;
  /** The person's breakpoints, and what a typed command made of them. */
  breakpoints(): PersonsBreakpoints;
  typedBreakpoints(list: readonly SourceBreakpoint[], by: SessionId): void;
}

/** Which of a value's children are wanted. */
export interface VariablesPage {
  readonly reference: number;
  readonly start: number;
  readonly count: number;
}

const SIZE = { cols: 80, rows: 24 };
/** What an interrupted program may still print on its way to the prompt, and the person at it, while output is held. */
const ALLOWED_BYTES = 1 << 20;
const INTERRUPT = '\x03';

/** One debugger driving one program: its state, its terminals and its journal. */
export class Session {
  readonly terminals: SessionTerminal[] = [];
  private current: SessionState;
  private engine: Engine | undefined;
  private readonly journal: Journal;
  private readonly breakpoints = new SessionBreakpoints({
    lists: () => this.parts.breakpoints(),
    bound: () => ({ breakpoints: this.current.breakpoints, functionBreakpoints: this.current.functionBreakpoints }),
    update: (bound) => this.update({ ...this.current, ...bound }),
    record: (event) => this.record(event),
    note: (command) => this.console()?.note(command),
    typed: (list) => this.parts.typedBreakpoints(list, this.parts.id),
  });
  private whenEnded: (() => void)[] = [];

  constructor(private readonly parts: SessionParts) {
    const { id, title, transport, config } = parts;
    this.current = beginning({ id, title, host: transport.host, folder: config.folder, debugger: parts.debugger, parent: parts.parent });
    this.journal = new Journal(join(parts.folder, 'entries.jsonl'), (trouble) => this.journalTrouble(trouble));
  }

  get state(): SessionState {
    return { ...this.current, journal: { ...this.current.journal, entries: this.journal.entries } };
  }

  get config(): LaunchConfig {
    return this.parts.config;
  }

  /** @throws Failure when the debugger cannot be started; the session is of no use then */
  async start(command: readonly string[]): Promise<void> {
    const { id, config, transport } = this.parts;
    const env = Object.keys(config.env);
    this.record({
      type: 'session',
      version: 1,
      session: id,
      debugger: this.parts.debugger,
      host: transport.host,
      command,
      folder: config.folder,
      env,
    });
    this.engine = await this.parts.start({
      transport,
      openTerminal: (request) => this.openTerminal(request),
      emit: (event) => this.take(event),
    });
  }

  /** Something that the person should know and that no engine of this session tells. */
  trouble(message: string): void {
    this.take({ type: 'trouble', message });
  }

  /** Has the engine do something that the person clicked. */
  async act(request: string, params: unknown, run: (engine: Engine) => Promise<void>): Promise<void> {
    this.record({ type: 'click', request, params });
    try {
      await run(this.running());
    } catch (error) {
      if (error instanceof Failure) this.record({ type: 'refused', request, code: error.code, message: error.message });
      throw error;
    }
  }

  /** Interrupts the program, also one that waits because its output is held. */
  pause(): Promise<void> {
    this.letThrough(ALLOWED_BYTES);
    return this.act('session.pause', {}, (engine) => engine.pause());
  }

  /** Ends the program, also one that waits because its output is held. */
  terminate(): Promise<void> {
    this.letThrough(Infinity);
    return this.act('session.terminate', {}, async (engine) => engine.terminate());
  }

  stackTrace(stopId: StopId, start: number, count: number): Promise<Page<StackFrame>> {
    return this.ask({ request: 'session.stackTrace', stopId, params: { start, count } }, (engine) => engine.stackTrace(start, count));
  }

  scopes(stopId: StopId, frame: number): Promise<readonly Scope[]> {
    return this.ask({ request: 'session.scopes', stopId, params: { frame } }, (engine) => engine.scopes(frame));
  }

  variables(stopId: StopId, { reference, start, count }: VariablesPage): Promise<Page<Variable>> {
    return this.ask({ request: 'session.variables', stopId, params: { reference, start, count } }, (engine) =>
      engine.variables(reference, start, count),
    );
  }

  selectFrame(stopId: StopId, frame: number): Promise<void> {
    return this.act('session.selectFrame', { stopId, frame }, (engine) => {
      this.mustBeAt(stopId);
      return engine.selectFrame(frame);
    });
  }

  /** Anything else about the stop. */
  query<N extends QueryName>(stopId: StopId, name: N, params: QueryParams<N>): Promise<QueryAnswer<N>> {
    return this.ask({ request: `session.${name}`, stopId, params }, (engine) => engine.query(name, params));
  }

  /** Sets a value in the program; what was set stands in the console. */
  async setVariable(stopId: StopId, params: QueryParams<'setVariable'>): Promise<QueryAnswer<'setVariable'>> {
    const answer = await this.query(stopId, 'setVariable', params);
    if (answer.variable) this.console()?.note(`Casebook: ${visible(params.name)} = ${visible(params.value)}`);
    return answer;
  }

  /** One of the person's lists has changed: bound now when the program is stopped, else at the next stop. */
  breakpointsChanged(kind: BreakpointKind): Promise<void> {
    return this.breakpoints.listChanged(kind, this.current.phase.phase === 'stopped' ? this.engine : undefined);
  }

  terminal(id: string): SessionTerminal {
    const found = this.terminals.find((t) => t.id === id);
    if (!found) throw unknownTerminal(id);
    return found;
  }

  /** Keys for one of the terminals. At a prompt they are a command and kept; while the program runs only their number is. */
  write(terminal: SessionTerminal, data: string): void {
    if (this.current.phase.phase === 'ended') return;
    if (terminal.role === 'console' && this.current.phase.phase === 'stopped') this.typed(data);
    else this.record({ type: 'input', terminal: terminal.id, bytes: Buffer.byteLength(data) });
    if (data.includes(INTERRUPT)) this.letThrough(ALLOWED_BYTES);
    this.engine?.write(terminal.role, data);
  }

  /** @returns how many bytes @throws Failure `rejected` when the file cannot be written */
  async save(terminal: SessionTerminal, path: string): Promise<number> {
    let bytes = 0;
    try {
      const file = await open(path, 'w');
      try {
        for await (const piece of terminal.content()) {
          await file.appendFile(piece);
          bytes += piece.length;
        }
      } finally {
        await file.close();
      }
    } catch (error) {
      if (!errorCode(error)) throw error;
      throw notWritable(path, error);
    }
    return bytes;
  }

  /**
   * Ends the program if it still runs, writes everything down, and lets go of it all.
   *
   * @throws Failure `disk-full` when something cannot be saved: it can still be seen, and the session closed again
   */
  async close(): Promise<void> {
    if (this.engine && this.current.phase.phase !== 'ended') {
      const ended = new Promise<void>((resolve) => this.whenEnded.push(resolve));
      this.letThrough(Infinity);
      this.engine.release();
      await ended;
    }
    const closed = await Promise.allSettled(this.terminals.map((t) => t.close()));
    await this.journal.flush();
    for (const one of closed) if (one.status === 'rejected') throw one.reason;
    const { trouble } = this.current.journal;
    if (trouble) throw journalNotSaved(trouble);
    await this.journal.close();
  }

  private letThrough(bytes: number): void {
    if (this.terminals.some((t) => t.state.held)) for (const terminal of this.terminals) terminal.allow(bytes);
  }

  private readonly typed = typedLines((text) => {
    const console = this.console();
    if (console) this.record({ type: 'typed', terminal: console.id, text });
  });

  private console(): SessionTerminal | undefined {
    return this.terminals.find((t) => t.role === 'console');
  }

  private running(): Engine {
    if (!this.engine || this.current.phase.phase === 'ended') throw sessionEnded();
    return this.engine;
  }

  private async ask<T>(question: { request: string; stopId: StopId; params: unknown }, query: (engine: Engine) => Promise<T>): Promise<T> {
    this.mustBeAt(question.stopId);
    const result = await query(this.running());
    this.record({ type: 'answer', ...question, result });
    return result;
  }

  private mustBeAt(stopId: StopId): void {
    const { phase } = this.current;
    if (phase.phase === 'ended') throw sessionEnded();
    if (this.current.capabilities.plain) throw inPlainPdb();
    if (phase.phase !== 'stopped') throw notStopped();
    if (phase.stopId !== stopId) throw stale();
  }

  private take(event: EngineEvent): void {
    if (event.type !== 'bound' || !this.breakpoints.outdated) this.update(advance(this.current, event, this.journal.now()));
    this.writeDown(event);
    if (event.type === 'bound') this.breakpoints.started(event.breakpoints);
    if (event.type === 'changed') this.breakpoints.reconcile(event.snapshot.breakpoints, event.snapshot.functionBreakpoints);
    if (event.type === 'stopped') this.breakpoints.stopped(event.snapshot.breakpoints, event.snapshot.functionBreakpoints, this.engine);
    if (event.type !== 'exited') return;
    for (const terminal of this.terminals) terminal.allow(0);
    for (const tell of this.whenEnded.splice(0)) tell();
  }

  private writeDown(event: EngineEvent): void {
    const stopId = this.current.lastStop;
    switch (event.type) {
      case 'started':
        return this.record({ type: 'started', pid: event.pid, runtime: event.debugger });
      case 'stopped':
        return this.record({ type: 'stopped', stopId, reason: event.reason, threadId: event.threadId, body: event.snapshot });
      case 'changed':
        return this.record({ type: 'changed', stopId, body: event.snapshot });
      case 'continued':
        return this.record({ type: 'continued' });
      case 'bound':
        return this.record({ type: 'breakpoints', body: event.breakpoints });
      case 'finished':
      case 'waiting':
      case 'awaits':
      case 'late':
        return undefined;
      case 'exited':
        return this.record({ type: 'ended', exit: event.exit, why: this.current.phase.phase === 'ended' ? this.current.phase.why : '' });
      case 'trouble':
        return this.record({ type: 'trouble', message: event.message });
    }
  }

  private record(event: CaseEvent): void {
    this.journal.append(event);
  }

  private update(state: SessionState): void {
    if (state === this.current) return;
    this.current = state;
    this.parts.tell({ type: 'session', session: this.state });
  }

  private journalTrouble(trouble: string): void {
    if (trouble === this.current.journal.trouble) return;
    this.update({ ...this.current, journal: { entries: this.journal.entries, trouble } });
  }

  private async openTerminal(request: TerminalRequest): Promise<Terminal> {
    const { id, folder, budget, transport } = this.parts;
    const name = `${id}.${request.role}`;
    const spool = new Spool({
      folder: join(folder, request.role),
      budget,
      pause: () => terminal.pause(),
      resume: () => terminal.resume(),
      changed: () => terminal.tellState(),
      segment: (piece) => this.record({ type: 'spooled', terminal: name, ...piece }),
      gap: (piece) => this.record({ type: 'gap', terminal: name, ...piece }),
    });
    const terminal = new SessionTerminal({
      id: name,
      role: request.role,
      title: request.title,
      spool,
      record: (e) => this.record(e),
      tell: (e, w) => this.parts.tell(e, w),
    });
    this.terminals.push(terminal);
    const listener = {
      data: (chunk: Buffer) => {
        terminal.capture(chunk);
        request.data?.(chunk);
      },
      exit: (exit: { exitCode: number; signal: number }) => request.exit?.(exit),
      close: () => terminal.closed(),
    };
    const tty = request.command ? await transport.open(request.command, SIZE, listener) : await transport.openTty(SIZE, listener);
    terminal.connect(tty);
    this.update({ ...this.current, terminals: this.terminals.map((t) => ({ id: t.id, role: t.role, title: t.title })) });
    return tty;
  }
}
