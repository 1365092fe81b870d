import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type {
  BoundBreakpoint,
  BoundFunction,
  ExitStatus,
  Page,
  Scope,
  StackFrame,
  TerminalRole,
  ThreadId,
  Variable,
} from '../../../preload/protocol/session';
import { queries } from '../../../preload/protocol/queries/queries';
import type { QueryAnswer, QueryName, QueryParams } from '../../../preload/protocol/queries/queries';
import type { ExceptionFilters, FunctionBreakpoint, SourceBreakpoint } from '../../../preload/protocol/breakpoints';
import { never } from '../../../preload/protocol/never';
import { halfTyped, inPlainPdb, notStopped, rejected, sessionEnded, stillStarting } from '../../failures';
import type { SideChannel, Terminal } from '../../transports/transport';
import type { Engine, Snapshot, Stage, StepIn } from '../engine';
import { BridgeLink } from './bridgeLink';
import { ConsolePrompt } from './consolePrompt';
import { questions } from './bridgeMessages';
import type { BridgeEvent, BridgeSnapshot } from './bridgeMessages';
import { LentConsole, welcome } from './adopted';
import type { Arrived, Wanted } from './adopted';
import { pdbCommand, settingsOf } from './pdbStart';
import type { PdbStart } from './pdbStart';
import { oscReader } from './oscReader';
import { plainNote, PlainPdb } from './plainPdb';
import { breakpointCommands, typable } from './typedBreakpoints';
import type { NumberedBreakpoint } from './typedBreakpoints';

/** Between asking a program to end and ending it. */
const GRACE_MS = 500;
/** What the bridge said last may still be on its way when its process is gone; a child of the program may hold the line open. */
const LAST_WORDS_WITHIN_MS = 300;
/** Ctrl-A Ctrl-K: readline's "to the start of the line" and "kill to its end". */
const CLEAR_LINE = '\x01\x0b';
const WAITS = 'Waits for the next stop: pdb takes no breakpoints while the program runs.';

/** pdb on a console of its own, with the bridge beside it. */
export class PdbEngine implements Engine {
  private phase: 'starting' | 'stopped' | 'running' | 'ended' = 'starting';
  private console: Terminal | undefined;
  /** The console, where the process is none of ours. */
  private lent: LentConsole | undefined;
  private isOurs = true;
  private program: Terminal | undefined;
  private channel: SideChannel | undefined;
  private snapshot: Snapshot | undefined;
  private table: readonly NumberedBreakpoint[] = [];
  /** What stands in the console behind the last Enter that was sent: all that can be known without a channel. */
  private unfinished = '';
  private readonly prompt = new ConsolePrompt();
  private readonly plain = new PlainPdb();
  private hungUp = () => {};
  private readonly lastWords = new Promise<void>((told) => (this.hungUp = told));
  private readonly link = new BridgeLink(
    (event) => this.onEvent(event),
    (message) => this.stage.emit({ type: 'trouble', message }),
  );

  private constructor(private readonly stage: Stage) {}

  /** Starts the interpreter. What becomes of it arrives as events. @throws Failure when it cannot be started */
  static async start(stage: Stage, start: PdbStart): Promise<PdbEngine> {
    const engine = new PdbEngine(stage);
    await engine.launch(start);
    return engine;
  }

  /** An engine for a process that comes by itself: its console is there, and it is `starting` until the process is received. */
  static async expect(stage: Stage): Promise<PdbEngine> {
    const engine = new PdbEngine(stage);
    const tty = await stage.openTerminal({ role: 'console', title: '(Pdb)', command: undefined });
    engine.lent = new LentConsole(tty, stage.transport, () => engine.phase === 'stopped');
    engine.console = engine.lent;
    return engine;
  }

  /** The process has come. @param isOurs it was started by a program of ours, so that letting go of it ends it */
  receive({ papers, greeting, visitor, inbox }: Arrived, wanted: Wanted, isOurs: boolean): void {
    const { lent } = this;
    if (!lent || this.phase === 'ended') return visitor.close();
    lent.pid = papers.pid;
    this.isOurs = isOurs;
    this.channel = { address: '', send: (line) => visitor.send(line), close: () => visitor.close() };
    this.link.connect((line) => visitor.send(line));
    this.link.take(greeting);
    visitor.send(welcome(lent.ttyName, wanted));
    inbox.deliver({
      line: (line) => this.link.take(line),
      closed: () => {
        this.hungUp();
        void this.onExit(undefined);
      },
    });
  }

