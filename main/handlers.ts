import { dirname, isAbsolute, resolve } from 'node:path';
import type { BridgeEvent, Handlers, RequestName } from '../preload/protocol/bridge';
import type { LaunchConfig, RecentLaunch } from '../preload/protocol/launch';
import { settings as settingsSchema } from '../preload/protocol/settings';
import type { Settings } from '../preload/protocol/settings';
import type { SessionId, StopId } from '../preload/protocol/session';
import type { World } from './app';
import type { QueryAnswer, QueryName, QueryParams } from '../preload/protocol/queries/queries';
import type { Engine } from './engines/engine';
import type { Interpreters } from './engines/pdb/interpreters';
import type { BreakpointLists } from './breakpointLists';
import { rejected } from './failures';
import { withHome } from './homePaths';
import type { KeptFile } from './keptFile';
import type { Sessions } from './sessions/sessions';
import { readSource } from './sourceText';
import type { Files } from './transports/transport';

/** What requests are answered with; built once by `createApp`. */
export interface Parts {
  readonly world: World;
  readonly files: Files;
  readonly sessions: Sessions;
  readonly settings: KeptFile<Settings>;
  readonly recent: KeptFile<readonly RecentLaunch[]>;
  readonly breakpoints: BreakpointLists;
  readonly pythons: Interpreters;
  /** @throws Failure when this cannot be launched */
  check(config: LaunchConfig): Promise<void>;
  start(config: LaunchConfig): Promise<SessionId>;
  tell(event: BridgeEvent): void;
}

/** The handlers of the requests that begin with these words. */
type Some<Prefix extends string> = Pick<Handlers, Extract<RequestName, `${Prefix}.${string}`>>;

/** What concerns the window itself: hello, settings, links, its buttons. */
export function windowHandlers({
  world,
  settings,
  recent,
  breakpoints,
  sessions,
  tell,
}: Parts): Some<'app' | 'settings' | 'link' | 'window'> {
  return {
    'app.hello': async () => ({
      version: world.version,
      host: world.host,
      platform: process.platform,
      home: world.home,
      note: world.note,
      settings: settings.value,
      recent: recent.value,
      breakpoints: breakpoints.value.source,
      functionBreakpoints: breakpoints.value.functions,
      exceptionFilters: breakpoints.value.exceptions,
      sessions: sessions.all.map((s) => s.state),
    }),
    'app.alive': async () => undefined,
    'settings.change': async (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const layouts = { ...settings.value.layouts, ...change.layouts };
      await settings.set(settingsSchema.parse({ ...settings.value, ...given, layouts }));
      tell({ type: 'settings', settings: settings.value });
      return settings.value;
    },
    'link.open': ({ url }) => world.openLink(webOnly(url)),
    'window.act': ({ act }, { window }) => world.actOnWindow(act, window),
  };
}

/** Files, for looking only, and the breakpoints that all sessions share. */
export function fileHandlers({ world, files, breakpoints, sessions }: Parts): Some<'files' | 'breakpoints'> {
  return {
    'files.list': async ({ folder }) => {
      const path = resolve(folder || world.home);
      return { folder: path, parent: dirname(path), entries: await files.list(path) };
    },
    'files.source': ({ path, session }) =>
      readSource(
        path,
        files,
        sessions.all.find((s) => s.state.id === session),
      ),
    'breakpoints.set': ({ breakpoints: list }) => breakpoints.setSource(list),
    'breakpoints.setFunctions': ({ functions }) => breakpoints.setFunctions(functions),
    'breakpoints.setExceptions': ({ filters }) => breakpoints.setExceptions(filters),
  };
}

