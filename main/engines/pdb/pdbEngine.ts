import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import type { LaunchConfig } from '../../../preload/protocol/launch';
import type { BoundBreakpoint, ExitStatus, Page, Scope, StackFrame, TerminalRole, Variable } from '../../../preload/protocol/session';
import type { SourceBreakpoint } from '../../../preload/protocol/bridge';
import { never } from '../../../preload/protocol/never';
import { halfTyped, notStopped, rejected, sessionEnded, stillStarting } from '../../failures';
import type { SideChannel, Terminal } from '../../transports/transport';
import type { Engine, Snapshot, Stage } from '../engine';
import { BridgeLink } from './bridgeLink';
import { questions } from './bridgeMessages';
import type { BridgeEvent, BridgeSnapshot } from './bridgeMessages';
import { oscReader } from './oscReader';
import { breakpointCommands, typable } from './typedBreakpoints';
import type { NumberedBreakpoint } from './typedBreakpoints';

/** A prompt takes a command in under a millisecond; this long means that something else reads the console. */
const TAKEN_WITHIN_MS = 3000;
/** Between asking a program to end and ending it. */
const GRACE_MS = 500;
/** What the bridge said last may still be on its way when its process is gone; a child of the program may hold the line open. */
const LAST_WORDS_WITHIN_MS = 300;
/** Ctrl-A Ctrl-K: readline's "to the start of the line" and "kill to its end". */
const CLEAR_LINE = '\x01\x0b';
const WAITS = 'Waits for the next stop: pdb takes no breakpoints while the program runs.';

/** What starts a pdb session, beside what the person chose. */
export interface PdbStart {
  readonly config: LaunchConfig;
  /** The person's whole environment, with the entry's additions. */
  readonly env: Readonly<Record<string, string>>;
  /** The packed bridge on Casebook's own machine. */
  readonly probe: string;
  readonly breakpoints: readonly SourceBreakpoint[];
  /** `osc` leaves the socket out, as where none can be had. */
  readonly channel: 'socket' | 'osc';
}

/** The command that is run, as the Launch form shows it. */
export const pdbCommand = (config: LaunchConfig, probe: string, settings: string): string[] => [
  config.interpreter,
  probe,
  '--casebook',
  settings,
  config.program,
  ...config.args,
];

/** pdb on a console of its own, with the bridge beside it. */
export class PdbEngine implements Engine {
  private phase: 'starting' | 'stopped' | 'running' | 'ended' = 'starting';
  private console: Terminal | undefined;
  private program: Terminal | undefined;
  private channel: SideChannel | undefined;
  private snapshot: Snapshot | undefined;
  private table: readonly NumberedBreakpoint[] = [];
  /** What stands in the console behind the last Enter that was sent: all that can be known without a channel. */
  private unfinished = '';
  private readonly moved = new Set<() => void>();
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

  get expands(): boolean {
    return this.link.asks;
  }

  continue(): Promise<void> {
    return this.run('continue');
  }
  next(): Promise<void> {
    return this.run('next');
  }
  stepIn(): Promise<void> {
    return this.run('step');
  }
  stepOut(): Promise<void> {
    return this.run('return');
  }

  async runTo(line: number): Promise<void> {
    const here = this.current();
    if (line > here.line) return this.run(`until ${line}`);
    if (!typable(here.path))
      throw rejected(`${basename(here.path)} has a name that cannot be typed at a prompt. Set a breakpoint there instead.`);
    await this.type([`tbreak ${here.path}:${line}`, 'continue'], 'running');
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
    if (this.phase !== 'stopped') return wanted.map((b) => ({ path: b.path, line: b.line, verified: false, message: WAITS, hits: 0 }));
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
    console.signal('SIGTERM');
    setTimeout(() => {
      if (this.phase !== 'ended') console.signal('SIGKILL');
    }, GRACE_MS).unref();
  }