  get expands(): boolean {
    return this.link.asks;
  }

  continue(): Promise<void> {
    return this.run('continue');
  }
  next(): Promise<void> {
    return this.run('next');
  }
  async stepIn({ filters, target }: StepIn): Promise<void> {
    const plain = target === undefined && !Object.values(filters).some(Boolean);
    if (!plain && this.link.asks && !this.plain.why) await this.link.request(questions.prepareStep, { filters, target: target ?? null });
    else if (target !== undefined) throw rejected('Without a channel to the program a call cannot be chosen. Step in, and out again.');
    await this.run('step');
  }
  stepOut(): Promise<void> {
    return this.run('return');
  }

  async runTo(line: number | undefined): Promise<void> {
    if (line === undefined) return this.run('until');
    if (this.plain.why) return this.run(`until ${line}`);
    const here = this.current();
    if (line > here.line) return this.run(`until ${line}`);
    if (!typable(here.path))
      throw rejected(`${basename(here.path)} has a name that cannot be typed at a prompt. Set a breakpoint there instead.`);
    await this.type([`tbreak ${here.path}:${line}`, 'continue'], 'running');
  }

  jump(line: number): Promise<void> {
    return this.type([`jump ${line}`], 'changed');
  }

  async selectThread(thread: ThreadId): Promise<void> {
    const at = this.stopped().waiting.findIndex((one) => one.threadId === thread);
    if (at < 0) throw rejected('That thread does not wait for this prompt any more. Choose another.');
    await this.type([`thread ${at + 1}`], 'running');
  }

  async cancel(): Promise<void> {
    if (this.phase === 'stopped' && this.link.asks) await this.link.request(questions.cancel, {});
  }

  async pause(): Promise<void> {
    if (this.phase === 'ended') throw sessionEnded();
    if (this.phase === 'starting') throw stillStarting();
    if (this.phase === 'running') this.console?.write('\x03');
  }

  async selectFrame(frame: number): Promise<void> {
    const by = frame - (this.stopped().frame ?? 0);
    if (by !== 0) await this.type([`${by > 0 ? 'up' : 'down'} ${Math.abs(by)}`], 'changed');
  }

  async setBreakpoints(wanted: readonly SourceBreakpoint[]): Promise<readonly BoundBreakpoint[]> {
    if (this.phase !== 'stopped') return wanted.map((b) => ({ path: b.path, line: b.line, verified: false, message: this.waits, hits: 0 }));
    if (this.link.asks) return this.link.request(questions.setBreakpoints, { breakpoints: wanted });
    const commands = breakpointCommands(wanted, this.table);
    if (commands.length) await this.type(commands, 'changed');
    return wanted.map((b) => {
      const verified = this.table.find((t) => t.path === b.path && t.line === b.line);
      return {
        path: b.path,
        line: b.line,
        verified: Boolean(verified),
        message: verified || !b.enabled ? '' : 'pdb did not take it; the console says why.',
        hits: verified?.hits ?? 0,
      };
    });
  }

  async setFunctionBreakpoints(functions: readonly FunctionBreakpoint[]): Promise<readonly BoundFunction[]> {
    const unbound = (message: string) => functions.map(({ name }) => ({ name, verified: false, message, hits: 0 }));
    if (this.phase !== 'stopped') return unbound(this.waits);
    if (!this.link.asks) return unbound('Without a channel to the program this cannot be set. Type break NAME in the console.');
    return this.link.request(questions.setFunctionBreakpoints, { functions });
  }

  async setExceptionFilters(filters: ExceptionFilters): Promise<void> {
    if (this.phase === 'stopped' && this.link.asks) await this.link.request(questions.setExceptionFilters, { filters });
  }

  async query<N extends QueryName>(name: N, params: QueryParams<N>): Promise<QueryAnswer<N>> {
    this.stopped();
    const { params: held, answer } = queries[name];
    return this.link.request({ command: name, answer }, held.parse(params), allowed(params));
  }

