import type { CommandId } from '../preload/protocol/commands';
import type { SessionState } from '../preload/protocol/session';
import { changeAllBreakpoints, toggleBreakpoint } from './store/breakpoints';
import { Refusal } from './store/connect';
import { dispatch, perform, request, toast, useView } from './store/store';
import type { Settings } from '../preload/protocol/settings';
import { activeSession, lookOf, NEW } from './store/view';
import type { Tab, View } from './store/view';
import { wish } from './store/wishes';
import type { Wish } from './store/wishes';

/** Why a command cannot be run now, as a sentence; empty when it can. */
export function whyNot(id: CommandId, view: View): string {
  const session = activeSession(view);
  const phase = session?.phase.phase;
  switch (id) {
    case 'next':
    case 'step':
    case 'finish':
    case 'until':
    case 'run-to-cursor':
    case 'step-into-target':
    case 'jump-to-cursor':
      if (typesBlindly(session)) return '';
      if (session?.phase.phase === 'stopped' && session.phase.reason === 'post-mortem')
        return 'The exception has ended the program; look at its frames, then restart it';
      return phase === 'stopped' ? '' : session ? 'The program is not stopped' : 'No session';
    case 'frame-up':
    case 'frame-down':
      return phase === 'stopped' ? '' : session ? 'The program is not stopped' : 'No session';
    case 'pause':
      return phase === 'running' ? '' : session ? 'The program is not running' : 'No session';
    case 'continue':
      if (typesBlindly(session)) return '';
      return phase === 'running' || phase === 'starting' ? 'It runs already' : phase === 'ended' ? 'The program has ended; restart it' : '';
    case 'stop':
      return !session ? 'No session' : phase === 'ended' ? 'The program has ended' : '';
    case 'restart':
      if (session?.parent) return `This process was started by session ${session.parent}; restart that one`;
      return session ? '' : 'No session';
    case 'close-session':
    case 'add-function-breakpoint':
    case 'show-threads':
    case 'show-exception':
    case 'show-watch':
    case 'show-data':
    case 'show-process':
    case 'console':
      return session ? '' : 'No session';
    case 'toggle-breakpoint':
    case 'edit-breakpoint':
    case 'go-to-line':
      return session && shownPath(view) ? '' : 'No source is shown';
    case 'next-session':
      return view.sessions.length > 1 ? '' : 'There is one session at most';
    default:
      return '';
  }
}

/** Plain pdb does not say whether the program stands still, so that its buttons are always on. */
const typesBlindly = (session: SessionState | undefined): boolean => session?.phase.phase === 'running' && session.capabilities.plain;

/** The source that the Debug area shows: what the person chose, else where execution stands. */
export function shownPath(view: View): string {
  const session = activeSession(view);
  const { place, last } = lookOf(view, view.tab);
  if (place) return place.path;
  return session?.phase.phase === 'stopped' ? session.phase.frame.path : (last?.path ?? '');
}

/** Where a command is run: the view, and the session whose tab is open. */
interface Place {
  readonly view: View;
  readonly session: SessionState | undefined;
}

const go = (area: View['area'], tab?: Tab) => () => dispatch(tab === undefined ? { type: 'go', area } : { type: 'go', area, tab });
const acting =
  (name: Acting) =>
  ({ session }: Place) =>
    act(name, session);
const wishing = (what: Wish) => () => wish(what);
const setting = (change: Partial<Settings>) => () => void perform('settings.change', change);

