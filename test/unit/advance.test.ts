import { describe, expect, test } from 'vitest';
import { advance, beginning } from '../../main/sessions/advance';
import type { EngineEvent, Snapshot } from '../../main/engines/engine';
import type { SessionState, StackFrame } from '../../preload/protocol/session';

const START = beginning({ id: 'A', title: 'orders.py', host: 'local', folder: '/srv/shop', debugger: 'pdb', parent: undefined });

const frame = (id: number, line: number): StackFrame => ({ id, name: `f${id}`, path: '/srv/shop/orders.py', line, subtle: false });

const snapshot = (line: number, more: Partial<Snapshot> = {}): Snapshot => ({
  frame: 0,
  frames: [frame(0, line), frame(1, 90)],
  frameCount: 2,
  scopes: [],
  locals: { items: [], start: 0, total: 0 },
  exception: undefined,
  returned: undefined,
  breakpoints: [],
  functionBreakpoints: [],
  waiting: [],
  note: '',
  ...more,
});

/** A run as words: `started`, `stopped 12`, `changed 12`, `continued`, `finished TEXT`, `exited 3`, `killed 9`, `trouble TEXT`. */
function event(words: string): EngineEvent {
  const [, what = '', rest = ''] = /^(\w+) ?(.*)$/.exec(words) ?? [];
  switch (what) {
    case 'started':
      return { type: 'started', pid: 4711, debugger: 'pdb 3.11.2', degraded: rest };
    case 'stopped':
      return { type: 'stopped', reason: 'step', threadId: 7, threadName: 'MainThread', snapshot: snapshot(Number(rest)) };
    case 'changed':
      return { type: 'changed', snapshot: snapshot(Number(rest)) };
    case 'continued':
      return { type: 'continued', threadId: 7 };
    case 'bound':
      return { type: 'bound', breakpoints: [{ path: '/a.py', line: 3, verified: true, message: '', hits: 0 }], functionBreakpoints: [] };
    case 'finished':
      return { type: 'finished', text: rest };
    case 'exited':
      return { type: 'exited', exit: { exitCode: Number(rest), signal: 0 } };
    case 'killed':
      return { type: 'exited', exit: { exitCode: 0, signal: Number(rest) } };
    default:
      return { type: 'trouble', message: rest };
  }
}
const ALL = ['started', 'stopped 1', 'changed 2', 'continued', 'bound', 'finished It is over.', 'exited 0', 'killed 11', 'trouble Odd.'];

/** The state after each of these; the clock shows 10 ms more each time. */
const states = (from: SessionState, ...run: readonly string[]): SessionState[] =>
  run.reduce<SessionState[]>((all, words, i) => [...all, advance(all.at(-1) ?? from, event(words), 10 * (i + 1))], []);
const after = (...run: readonly string[]): SessionState => states(START, ...run).at(-1) ?? START;

describe('a session', () => {
  test('begins with nothing known, and may be asked until it is said otherwise', () => {
    expect(START).toMatchObject({
      phase: { phase: 'starting' },
      pid: undefined,
      stops: 0,
      lastStop: 0,
      capabilities: { expand: true, degraded: '' },
    });
  });

  test('knows process and debugger once they have said hello, and is still starting', () => {
    expect(after('started')).toMatchObject({
      phase: { phase: 'starting' },
      pid: 4711,
      debugger: 'pdb 3.11.2',
      capabilities: { expand: true },
    });
  });

  test('says why nothing can be expanded', () => {
    expect(after('started No socket.').capabilities).toEqual({ expand: false, degraded: 'No socket.', plain: false });
  });

  test('stops where the console is, with reason and thread', () => {
    expect(after('started', 'stopped 12')).toMatchObject({
      stops: 1,
      lastStop: 1,
      phase: { phase: 'stopped', stopId: 1, reason: 'step', threadId: 7, threadName: 'MainThread', frame: { line: 12 }, frameCount: 2 },
    });
  });

  test('runs since the moment at which it went on', () => {
    expect(after('started', 'stopped 1', 'continued').phase).toEqual({ phase: 'running', since: 30 });
  });

  test('keeps the exception of a stop for as long as it stands there', () => {
    const exception = { typeName: 'KeyError', message: "'price'" };
    const stopped = advance(after('started'), { ...stop(1), reason: 'post-mortem', snapshot: snapshot(1, { exception }) }, 1);
    expect(stopped.phase).toMatchObject({ reason: 'post-mortem', exception });
    expect(advance(stopped, event('stopped 2'), 2).phase).toMatchObject({ exception: undefined });
  });

  test('shows the frame that the console was moved to', () => {
    const moved = advance(after('started', 'stopped 1'), { type: 'changed', snapshot: snapshot(1, { frame: 1 }) }, 1);
    expect(moved.phase).toMatchObject({ phase: 'stopped', reason: 'step', frame: { id: 1, line: 90 } });
  });

  test('shows no source for a frame that the debugger did not describe', () => {
    const moved = advance(after('started', 'stopped 1'), { type: 'changed', snapshot: snapshot(1, { frame: 7 }) }, 1);
    expect(moved.phase).toMatchObject({ frame: { path: '', line: 0, subtle: true } });
  });

  test('takes a change only while it is stopped', () => {
    const running = after('started', 'stopped 1', 'continued');
    expect(advance(running, event('changed 5'), 1)).toBe(running);
    const starting = after('started');
    expect(advance(starting, event('changed 5'), 1)).toBe(starting);
  });

  test('takes how breakpoints are bound, and troubles, in every phase of its life', () => {
    for (const run of [['started'], ['started', 'stopped 1'], ['started', 'stopped 1', 'continued']]) {
      expect(after(...run, 'bound').breakpoints).toHaveLength(1);
      expect(after(...run, 'trouble The disk is full.').notice).toBe('The disk is full.');
    }
  });
});