  async stackTrace(start: number, count: number): Promise<Page<StackFrame>> {
    const { frames, frameCount } = this.stopped();
    if (start + count <= frames.length || frames.length === frameCount)
      return { items: frames.slice(start, start + count), start, total: frameCount };
    return this.link.request(questions.stackTrace, { start, count });
  }

  async scopes(frame: number): Promise<readonly Scope[]> {
    const snapshot = this.stopped();
    return frame === snapshot.frame ? snapshot.scopes : this.link.request(questions.scopes, { frame });
  }

  async variables(reference: number, start: number, count: number): Promise<Page<Variable>> {
    const { scopes, locals } = this.stopped();
    const known = scopes.some((s) => s.name === 'Locals' && s.reference === reference);
    const end = Math.min(start + count, locals.total);
    if (known && start >= locals.start && end <= locals.start + locals.items.length) {
      return { items: locals.items.slice(start - locals.start, end - locals.start), start, total: locals.total };
    }
    return this.link.request(questions.variables, { reference, start, count });
  }

  write(role: TerminalRole, data: string): void {
    if (role === 'program') {
      // The program's tty is not its controlling terminal, so the kernel makes no signal of a ^C there.
      if (data === '\x03') this.console?.write(data);
      else this.program?.write(data);
      return;
    }
    const enter = Math.max(data.lastIndexOf('\r'), data.lastIndexOf('\n'), data.lastIndexOf('\x03'));
    this.unfinished = enter < 0 ? this.unfinished + data : data.slice(enter + 1);
    this.console?.write(data);
  }

  terminate(): void {
    const { console } = this;
    if (!console || this.phase === 'ended') return;
    if (this.lent && this.lent.pid === undefined) return void this.onExit(undefined);
    console.signal('SIGTERM');
    setTimeout(() => {
      if (this.phase !== 'ended') console.signal('SIGKILL');
    }, GRACE_MS).unref();
  }

  release(): void {
    if (this.isOurs) return this.terminate();
    this.channel?.close();
    this.console?.close();
  }

  private async launch(start: PdbStart): Promise<void> {
    const { config, env, probe, channel } = start;
    const { transport } = this.stage;
    const token = randomBytes(16).toString('hex');
    if (channel === 'socket') {
      this.channel = await transport.listen(token, { line: (line) => this.link.take(line), closed: () => this.hungUp() });
      this.link.connect((line) => this.channel?.send(line));
    }
    if (config.programTerminal === 'own') {
      this.program = await this.stage.openTerminal({ role: 'program', title: 'Program', command: undefined });
    }
    const told = settingsOf(start, { token, address: this.channel?.address ?? '', programTty: this.program?.ttyName });
    const settings = await transport.privateFile(`${randomBytes(8).toString('hex')}.json`, told);
    const [file = '', ...args] = pdbCommand(config, await transport.probe(probe), settings);
    const osc = oscReader(token, (text) => this.link.take(text));
    this.console = await this.stage.openTerminal({
      role: 'console',
      title: '(Pdb)',
      command: { file, args, cwd: config.folder, env },
      data: osc,
      exit: (exit) => void this.onExit(exit),
    });
    this.plain.await((why) => this.onPlain(why, this.console?.pid ?? 0, ''));
  }

  private run(command: string): Promise<void> {
    return this.type([command], 'running');
  }

  /** Types commands at the prompt, keeping a half-typed line for the next prompt, and waits until the debugger took them. */
  private async type(commands: readonly string[], until: 'running' | 'changed'): Promise<void> {
    if (this.plain.why && this.phase !== 'ended') return this.plain.type(this.console, commands, this.unfinished);
    this.stopped();
    await this.clearLine();
    const before = this.snapshot;
    const taken = this.prompt.until(
      () => this.phase === 'ended' || this.snapshot !== before || (until === 'running' && this.phase !== 'stopped'),
    );
    this.console?.write(commands.map((c) => `${c}\n`).join(''));
    await taken;
  }

