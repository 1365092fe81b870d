import type { BridgeEvent, Hello } from '../../preload/protocol/bridge';
import { exceptionFilters } from '../../preload/protocol/breakpoints';
import type { ExceptionFilters, FunctionBreakpoint, SourceBreakpoint } from '../../preload/protocol/breakpoints';
import type { LaunchConfig, RecentLaunch } from '../../preload/protocol/launch';
import { never } from '../../preload/protocol/never';
import type { SessionId, SessionState, StackFrame } from '../../preload/protocol/session';
import { settings as defaultSettings } from '../../preload/protocol/settings';
import type { Settings } from '../../preload/protocol/settings';
import type { TerminalState } from '../../preload/protocol/terminal';

export type Area = 'start' | 'debug' | 'settings';
/** A session's tab, or the form for a new one. */
export type Tab = SessionId;
/** The form's tab; sessions have capital letters. */
export const NEW: Tab = 'new';

/** A place in a source that the person chose to see; `at` makes every choice a new one. */
export interface SourcePlace {
  readonly path: string;
  readonly line: number;
  readonly at: number;
  /** The expression that failed there. */
  readonly range?: StackFrame['range'];
}

/** What stands in the launch form and is not part of a launch: a line as it was typed, a variable that was not added. */
export interface Unfinished {
  /** Undefined while the line is the arguments' own. */
  readonly args: string | undefined;
  readonly name: string;
  readonly value: string;
}

/** Something that happened elsewhere, at the bottom right. */
export interface Toast {
  readonly id: number;
  readonly kind: 'error' | 'info';
  readonly text: string;
}

/** Where a session's source view is. */
export interface Look {
  /** Where the person looks, when that is elsewhere than where execution stands. */
  readonly place: SourcePlace | undefined;
  /** Where execution stood last, in a source. */
  readonly last: { readonly path: string; readonly line: number } | undefined;
}

