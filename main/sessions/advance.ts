import { never } from '../../preload/protocol/never';
import type { ExitStatus, SessionPhase, SessionState, StackFrame } from '../../preload/protocol/session';
import type { EngineEvent, Snapshot } from '../engines/engine';

const NOWHERE: StackFrame = { id: 0, name: '', path: '', line: 0, subtle: true };

/**
 * The session's next state. Pure: the same events always lead to the same state.
 *
 * @param at milliseconds since the session began, for "running since"
 */
export function advance(state: SessionState, event: EngineEvent, at: number): SessionState {
  if (state.phase.phase === 'ended' && event.type !== 'trouble') return state;
  switch (event.type) {
    case 'started':
      return {
        ...state,
        pid: event.pid,
        debugger: event.debugger,
        awaits: undefined,
        notice: state.awaits ? '' : state.notice,
        phase: event.plain ? { phase: 'running', since: at } : state.phase,
        capabilities: { expand: event.degraded === '', degraded: event.degraded, plain: event.plain ?? false },
      };
    case 'stopped': {
      const { reason, threadId, threadName } = event;
      const stopId = state.lastStop + 1;
      return {
        ...state,
        stops: state.stops + 1,
        lastStop: stopId,
        phase: { phase: 'stopped', stopId, reason, threadId, threadName, at: frameOf(event.snapshot), ...shown(event.snapshot) },
      };
    }
    case 'changed':
      if (state.phase.phase !== 'stopped') return state;
      return {
        ...state,
        lastStop: state.lastStop + 1,
        // A jump moves where the program stands, and runs nothing.
        phase: {
          ...state.phase,
          stopId: state.lastStop + 1,
          at: event.snapshot.frames[state.phase.at.id] ?? state.phase.at,
          ...shown(event.snapshot),
        },
      };
    case 'waiting':
      return state.phase.phase === 'stopped' ? { ...state, phase: { ...state.phase, waiting: event.waiting } } : state;
    case 'awaits':
      return { ...state, awaits: { text: event.text, command: event.command } };
    case 'late':
      return state.awaits ? { ...state, notice: event.message } : state;
    case 'continued':
      return { ...state, phase: { phase: 'running', since: at } };
    case 'bound':
      return { ...state, breakpoints: event.breakpoints, functionBreakpoints: event.functionBreakpoints };
    case 'finished':
      return { ...state, ending: event.text };
    case 'exited':
      return {
        ...state,
        awaits: undefined,
        phase: { phase: 'ended', exit: event.exit, why: state.ending || howItEnded(event.exit, state.pid) },
      };
    case 'trouble':
      return { ...state, notice: event.message };
    default:
      return never(event);
  }
}

const frameOf = ({ frame, frames }: Snapshot): StackFrame => frames[frame] ?? NOWHERE;

const shown = (snapshot: Snapshot) => ({
  frame: frameOf(snapshot),
  frameCount: snapshot.frameCount,
  exception: snapshot.exception,
  note: snapshot.note,
  waiting: snapshot.waiting,
});

function howItEnded(exit: ExitStatus | undefined, pid: number | undefined): string {
  if (!exit) return pid === undefined ? 'Ended before a program came.' : 'Its process is gone, or Casebook has let go of it.';
  const { exitCode, signal } = exit;
  if (signal) return `Ended by ${SIGNALS[signal] ?? `signal ${signal}`}.`;
  if (pid === undefined) return `The interpreter ended with code ${exitCode} before the debugger came up. Its words are in the console.`;
  return `Ended with code ${exitCode}.`;
}

/** Names of the signals that end programs, by Linux's numbers. @see signal(7) */
const SIGNALS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  15: 'SIGTERM',
};

/** Where a session begins. */
export function beginning(of: Pick<SessionState, 'id' | 'title' | 'host' | 'folder' | 'debugger' | 'parent'>): SessionState {
  const phase: SessionPhase = { phase: 'starting' };
  return {
    ...of,
    phase,
    pid: undefined,
    stops: 0,
    lastStop: 0,
    ending: '',
    breakpoints: [],
    functionBreakpoints: [],
    capabilities: { expand: true, degraded: '', plain: false },
    terminals: [],
    journal: { entries: 0, trouble: '' },
    awaits: undefined,
    notice: '',
  };
}