  private async clearLine(): Promise<void> {
    if (!this.link.asks) {
      if (this.unfinished) throw halfTyped();
      return;
    }
    const { line, supported } = await this.link.request(questions.takeLine, {});
    if (line && !supported) throw halfTyped();
    if (line) this.console?.write(CLEAR_LINE);
  }

  /** Why breakpoints cannot be set now. */
  private get waits(): string {
    return this.plain.why ? inPlainPdb().message : WAITS;
  }

  private stopped(): Snapshot {
    if (this.phase === 'ended') throw sessionEnded();
    if (this.plain.why) throw inPlainPdb();
    if (this.phase !== 'stopped' || !this.snapshot) throw notStopped();
    return this.snapshot;
  }

  private current(): StackFrame {
    const { frames, frame } = this.stopped();
    const here = frames[frame];
    if (!here) throw notStopped();
    return here;
  }

  private onEvent(message: BridgeEvent): void {
    switch (message.event) {
      case 'hello':
        this.onHello(message.body.pid, message.body.python, message.body.channel);
        break;
      case 'stopped':
        this.phase = 'stopped';
        this.stage.emit({ type: 'stopped', ...pick(message.body), snapshot: this.take(message.body) });
        break;
      case 'changed':
        this.stage.emit({ type: 'changed', snapshot: this.take(message.body) });
        break;
      case 'waiting':
        if (this.snapshot) this.snapshot = { ...this.snapshot, waiting: message.body.waiting };
        this.stage.emit({ type: 'waiting', waiting: message.body.waiting });
        return;
      case 'refused':
        this.prompt.refused(message.body.message);
        break;
      case 'continued':
        this.phase = 'running';
        this.stage.emit({ type: 'continued', threadId: message.body.threadId });
        break;
      case 'breakpoints':
        this.stage.emit({ type: 'bound', ...message.body });
        break;
      case 'finished':
        this.stage.emit({ type: 'finished', text: message.body.text });
        break;
      case 'trouble':
        this.stage.emit({ type: 'trouble', message: message.body.message });
        break;
      case 'plain':
        this.link.close();
        this.onPlain(message.body.message, message.body.pid, message.body.python);
        break;
      default:
        never(message);
    }
    this.prompt.moved();
  }

  /** The program runs under stock pdb: whether it stands still is not known. */
  private onPlain(why: string, pid: number, python: string): void {
    this.plain.settle(why);
    this.phase = 'running';
    this.stage.emit({ type: 'started', pid, debugger: `pdb ${python}`.trim(), degraded: plainNote(why), plain: true });
  }

  private onHello(pid: number, python: string, channel: 'unix' | 'osc'): void {
    this.plain.settle('');
    if (channel === 'osc') this.link.close();
    const degraded = channel === 'osc' ? 'No socket could be had, so values are shown one level deep and cannot be expanded.' : '';
    this.stage.emit({ type: 'started', pid, debugger: `pdb ${python}`, degraded });
  }

  private take(body: BridgeSnapshot): Snapshot {
    const breakpoints = body.breakpoints.map((b) => ({ ...b, text: '', doubt: '' }));
    this.table = breakpoints;
    this.snapshot = { ...body, breakpoints, exception: body.exception ?? undefined, returned: body.returned ?? undefined };
    return this.snapshot;
  }

  private async onExit(exit: ExitStatus | undefined): Promise<void> {
    if (this.channel) await this.hearOut();
    this.plain.settle('');
    this.phase = 'ended';
    this.link.close();
    this.channel?.close();
    this.lent?.close();
    this.prompt.moved();
    this.stage.emit({ type: 'exited', exit });
  }

  private hearOut(): Promise<void> {
    const late = new Promise<void>((done) => {
      setTimeout(done, LAST_WORDS_WITHIN_MS).unref();
    });
    return Promise.race([this.lastWords, late]);
  }
}

/** How much longer than usual an answer may take, in milliseconds: what the question itself allows the program. */
const allowed = (params: object): number =>
  Object.entries(params).reduce(
    (most, [name, value]) => (name.endsWith('Ms') && typeof value === 'number' ? Math.max(most, value) : most),
    0,
  );

const pick = ({ reason, threadId, threadName }: Extract<BridgeEvent, { event: 'stopped' }>['body']) => ({ reason, threadId, threadName });