const stop = (line: number): Extract<EngineEvent, { type: 'stopped' }> => ({
  type: 'stopped',
  reason: 'step',
  threadId: 7,
  threadName: 'MainThread',
  snapshot: snapshot(line),
});

test('the stop id grows at every stop and every change, and at nothing else', () => {
  const run = [
    'started',
    'stopped 1',
    'changed 1',
    'bound',
    'trouble x',
    'changed 1',
    'continued',
    'changed 1',
    'stopped 2',
    'finished y',
    'exited 0',
  ];
  const made = states(START, ...run);
  expect(made.map((s) => s.lastStop)).toEqual([0, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);
  expect(made.map((s) => s.stops)).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2]);
  const stopped = made.flatMap(({ phase, lastStop }) => (phase.phase === 'stopped' ? [[phase.stopId, lastStop]] : []));
  expect(stopped.filter(([stopId, lastStop]) => stopId !== lastStop)).toEqual([]);
});

describe('an ended session', () => {
  test.each([
    ['the code, where the debugger said nothing', ['started', 'exited 3'], 'Ended with code 3.'],
    ['the signal by its name', ['started', 'killed 11'], 'Ended by SIGSEGV.'],
    ['a signal without a name by its number', ['started', 'killed 63'], 'Ended by signal 63.'],
    ["the debugger's own words first", ['started', 'finished It called sys.exit(3).', 'exited 3'], 'It called sys.exit(3).'],
    [
      'that the interpreter never came up',
      ['exited 127'],
      'The interpreter ended with code 127 before the debugger came up. Its words are in the console.',
    ],
  ])('says %s', (_, run, why) => {
    expect(after(...run).phase).toMatchObject({ phase: 'ended', why });
  });

  test('does not end at the words about the end: the process is still there', () => {
    expect(after('started', 'stopped 1', 'continued', 'finished It is over.').phase.phase).toBe('running');
  });

  test('never becomes anything else', () => {
    const ended = after('started', 'stopped 1', 'exited 2');
    for (const words of ALL.filter((w) => !w.startsWith('trouble'))) expect(advance(ended, event(words), 99)).toBe(ended);
    expect(advance(ended, event('trouble The spool was not saved.'), 99)).toEqual({ ...ended, notice: 'The spool was not saved.' });
  });
});

test('the same events lead to the same states, and no state is altered afterwards', () => {
  const freeze = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value))
      for (const part of Object.values(Object.freeze(value))) freeze(part);
    return value;
  };
  let random = 7;
  const next = (below: number) => (random = (random * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 200; round++) {
    const run = Array.from({ length: 12 }, () => ALL[next(ALL.length)] ?? 'started');
    const walk = () => run.reduce((state, words, i) => freeze(advance(state, freeze(event(words)), i)), freeze(structuredClone(START)));
    expect(walk()).toEqual(walk());
  }
});