/** Acts on a session, and questions about where it stands. */
export function sessionHandlers(parts: Parts): Some<'session'> {
  const { sessions, settings, world, check, start } = parts;
  const acting =
    (name: RequestName, run: (engine: Engine) => Promise<void>) =>
    ({ session, ...params }: { session: SessionId }) =>
      sessions.get(session).act(name, params, run);
  return {
    'session.launch': async (typed) => {
      const config = withHome(typed, world.home);
      await check(config);
      return start(config);
    },
    'session.continue': acting('session.continue', (engine) => engine.continue()),
    'session.next': acting('session.next', (engine) => engine.next()),
    'session.stepIn': ({ session, target }) =>
      sessions.get(session).act('session.stepIn', { target }, (engine) => engine.stepIn({ filters: settings.value.stepFilters, target })),
    'session.stepOut': acting('session.stepOut', (engine) => engine.stepOut()),
    'session.runTo': ({ session, line }) => sessions.get(session).act('session.runTo', { line }, (engine) => engine.runTo(line)),
    'session.jump': ({ session, line }) => sessions.get(session).act('session.jump', { line }, (engine) => engine.jump(line)),
    'session.selectThread': ({ session, thread }) =>
      sessions.get(session).act('session.selectThread', { thread }, (engine) => engine.selectThread(thread)),
    'session.cancel': acting('session.cancel', (engine) => engine.cancel()),
    'session.pause': ({ session }) => sessions.get(session).pause(),
    'session.restart': async ({ session }) => {
      const { config, state } = sessions.get(session);
      if (state.parent) throw rejected(`This process was started by session ${state.parent}: restart that one, and it is started again.`);
      // A session whose program cannot be started again is not given up for it.
      await check(config);
      await sessions.close(session);
      return start(config);
    },
    'session.terminate': ({ session }) => sessions.get(session).terminate(),
    'session.close': ({ session }) => sessions.close(session),
    'session.selectFrame': ({ session, stopId, frame }) => sessions.get(session).selectFrame(stopId, frame),
    'session.stackTrace': ({ session, stopId, ...page }) => sessions.get(session).stackTrace(stopId, page.start, page.count),
    'session.scopes': ({ session, stopId, frame }) => sessions.get(session).scopes(stopId, frame),
    'session.variables': ({ session, stopId, ...page }) => sessions.get(session).variables(stopId, page),
    ...queryHandlers(parts),
  };
}

/** Questions about a stop, each as the table of queries has it. */
function queryHandlers({ sessions }: Parts): Pick<Handlers, `session.${QueryName}`> {
  const asking =
    <N extends QueryName>(name: N) =>
    (asked: { session: SessionId; stopId: StopId } & QueryParams<N>): Promise<QueryAnswer<N>> =>
      sessions.get(asked.session).query(asked.stopId, name, asked);
  return {
    'session.evaluate': asking('evaluate'),
    'session.setVariable': (asked) => sessions.get(asked.session).setVariable(asked.stopId, asked),
    'session.valueText': asking('valueText'),
    'session.exceptionInfo': asking('exceptionInfo'),
    'session.exceptionScopes': asking('exceptionScopes'),
    'session.threads': asking('threads'),
    'session.tasks': asking('tasks'),
    'session.openFiles': asking('openFiles'),
    'session.memory': asking('memory'),
    'session.traceAllocations': asking('traceAllocations'),
    'session.collector': asking('collector'),
    'session.dataSummary': asking('dataSummary'),
    'session.dataPage': asking('dataPage'),
    'session.bytesPage': asking('bytesPage'),
    'session.source': asking('source'),
    'session.stepInTargets': asking('stepInTargets'),
  };
}

/** The flow of a terminal's bytes to one window, and what a person sends back. */
export function terminalHandlers({ sessions }: Parts): Some<'terminal'> {
  const terminalOf = (id: string) => sessions.terminal(id).terminal;
  return {
    'terminal.attach': async ({ terminal, offset }, { window }) => terminalOf(terminal).attach(window, offset),
    'terminal.detach': async ({ terminal }, { window }) => terminalOf(terminal).detach(window),
    'terminal.acknowledge': async ({ terminal, offset }, { window }) => terminalOf(terminal).acknowledge(window, offset),
    'terminal.write': async ({ terminal: id, data }) => {
      const { session, terminal } = sessions.terminal(id);
      session.write(terminal, data);
    },
    'terminal.resize': async ({ terminal, cols, rows }) => terminalOf(terminal).resize({ cols, rows }),
    'terminal.save': async ({ terminal: id, path }) => {
      if (!isAbsolute(path)) throw rejected('Give the whole path, starting with /.');
      const { session, terminal } = sessions.terminal(id);
      return { bytes: await session.save(terminal, path) };
    },
    'terminal.release': ({ terminal, how }) => terminalOf(terminal).release(how),
  };
}

/** Links come from program output: only the web, and only as the person saw it. */
function webOnly(text: string): string {
  const url = parsedUrl(text);
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password) {
    throw rejected('Only http and https links without a user name are opened. Copy the text to use it elsewhere.');
  }
  return url.href;
}

/** Undefined for what is no URL. `URL.canParse` came with Node 19.9, Electron 25 has 18. */
function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
