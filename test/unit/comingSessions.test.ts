import { expect, test } from 'vitest';
import { advance, beginning } from '../../main/sessions/advance';
import type { SessionState, StackFrame } from '../../preload/protocol/session';
import { Inbox, papersOf } from '../../main/engines/pdb/adopted';
import { beginning as nothing, reduce } from '../../renderer/store/view';
import type { View } from '../../renderer/store/view';

const state = beginning({ id: 'A', title: 't', host: 'local', folder: '/f', debugger: 'pdb', parent: undefined });
const at: StackFrame = { id: 0, name: 'f', path: '/f/a.py', line: 1, subtle: false };
const started = { type: 'started', pid: 7, debugger: 'pdb 3.11.2', degraded: '' } as const;
const awaits = { type: 'awaits', text: 'Start it.', command: 'python3 your.py' } as const;

test('what a session waits for is said until its program has come', () => {
  const waits = advance(state, awaits, 0);
  expect(waits.awaits).toEqual({ text: 'Start it.', command: 'python3 your.py' });
  const late = advance(waits, { type: 'late', message: 'It has not answered.' }, 0);
  expect(late.notice).toBe('It has not answered.');
  const come = advance(late, started, 0);
  expect(come).toMatchObject({ awaits: undefined, notice: '', pid: 7 });
  expect(advance(come, { type: 'late', message: 'It has not answered.' }, 0).notice).toBe('');
});

test('a session that is ended while it waits says so, and so does one whose process is gone', () => {
  expect(advance(advance(state, awaits, 0), { type: 'exited', exit: undefined }, 0)).toMatchObject({
    awaits: undefined,
    phase: { phase: 'ended', exit: undefined, why: 'Ended before a program came.' },
  });
  expect(advance(advance(state, started, 0), { type: 'exited', exit: undefined }, 0).phase).toMatchObject({
    why: 'Its process is gone, or Casebook has let go of it.',
  });
});

const stopped = (id: string, stopId: number): SessionState => ({
  ...state,
  id,
  stops: stopId,
  phase: {
    phase: 'stopped',
    stopId,
    reason: 'breakpoint',
    threadId: 1,
    threadName: 'MainThread',
    at,
    frame: at,
    frameCount: 1,
    exception: undefined,
    note: '',
    waiting: [],
  },
});

test('a thread that comes to wait changes the list and nothing else; without a stop it is nothing', () => {
  const waiting = [{ threadId: 2, threadName: 'w', reason: 'breakpoint', at }] as const;
  const before = stopped('A', 3);
  expect(advance(before, { type: 'waiting', waiting }, 0)).toEqual({ ...before, phase: { ...before.phase, waiting } });
  expect(advance(state, { type: 'waiting', waiting }, 0)).toBe(state);
});

const told = (view: View, session: SessionState) => reduce(view, { type: 'session', session });

test('a stop of a session that is not shown is marked until its tab is opened, and steals nothing', () => {
  const shown = reduce(told(told(nothing, stopped('A', 1)), { ...state, id: 'B' }), { type: 'go', area: 'debug', tab: 'A' });
  const marked = told(shown, stopped('B', 1));
  expect([marked.tab, marked.unseen]).toEqual(['A', ['B']]);
  expect(told(marked, stopped('B', 2)).unseen).toEqual(['B']);
  expect(told(marked, { ...stopped('B', 1), phase: { phase: 'running', since: 0 } }).unseen).toEqual([]);
  expect(reduce(marked, { type: 'go', area: 'debug', tab: 'B' }).unseen).toEqual([]);
  expect(reduce(marked, { type: 'session-closed', session: 'B' }).unseen).toEqual([]);
  expect(told(marked, stopped('A', 2)).unseen).toEqual(['B']);
});

test('what a process says before its engine listens is kept, in order, and its end too', () => {
  const heard: string[] = [];
  const inbox = new Inbox();
  inbox.line('one');
  inbox.line('two');
  inbox.closed();
  inbox.deliver({ line: (line) => heard.push(line), closed: () => heard.push('closed') });
  expect(heard).toEqual(['one', 'two', 'closed']);
});

test.each(['', 'no JSON', '{}', '{"pid":-1,"ppid":1,"argv":[],"how":"fork"}', '{"pid":1,"ppid":1,"argv":["a"],"how":"by magic"}'])(
  'papers that are none of the protocol are refused: %s',
  (greeting) => {
    expect(papersOf(greeting)).toBeUndefined();
  },
);