const ACTS: Readonly<Record<CommandId, (place: Place) => void>> = {
  'new-session': go('debug', NEW),
  'close-session': acting('session.close'),
  settings: go('settings'),
  continue: ({ view, session }) => (session ? act('session.continue', session) : launch(view)),
  pause: acting('session.pause'),
  next: acting('session.next'),
  step: acting('session.stepIn'),
  'step-into-target': wishing('step-into-target'),
  until: acting('session.runTo'),
  finish: acting('session.stepOut'),
  'run-to-cursor': ({ view, session }) => {
    const line = cursorLine(view);
    if (session && line) void perform('session.runTo', { session: session.id, line });
  },
  'jump-to-cursor': ({ view, session }) => {
    const line = cursorLine(view);
    if (session && line) void perform('session.jump', { session: session.id, line });
  },
  restart: ({ session }) => restart(session),
  stop: acting('session.terminate'),
  'frame-up': ({ session }) => moveFrame(session, 1),
  'frame-down': ({ session }) => moveFrame(session, -1),
  'toggle-breakpoint': ({ view }) => {
    const line = cursorLine(view);
    if (line) void toggleBreakpoint(shownPath(view), line);
  },
  'edit-breakpoint': wishing('edit-breakpoint'),
  'add-function-breakpoint': wishing('add-function-breakpoint'),
  'enable-breakpoints': () => void changeAllBreakpoints('enable'),
  'disable-breakpoints': () => void changeAllBreakpoints('disable'),
  'show-threads': wishing('show-threads'),
  'show-exception': wishing('show-exception'),
  'show-watch': wishing('show-watch'),
  'show-data': wishing('show-data'),
  'show-process': wishing('show-process'),
  palette: () => dispatch({ type: 'palette', open: true }),
  'area-start': go('start'),
  'area-debug': go('debug'),
  'next-session': ({ view }) => nextSession(view),
  'next-pane': wishing('next-pane'),
  'previous-pane': wishing('previous-pane'),
  console: wishing('focus-console'),
  find: wishing('find'),
  'go-to-line': wishing('go-to-line'),
  'zoom-in': ({ view }) => zoom(view, 1),
  'zoom-out': ({ view }) => zoom(view, -1),
  'reset-layout': wishing('reset-layout'),
  'theme-system': setting({ theme: 'system' }),
  'theme-dark': setting({ theme: 'dark' }),
  'theme-light': setting({ theme: 'light' }),
  'theme-hc': setting({ theme: 'hc' }),
  'screen-reader': ({ view }) => void perform('settings.change', { screenReader: !view.settings.screenReader }),
  about: wishing('about'),
};

/** The cursor's line in the source that is shown; undefined while it is in another. */
const cursorLine = (view: View): number | undefined => (view.cursor?.path === shownPath(view) ? view.cursor.line : undefined);

/** Runs a command, if it can be run now. */
export function run(id: CommandId): void {
  const view = useView.getState();
  if (!whyNot(id, view)) ACTS[id]({ view, session: activeSession(view) });
}

type Acting =
  | 'session.continue'
  | 'session.next'
  | 'session.stepIn'
  | 'session.stepOut'
  | 'session.runTo'
  | 'session.pause'
  | 'session.terminate'
  | 'session.close';

function act(name: Acting, session: SessionState | undefined): void {
  if (session) void perform(name, { session: session.id });
}

/** Starts the program again in a session of its own, with the same breakpoints, and shows it. */
export function restart(session: SessionState | undefined): void {
  if (!session) return;
  void request('session.restart', { session: session.id }).then(
    (tab) => dispatch({ type: 'go', area: 'debug', tab }),
    (error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      toast('error', error.message);
    },
  );
}

function launch(view: View): void {
  if (view.area === 'debug') wish('launch');
  else dispatch({ type: 'go', area: 'debug', tab: NEW });
}

function moveFrame(session: SessionState | undefined, by: number): void {
  if (session?.phase.phase !== 'stopped') return;
  const { stopId, frame, frameCount } = session.phase;
  const next = Math.min(Math.max(frame.id + by, 0), frameCount - 1);
  if (next !== frame.id) void perform('session.selectFrame', { session: session.id, stopId, frame: next });
}

function nextSession(view: View): void {
  const at = view.sessions.findIndex((s) => s.id === view.tab);
  const next = view.sessions[(at + 1) % view.sessions.length];
  if (next) dispatch({ type: 'go', area: 'debug', tab: next.id });
}

function zoom({ settings }: View, by: number): void {
  const sourceFontSize = Math.min(24, Math.max(10, settings.sourceFontSize + by));
  const terminalFontSize = Math.min(24, Math.max(8, settings.terminalFontSize + by));
  void perform('settings.change', { sourceFontSize, terminalFontSize });
}
