import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { LocalTransport } from '../../main/transports/local/localTransport';
import type { Terminal } from '../../main/transports/transport';
import { plainBreakpoint } from '../../preload/protocol/breakpoints';
import type { ExceptionFilters, FunctionBreakpoint, SourceBreakpoint } from '../../preload/protocol/breakpoints';
import type { LaunchConfig } from '../../preload/protocol/launch';
import type { ExitStatus } from '../../preload/protocol/session';
import { bodies, greeting, incoming } from './bridgeMessages';
import type { Bodies, EventName } from './bridgeMessages';
import { Screen } from './bridgeScreen';
import { within } from './within';

const LONGEST_WAIT_MS = 4_000;
const SIZE = { cols: 100, rows: 30 };

/** The repository's folder. */
export const ROOT = join(import.meta.dirname, '..', '..');
/** Small programs under test. */
export const PROGRAMS = join(ROOT, 'test', 'programs');

/** Every Python of this machine that the bridge must work on, oldest first. */
export const ALL_PYTHONS = ['3.8', '3.9', '3.10', '3.11', '3.12', '3.13', '3.14'].flatMap(pythonOf);
/** Oldest, middle, newest: for tests that do not depend on the version's own pdb. */
export const SOME_PYTHONS = ['3.8', '3.11', '3.13'].flatMap(pythonOf);

export interface Python {
  readonly version: string;
  readonly path: string;
}

function pythonOf(version: string): readonly Python[] {
  const folder = join(homedir(), '.pyenv', 'versions');
  const full = existsSync(folder) ? execFileSync('ls', [folder], { encoding: 'utf8' }).split('\n') : [];
  const path = [
    ...full.filter((name) => name.startsWith(`${version}.`)).map((name) => join(folder, name, 'bin', 'python3')),
    `/usr/bin/python${version}`,
  ].find((file) => existsSync(file));
  return path === undefined ? [] : [{ version, path }];
}

/** The bridge as it is shipped: one file. */
export function packBridge(): string {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-bridge-'));
  return execFileSync(process.execPath, [join(ROOT, '.dev', 'packProbes.mjs'), folder], { encoding: 'utf8' }).trim();
}

export interface BridgeLaunch {
  readonly python: string;
  readonly bridge: string;
  /** Absolute, or relative to `folder`. */
  readonly script: string;
  readonly args?: readonly string[];
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stopOnEntry?: boolean;
  /** What is left out is as a click into the margin makes it. */
  readonly breakpoints?: readonly (Pick<SourceBreakpoint, 'path' | 'line'> & Partial<SourceBreakpoint>)[];
  readonly functionBreakpoints?: readonly (Pick<FunctionBreakpoint, 'name'> & Partial<FunctionBreakpoint>)[];
  readonly exceptionFilters?: ExceptionFilters;
  readonly kind?: LaunchConfig['kind'];
  readonly children?: LaunchConfig['children'];
  /** Where children come in. */
  readonly door?: { readonly path: string; readonly token: string };
  /** A terminal of its own for the program. */
  readonly ownTty?: boolean;
  /** A socket nobody listens on, so that the bridge falls back to OSC. */
  readonly channel?: 'unix' | 'osc' | 'broken';
}

/** One program under the packed bridge, in a real terminal, with a real socket. */
export class BridgeSession {
  readonly console = new Screen('console');
  readonly program = new Screen('program');
  readonly events: { readonly name: EventName; readonly body: unknown }[] = [];
  hello: z.infer<typeof greeting> | undefined;
  /** The session's file, which the bridge removes once it is read. */
  configPath = '';
  private cursor = 0;
  private requests = 0;
  private readonly waiting = new Set<() => void>();
  private readonly answers = new Map<number, (answer: { readonly body?: unknown; readonly error?: string | undefined }) => void>();
  private status: ExitStatus | undefined;
  private ended = false;
  private terminal: Terminal | undefined;
  private programTerminal: Terminal | undefined;
  private send: (line: string) => void = () => {};

  private constructor(private readonly transport: LocalTransport) {}

  static async start(launch: BridgeLaunch): Promise<BridgeSession> {
    const session = new BridgeSession(new LocalTransport());
    await session.launch(launch);
    return session;
  }

  /** Types a line into the console, as a person would. */
  type(line: string): void {
    this.terminal?.write(`${line}\n`);
  }

  /** Sends keys as they are. */
  keys(keys: string): void {
    this.terminal?.write(keys);
  }

  typeToProgram(line: string): void {
    this.programTerminal?.write(`${line}\n`);
  }

  signal(name: NodeJS.Signals): void {
    this.terminal?.signal(name);
  }