  private async launch({ config, env, probe, breakpoints, channel }: PdbStart): Promise<void> {
    const { transport } = this.stage;
    const token = randomBytes(16).toString('hex');
    if (channel === 'socket') {
      this.channel = await transport.listen(token, { line: (line) => this.link.take(line), closed: () => this.hungUp() });
      this.link.connect((line) => this.channel?.send(line));
    }
    if (config.programTerminal === 'own') {
      this.program = await this.stage.openTerminal({ role: 'program', title: 'Program', command: undefined });
    }
    const settings = await transport.privateFile(
      `${randomBytes(8).toString('hex')}.json`,
      JSON.stringify({
        protocol: 1,
        channel: channelOf(this.channel?.address ?? ''),
        token,
        programTty: this.program?.ttyName ?? null,
        stopOnEntry: config.stopOnEntry,
        breakpoints,
      }),
    );
    const [file = '', ...args] = pdbCommand(config, await transport.probe(probe), settings);
    const osc = oscReader(token, (text) => this.link.take(text));
    this.console = await this.stage.openTerminal({
      role: 'console',
      title: '(Pdb)',
      command: { file, args, cwd: config.folder, env },
      data: osc,
      exit: (exit) => void this.onExit(exit),
    });
  }

  private run(command: string): Promise<void> {
    return this.type([command], 'running');
  }

  /** Types commands at the prompt, keeping a half-typed line for the next prompt, and waits until the debugger took them. */
  private async type(commands: readonly string[], until: 'running' | 'changed'): Promise<void> {
    this.stopped();
    await this.clearLine();
    const taken = this.taken(until);
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

  private taken(until: 'running' | 'changed'): Promise<void> {
    const before = this.snapshot;
    const done = () =>
      this.phase === 'ended' || (until === 'running' ? this.snapshot !== before || this.phase !== 'stopped' : this.snapshot !== before);
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!done()) return;
        clearTimeout(timer);
        this.moved.delete(check);
        resolve();
      };
      const timer = setTimeout(() => {
        this.moved.delete(check);
        reject(
          rejected(
            'The console did not take the command: something else reads there, such as interact or a list of commands. Finish it in the console, then try again.',
          ),
        );
      }, TAKEN_WITHIN_MS);
      this.moved.add(check);
    });
  }

  private stopped(): Snapshot {
    if (this.phase === 'ended') throw sessionEnded();
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
      case 'continued':
        this.phase = 'running';
        this.stage.emit({ type: 'continued', threadId: message.body.threadId });
        break;
      case 'breakpoints':
        this.stage.emit({ type: 'bound', breakpoints: message.body.breakpoints });
        break;
      case 'finished':
        this.stage.emit({ type: 'finished', text: message.body.text });
        break;
      case 'trouble':
        this.stage.emit({ type: 'trouble', message: message.body.message });
        break;
      default:
        never(message);
    }
    for (const check of [...this.moved]) check();
  }

  private onHello(pid: number, python: string, channel: 'unix' | 'osc'): void {
    if (channel === 'osc') this.link.close();
    const degraded = channel === 'osc' ? 'No socket could be had, so values are shown one level deep and cannot be expanded.' : '';
    this.stage.emit({ type: 'started', pid, debugger: `pdb ${python}`, degraded });
  }

  private take(body: BridgeSnapshot): Snapshot {
    this.table = body.breakpoints;
    this.snapshot = { ...body, exception: body.exception ?? undefined, returned: body.returned ?? undefined };
    return this.snapshot;
  }

  private async onExit(exit: ExitStatus): Promise<void> {
    if (this.channel) await this.hearOut();
    this.phase = 'ended';
    this.link.close();
    this.channel?.close();
    for (const check of [...this.moved]) check();
    this.stage.emit({ type: 'exited', exit });
  }

  private hearOut(): Promise<void> {
    const late = new Promise<void>((done) => {
      setTimeout(done, LAST_WORDS_WITHIN_MS).unref();
    });
    return Promise.race([this.lastWords, late]);
  }
}

/** `unix:/path` as the bridge's settings have it; what it cannot reach is left to the console's own stream. */
const channelOf = (address: string) =>
  address.startsWith('unix:') ? { kind: 'unix', path: address.slice('unix:'.length) } : { kind: 'osc' };

const pick = ({ reason, threadId, threadName }: Extract<BridgeEvent, { event: 'stopped' }>['body']) => ({ reason, threadId, threadName });
