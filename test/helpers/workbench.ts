import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../main/app';
import type { App } from '../../main/app';
import { environmentOf } from '../../main/hosts/folders';
import type { BridgeEvent, Handlers, RequestName } from '../../preload/protocol/bridge';
import type { LaunchConfig } from '../../preload/protocol/launch';
import type { SessionPhase, SessionState } from '../../preload/protocol/session';
import { packBridge } from './bridgeSession';
import { within } from './within';

const WAIT_MS = 15_000;
type Phase<P> = Extract<SessionPhase, { phase: P }>;

/** The workbench without a window: what a window would hear is kept and can be awaited. */
export class HeadlessWorkbench {
  private readonly heard: BridgeEvent[] = [];
  private readonly wake = new Set<() => void>();

  private constructor(
    private readonly app: App,
    readonly home: string,
  ) {
    app.subscribe(1, (event) => {
      this.heard.push(event);
      for (const look of this.wake) look();
    });
  }

  static async open(channel: 'socket' | 'osc' = 'socket'): Promise<HeadlessWorkbench> {
    const home = await mkdtemp(join(tmpdir(), 'casebook-app-'));
    const elsewhere = () => Promise.reject(new Error('there is no window'));
    const app = await createApp({
      version: '0',
      host: 'web',
      note: '',
      home,
      env: environmentOf(process.env),
      configFolder: join(home, 'config'),
      dataFolder: join(home, 'data'),
      probe: packBridge(),
      channel,
      openLink: elsewhere,
      actOnWindow: elsewhere,
    });
    return new HeadlessWorkbench(app, home);
  }

  /** Asks as a window would, with parameters that need no check. */
  request<N extends RequestName>(name: N, params: Parameters<Handlers[N]>[0]): ReturnType<Handlers[N]> {
    const handler = this.app.handlers[name] as (params: unknown, caller: { window: number }) => ReturnType<Handlers[N]>;
    return handler(params, { window: 1 });
  }

  /** Starts a program with what a form would have. */
  launch(part: Pick<LaunchConfig, 'program' | 'interpreter'> & Partial<LaunchConfig>): Promise<string> {
    return this.request('session.launch', {
      kind: 'script',
      args: [],
      folder: '/tmp',
      env: {},
      stopOnEntry: true,
      programTerminal: 'own',
      children: 'follow',
      ...part,
    });
  }

  state(session: string): SessionState | undefined {
    return this.heard.flatMap((e) => (e.type === 'session' && e.session.id === session ? [e.session] : [])).at(-1);
  }

  /** The session as soon as it is so. */
  until(session: string, what: string, is: (state: SessionState) => boolean): Promise<SessionState> {
    const found = new Promise<SessionState>((resolve) => {
      const look = () => {
        const state = this.state(session);
        if (!state || !is(state)) return;
        this.wake.delete(look);
        resolve(state);
      };
      this.wake.add(look);
      look();
    });
    return within(WAIT_MS, `${what} in session ${session}`, found);
  }

  /** Its next stop, or the one it is at, on this line. */
  async stoppedAt(session: string, line: number): Promise<Phase<'stopped'>> {
    const { phase } = await this.until(session, `stop at line ${line}`, (s) => s.phase.phase === 'stopped' && s.phase.frame.line === line);
    if (phase.phase !== 'stopped') throw new Error('not stopped');
    return phase;
  }

  async ended(session: string): Promise<Phase<'ended'>> {
    const { phase } = await this.until(session, 'end', (s) => s.phase.phase === 'ended');
    if (phase.phase !== 'ended') throw new Error('not ended');
    return phase;
  }

  /** Everything a terminal wrote that contains this text. */
  async shows(terminal: string, text: string): Promise<string> {
    let shown = '';
    const seen = new Promise<void>((resolve) => {
      const look = () => {
        shown = Buffer.concat(this.heard.flatMap((e) => (e.type === 'output' && e.terminal === terminal ? [e.data] : []))).toString();
        if (shown.includes(text)) resolve();
      };
      this.wake.add(look);
      look();
    });
    const { offset } = await this.request('terminal.attach', { terminal, offset: 0 });
    await this.request('terminal.acknowledge', { terminal, offset });
    await within(WAIT_MS, `${JSON.stringify(text)} in ${terminal}`, seen);
    return shown;
  }

  async close(): Promise<void> {
    await this.app.close();
    await rm(this.home, { recursive: true, force: true });
  }
}
