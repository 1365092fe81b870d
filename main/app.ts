import { join } from 'node:path';
import { z } from 'zod';
import { sourceBreakpoint } from '../preload/protocol/bridge';
import type { BridgeEvent, Handlers, Hello, SourceBreakpoint } from '../preload/protocol/bridge';
import { launchConfig } from '../preload/protocol/launch';
import type { LaunchConfig, RecentLaunch } from '../preload/protocol/launch';
import { describeInterpreter } from './engines/pdb/interpreters';
import { planLaunch } from './engines/pdb/launchPlan';
import { Failure } from './failures';
import { launchHandlers, sessionHandlers, terminalHandlers, windowHandlers } from './handlers';
import type { Parts } from './handlers';
import { KeptFile } from './keptFile';
import { Sessions } from './sessions/sessions';
import { settings as settingsSchema } from '../preload/protocol/settings';
import { LocalTransport } from './transports/local/localTransport';

/** Recent launches that are kept. */
const RECENT = 20;

/** What a host gives: where things lie, and what only a host can do. */
export interface World {
  readonly version: string;
  readonly host: Hello['host'];
  readonly note: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** Settings, recent launches and breakpoints. */
  readonly configFolder: string;
  /** Journals and spools. */
  readonly dataFolder: string;
  /** The packed pdb bridge. */
  readonly probe: string;
  /** `osc` leaves the bridge's socket out, as where none can be had. */
  readonly channel: 'socket' | 'osc';
  openLink(url: string): Promise<void>;
  actOnWindow(act: 'minimize' | 'maximize' | 'close' | 'menu', window: number): Promise<void>;
}

/** The workbench without a window: every request answered, every event told. */
export interface App {
  readonly handlers: Handlers;
  /** @returns stops telling */
  subscribe(window: number, listener: (event: BridgeEvent) => void): () => void;
  close(): Promise<void>;
}

const recentSchema = z.array(z.object({ config: launchConfig, at: z.number() }));

/** The one place that builds everything. */
export async function createApp(world: World): Promise<App> {
  const windows = new Map<number, (event: BridgeEvent) => void>();
  const tell = (event: BridgeEvent, window?: number) => {
    if (window !== undefined) return windows.get(window)?.(event);
    for (const listener of windows.values()) listener(event);
  };
  const { settings, recent, breakpoints } = await openKept(world.configFolder);
  const transport = new LocalTransport();
  const { files } = transport;
  const sessions: Sessions = new Sessions({
    ...world,
    transport,
    folder: join(world.dataFolder, 'sessions'),
    spoolBudget: () => settings.value.spoolBudget,
    tell,
    breakpoints: () => breakpoints.value,
    typedBreakpoints: (list, by) => void setBreakpoints(list, by),
  });
  const interpreters = { transport, home: world.home, env: world.env };
  async function setBreakpoints(list: readonly SourceBreakpoint[], except?: string): Promise<void> {
    const written = breakpoints.set(list);
    tell({ type: 'breakpoints', breakpoints: list });
    await Promise.all(sessions.all.filter((s) => s.state.id !== except).map((s) => s.breakpointsChanged()));
    await written;
  }

  async function check(config: LaunchConfig): Promise<void> {
    const plan = await planLaunch(config, files, world.probe);
    const wrong = plan.problems.find((p) => p.severity === 'error');
    if (wrong) throw new Failure('bad-request', wrong.message);
    const python = await describeInterpreter(config.interpreter, interpreters);
    if (python.trouble) throw new Failure('interpreter-unusable', `${config.interpreter}: ${python.trouble}`);
  }

  async function start(config: LaunchConfig): Promise<string> {
    const id = await sessions.launch(config);
    const others = recent.value.filter((r) => JSON.stringify(r.config) !== JSON.stringify(config));
    await recent.set([{ config, at: Date.now() }, ...others].slice(0, RECENT));
    tell({ type: 'recent', recent: recent.value });
    return id;
  }

  const parts: Parts = { world, files, sessions, settings, recent, breakpoints, interpreters, check, start, setBreakpoints, tell };
  return {
    handlers: { ...windowHandlers(parts), ...launchHandlers(parts), ...sessionHandlers(parts), ...terminalHandlers(parts) },
    subscribe(window, listener) {
      windows.set(window, listener);
      return () => {
        windows.delete(window);
        for (const session of sessions.all) for (const terminal of session.terminals) terminal.detach(window);
      };
    },
    async close() {
      for (const unsaved of await sessions.closeAll()) console.error(unsaved);
      await transport.close();
    },
  };
}

/** What was kept from earlier runs. */
async function openKept(folder: string) {
  const trouble = (message: string) => console.error(message);
  const [settings, recent, breakpoints] = await Promise.all([
    KeptFile.open(join(folder, 'settings.json'), { schema: settingsSchema, fallback: settingsSchema.parse({}) }, trouble),
    KeptFile.open<readonly RecentLaunch[]>(join(folder, 'recent.json'), { schema: recentSchema, fallback: [] }, trouble),
    KeptFile.open<readonly SourceBreakpoint[]>(
      join(folder, 'breakpoints.json'),
      { schema: z.array(sourceBreakpoint), fallback: [] },
      trouble,
    ),
  ]);
  return { settings, recent, breakpoints };
}