  /** The next event of this name after the last one asked for. */
  async next<N extends EventName>(name: N, longest = LONGEST_WAIT_MS): Promise<Bodies[N]> {
    const schema = bodies[name];
    const found = await this.until(
      `event ${name}`,
      () => {
        const at = this.events.findIndex((event, index) => index >= this.cursor && event.name === name);
        if (at < 0) return undefined;
        this.cursor = at + 1;
        return this.events[at];
      },
      longest,
    );
    return schema.parse(found.body);
  }

  /** Types a command and gives the stop that follows. */
  async step(command: string): Promise<Bodies['stopped']> {
    this.type(command);
    return this.next('stopped');
  }

  async request(command: string, args: unknown = {}): Promise<unknown> {
    const number = ++this.requests;
    const answered = new Promise<{ readonly body?: unknown; readonly error?: string | undefined }>((resolve) =>
      this.answers.set(number, resolve),
    );
    this.send(JSON.stringify({ request: number, command, arguments: args }));
    const answer = await within(LONGEST_WAIT_MS, `answer to ${command}`, answered);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.body;
  }

  /** How the program ended, once everything it printed has arrived. */
  exit(): Promise<ExitStatus> {
    return this.until('the exit', () => this.status);
  }

  async close(): Promise<void> {
    await this.transport.close();
    this.ended = true;
    this.wake();
  }

  private async launch(launch: BridgeLaunch): Promise<void> {
    const token = randomBytes(16).toString('hex');
    const kind = launch.channel ?? 'unix';
    const channel = await this.transport.listen(token, { line: (line) => this.read(line), closed: () => {} });
    this.send = (line) => channel.send(line);
    if (launch.ownTty) {
      this.programTerminal = await this.transport.openTty(SIZE, {
        data: (chunk) => this.program.add(chunk),
        exit: () => {},
        close: () => {},
      });
    }
    const path = kind === 'broken' ? '/nowhere/b.sock' : channel.address.slice('unix:'.length);
    const config = {
      protocol: 1,
      kind: launch.kind ?? 'script',
      token,
      channel: kind === 'osc' ? { kind } : { kind: 'unix', path },
      programTty: this.programTerminal?.ttyName ?? null,
      stopOnEntry: launch.stopOnEntry ?? true,
      breakpoints: (launch.breakpoints ?? []).map((b) => ({ ...plainBreakpoint(b.path, b.line), ...b })),
      functionBreakpoints: (launch.functionBreakpoints ?? []).map((f) => ({
        condition: '',
        hitCondition: '',
        logMessage: '',
        enabled: true,
        ...f,
      })),
      exceptionFilters: launch.exceptionFilters ?? null,
      children: launch.children ?? 'leave',
      door: launch.door ?? null,
    };
    this.configPath = await this.transport.privateFile(`${token}.json`, JSON.stringify(config));
    this.console.takeOut(token, (line) => this.read(line));
    this.terminal = await this.transport.open(
      {
        file: launch.python,
        args: [launch.bridge, '--casebook', this.configPath, launch.script, ...(launch.args ?? [])],
        cwd: launch.folder ?? PROGRAMS,
        env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', TERM: 'xterm-256color', LANG: 'C.UTF-8', ...launch.env },
      },
      SIZE,
      { data: (chunk) => this.hear(chunk), exit: (status) => this.finish(status), close: () => {} },
    );
  }

  private hear(chunk: Buffer): void {
    this.console.add(chunk);
    this.wake();
  }

  private finish(status: ExitStatus): void {
    this.status = status;
    this.wake();
  }

  private read(line: string): void {
    const message = incoming.parse(JSON.parse(line));
    if ('token' in message) this.hello = message;
    else if ('response' in message) this.answers.get(message.response)?.(message);
    else this.events.push({ name: message.event, body: message.body });
    this.wake();
  }

  private wake(): void {
    for (const waiter of [...this.waiting]) waiter();
  }

  private async until<T>(what: string, look: () => T | undefined, longest = LONGEST_WAIT_MS): Promise<T> {
    let waiter = () => {};
    const found = new Promise<T>((resolve, reject) => {
      waiter = () => {
        const value = look();
        if (value !== undefined) resolve(value);
        else if (this.ended) reject(new Error(`closed while waiting for ${what}`));
      };
      this.waiting.add(waiter);
      waiter();
    });
    try {
      return await within(longest, what, found);
    } catch (error) {
      throw new Error(
        `${String(error)}\n--- events: ${this.events.map((event) => event.name).join(' ')}\n--- console:\n${this.console.text}`,
        { cause: error },
      );
    } finally {
      this.waiting.delete(waiter);
    }
  }
}
