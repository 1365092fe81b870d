import type { BridgeEvent, Hello, SourceBreakpoint } from '../../preload/protocol/bridge';
import type { LaunchConfig, RecentLaunch } from '../../preload/protocol/launch';
import { never } from '../../preload/protocol/never';
import type { SessionId, SessionState } from '../../preload/protocol/session';
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
  readonly recent: readonly RecentLaunch[];
  readonly settings: Settings;
  readonly toasts: readonly Toast[];
  readonly palette: boolean;
  readonly draft: LaunchConfig;
  readonly unfinished: Unfinished;
  /** What each session's source view shows. */
  readonly looks: Readonly<Record<SessionId, Look>>;
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

const NO_SETTINGS: Settings = {
  theme: 'system',
  sourceFontSize: 13,
  terminalFontSize: 12,
  screenReader: false,
  spoolBudget: 2 * 1024 ** 3,
  layouts: {},
};
const NO_DRAFT: LaunchConfig = { program: '', args: [], folder: '', env: {}, interpreter: '', stopOnEntry: true, programTerminal: 'own' };
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
  recent: [],
  settings: NO_SETTINGS,
  toasts: [],
  palette: false,
  draft: NO_DRAFT,
  unfinished: { args: undefined, name: '', value: '' },
  looks: {},
  cursor: undefined,
};

/** The view after something happened in main or in the window. Pure. */
export function reduce(view: View, change: BridgeEvent | Act): View {
  switch (change.type) {
    case 'opened': {
      const { hello } = change;
      const { sessions, breakpoints, recent, settings } = hello;
      const first = view.hello === undefined;
      const tab = sessions.some((s) => s.id === view.tab) ? view.tab : (sessions.at(-1)?.id ?? NEW);
      const area = first && sessions.length ? 'debug' : view.area;
      const draft = first ? (recent[0]?.config ?? view.draft) : view.draft;
      return { ...view, link: { state: 'open' }, hello, sessions, breakpoints, recent, settings, tab, area, draft };
    }
    case 'lost':
      return { ...view, link: { state: 'lost', message: change.message, final: change.final } };
    case 'session':
      return withSession(view, change.session);
    case 'session-closed': {
      const sessions = view.sessions.filter((s) => s.id !== change.session);
      const tab = view.tab === change.session ? (sessions.at(-1)?.id ?? NEW) : view.tab;
      return { ...view, sessions, tab };
    }
    case 'breakpoints':
      return { ...view, breakpoints: change.breakpoints };
    case 'recent':
      return { ...view, recent: change.recent };
    case 'settings':
      return { ...view, settings: change.settings };
    case 'terminal':
      return { ...view, terminals: { ...view.terminals, [change.terminal.id]: change.terminal } };
    case 'go':
      return { ...view, area: change.area, tab: change.tab ?? view.tab };
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
  if (!moved) return { ...view, sessions };
  const { path, line } = phase.frame;
  const last = path ? { path, line } : lookOf(view, session.id).last;
  return { ...view, sessions, looks: { ...view.looks, [session.id]: { place: undefined, last } } };
}

const NOWHERE: Look = { place: undefined, last: undefined };

/** What a session's source view shows; the same object until it changes. */
export const lookOf = (view: View, session: SessionId): Look => view.looks[session] ?? NOWHERE;

/** The session whose tab is open; undefined in the form for a new one. */
export const activeSession = (view: View): SessionState | undefined => view.sessions.find((s) => s.id === view.tab);
