import { join } from 'node:path';
import { z } from 'zod';
import type { BridgeEvent, Handlers, Hello } from '../preload/protocol/bridge';
import { launchConfig } from '../preload/protocol/launch';
import type { LaunchConfig, RecentLaunch } from '../preload/protocol/launch';
import { BreakpointLists } from './breakpointLists';
import { Interpreters } from './engines/pdb/interpreters';
import { fileHandlers, sessionHandlers, terminalHandlers, windowHandlers } from './handlers';
import type { Parts } from './handlers';
import { KeptFile } from './keptFile';
import { checkLaunch, launchHandlers, remembering } from './launches';
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
  const { settings, recent } = await openKept(world.configFolder);
  const transport = new LocalTransport();
  const { files } = transport;
  const breakpoints = await BreakpointLists.open(world.configFolder, {
    files,
    tell,
    changed: async (kind, by) => {
      await Promise.all(sessions.all.filter((s) => s.state.id !== by).map((s) => s.breakpointsChanged(kind)));
    },
  });
  const sessions: Sessions = new Sessions({
    ...world,
    transport,
    folder: join(world.dataFolder, 'sessions'),
    spoolBudget: () => settings.value.spoolBudget,
    tell,
    breakpoints: () => breakpoints.value,
    typedBreakpoints: (list, by) => void breakpoints.setSource(list, by),
  });
  const pythons = new Interpreters({ transport, home: world.home, env: world.env });
  const check = (config: LaunchConfig) => checkLaunch(config, pythons, world.probe);

  async function start(config: LaunchConfig): Promise<string> {
    await breakpoints.followEdits();
    const id = await sessions.launch(config);
    const others = recent.value.filter((r) => JSON.stringify(r.config) !== JSON.stringify(config));
    await recent.set([{ config, at: Date.now() }, ...others].slice(0, RECENT));
    tell({ type: 'recent', recent: recent.value });
    await settings.set(remembering(settings.value, config));
    tell({ type: 'settings', settings: settings.value });
    return id;
  }

  const parts: Parts = { world, files, sessions, settings, recent, breakpoints, pythons, check, start, tell };
  return {
    handlers: {
      ...windowHandlers(parts),
      ...fileHandlers(parts),
      ...launchHandlers(parts),
      ...sessionHandlers(parts),
      ...terminalHandlers(parts),
    },
    subscribe(window, listener) {
      windows.set(window, listener);
      return () => {
        windows.delete(window);
        for (const session of sessions.all) for (const terminal of session.terminals) terminal.detach(window);
      };
    },
    async close() {
      for (const unsaved of await sessions.closeAll()) console.error(unsaved);
      await Promise.all([settings.settled(), recent.settled(), breakpoints.settled()]);
      await transport.close();
    },
  };
}

/** What was kept from earlier runs. */
async function openKept(folder: string) {
  const trouble = (message: string) => console.error(message);
  const [settings, recent] = await Promise.all([
    KeptFile.open(join(folder, 'settings.json'), { schema: settingsSchema, fallback: settingsSchema.parse({}) }, trouble),
    KeptFile.open<readonly RecentLaunch[]>(join(folder, 'recent.json'), { schema: recentSchema, fallback: [] }, trouble),
  ]);
  return { settings, recent };
}