/** The text cursor of the source view, in the file it is in. */
export interface Cursor {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** Everything a window shows, apart from what views ask for by page. */
export interface View {
  readonly link:
    | { readonly state: 'connecting' }
    | { readonly state: 'open' }
    | { readonly state: 'lost'; readonly message: string; readonly final: boolean };
  readonly hello: Hello | undefined;
  readonly area: Area;
  readonly tab: Tab;
  readonly sessions: readonly SessionState[];
  readonly terminals: Readonly<Record<string, TerminalState>>;
  readonly breakpoints: readonly SourceBreakpoint[];
  readonly functionBreakpoints: readonly FunctionBreakpoint[];
  readonly exceptionFilters: ExceptionFilters;
  readonly recent: readonly RecentLaunch[];
  readonly settings: Settings;
  readonly toasts: readonly Toast[];
  readonly palette: boolean;
  readonly draft: LaunchConfig;
  readonly unfinished: Unfinished;
  /** What each session's source view shows. */
  readonly looks: Readonly<Record<SessionId, Look>>;
  /** Sessions that have stopped while another one's tab was open, and were not opened since. */
  readonly unseen: readonly SessionId[];
  readonly cursor: Cursor | undefined;
}

/** What a person does within a window, without asking main. */
export type Act =
  | { readonly type: 'opened'; readonly hello: Hello }
  | { readonly type: 'lost'; readonly message: string; readonly final: boolean }
  | { readonly type: 'go'; readonly area: Area; readonly tab?: Tab }
  | { readonly type: 'draft'; readonly draft: LaunchConfig }
  | { readonly type: 'unfinished'; readonly part: Partial<Unfinished> }
  | { readonly type: 'palette'; readonly open: boolean }
  | { readonly type: 'toast'; readonly toast: Toast }
  | { readonly type: 'dismiss'; readonly id: number }
  | { readonly type: 'show'; readonly place: SourcePlace | undefined }
  | { readonly type: 'cursor'; readonly cursor: Cursor };

const NO_SETTINGS = defaultSettings.parse({});
const NO_DRAFT: LaunchConfig = {
  kind: 'script',
  program: '',
  args: [],
  folder: '',
  env: {},
  interpreter: '',
  stopOnEntry: true,
  programTerminal: 'own',
  children: 'follow',
};
/** At most this many are shown at once. */
const TOASTS = 3;

export const beginning: View = {
  link: { state: 'connecting' },
  hello: undefined,
  area: 'start',
  tab: NEW,
  sessions: [],
  terminals: {},
  breakpoints: [],
  functionBreakpoints: [],
  exceptionFilters: exceptionFilters.parse({}),
  recent: [],
  settings: NO_SETTINGS,
  toasts: [],
  palette: false,
  draft: NO_DRAFT,
  unfinished: { args: undefined, name: '', value: '' },
  looks: {},
  unseen: [],
  cursor: undefined,
};

/** The view after something happened in main or in the window. Pure. */
export function reduce(view: View, change: BridgeEvent | Act): View {
  switch (change.type) {
    case 'opened': {
      const { hello } = change;
      const { sessions, breakpoints, functionBreakpoints, exceptionFilters: filters, recent, settings } = hello;
      const first = view.hello === undefined;
      const tab = sessions.some((s) => s.id === view.tab) ? view.tab : (sessions.at(-1)?.id ?? NEW);
      const area = first && sessions.length ? 'debug' : view.area;
      const draft = first ? (recent[0]?.config ?? view.draft) : view.draft;
      const kept = { sessions, breakpoints, functionBreakpoints, exceptionFilters: filters, recent, settings };
      return { ...view, link: { state: 'open' }, hello, ...kept, tab, area, draft };
    }
    case 'lost':
      return { ...view, link: { state: 'lost', message: change.message, final: change.final } };
    case 'session':
      return withSession(view, change.session);
    case 'session-closed': {
      const sessions = view.sessions.filter((s) => s.id !== change.session);
      const tab = view.tab === change.session ? (sessions.at(-1)?.id ?? NEW) : view.tab;
      return { ...view, sessions, tab, unseen: view.unseen.filter((id) => id !== change.session && id !== tab) };
    }
    case 'breakpoints':
      return { ...view, breakpoints: change.breakpoints };
    case 'function-breakpoints':
      return { ...view, functionBreakpoints: change.functions };
    case 'exception-filters':
      return { ...view, exceptionFilters: change.filters };
    case 'recent':
      return { ...view, recent: change.recent };
    case 'settings':
      return { ...view, settings: change.settings };
    case 'terminal':
      return { ...view, terminals: { ...view.terminals, [change.terminal.id]: change.terminal } };
    case 'go':
      return { ...view, area: change.area, tab: change.tab ?? view.tab, unseen: view.unseen.filter((id) => id !== change.tab) };
    case 'draft':
      return { ...view, draft: change.draft, unfinished: withLineOf(change.draft, view) };
    case 'unfinished':
      return { ...view, unfinished: { ...view.unfinished, ...change.part } };
    case 'palette':
      return { ...view, palette: change.open };
    case 'toast':
      return { ...view, toasts: [...view.toasts.filter((t) => t.text !== change.toast.text), change.toast].slice(-TOASTS) };
    case 'dismiss':
      return { ...view, toasts: view.toasts.filter((t) => t.id !== change.id) };
    case 'show':
      return { ...view, looks: { ...view.looks, [view.tab]: { ...lookOf(view, view.tab), place: change.place } } };
    case 'cursor':
      return { ...view, cursor: change.cursor };
    case 'note':
    case 'output':
    case 'command':
      return view;
    default:
      return never(change);
  }
}

/** Other arguments have a line of their own. */
const withLineOf = (draft: LaunchConfig, { draft: before, unfinished }: View): Unfinished =>
  draft.args === before.args ? unfinished : { ...unfinished, args: undefined };

function withSession(view: View, session: SessionState): View {
  const before = view.sessions.find((s) => s.id === session.id);
  const sessions = before ? view.sessions.map((s) => (s.id === session.id ? session : s)) : [...view.sessions, session];
  const { phase } = session;
  const moved = phase.phase === 'stopped' && (before?.phase.phase !== 'stopped' || before.phase.stopId !== phase.stopId);
  const standing = phase.phase === 'stopped' && session.id !== view.tab;
  const others = view.unseen.filter((id) => id !== session.id);
  const unseen = standing && (moved || view.unseen.includes(session.id)) ? [...others, session.id] : others;
  if (!moved) return { ...view, sessions, unseen };
  const { path, line } = phase.frame;
  const last = path ? { path, line } : lookOf(view, session.id).last;
  return { ...view, sessions, unseen, looks: { ...view.looks, [session.id]: { place: undefined, last } } };
}

const NOWHERE: Look = { place: undefined, last: undefined };

/** What a session's source view shows; the same object until it changes. */
export const lookOf = (view: View, session: SessionId): Look => view.looks[session] ?? NOWHERE;

/** The session whose tab is open; undefined in the form for a new one. */
export const activeSession = (view: View): SessionState | undefined => view.sessions.find((s) => s.id === view.tab);
