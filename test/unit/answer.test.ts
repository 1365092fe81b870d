import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { breakpoint } from '../helpers/breakpoints';
import { Failure } from '../../main/failures';
import { answer } from '../../main/hosts/answer';
import { requests } from '../../preload/protocol/bridge';
import type { Handlers, RequestName } from '../../preload/protocol/bridge';

const NAMES = Object.keys(requests);

/** Handlers that note what reached them, and do what the test wants. */
function handlers(act: (params: unknown) => unknown = () => 'done') {
  const reached: { readonly name: string; readonly params: unknown; readonly window: number }[] = [];
  const all: Handlers = Object.create(null);
  for (const name of NAMES) {
    Object.assign(all, {
      [name]: async (params: unknown, { window }: { window: number }) => {
        reached.push({ name, params, window });
        return act(params);
      },
    });
  }
  return {
    reached,
    ask: (name: unknown, params: unknown) => answer(all, { name, params }, { window: 3 }),
  };
}

const AT = { session: 'A', stopId: 1 };
const DRAFT = {
  kind: 'script',
  program: '',
  args: [],
  folder: '',
  env: {},
  interpreter: '',
  stopOnEntry: true,
  programTerminal: 'own',
  children: 'leave',
};

/** Parameters that are right, for every request. */
const RIGHT: { readonly [N in RequestName]: unknown } = {
  'app.hello': {},
  'app.alive': {},
  'settings.change': { theme: 'dark' },
  'launch.interpreters': { folder: '' },
  'launch.missing': { kind: 'module', program: 'shop', folder: '/work' },
  'launch.collect': { folder: '/work', interpreter: '/python', env: {}, args: ['-k', 'stock'] },
  'launch.cancelCollect': {},
  'launch.processes': {},
  'launch.plan': DRAFT,
  'launch.forget': { at: 1 },
  'files.list': { folder: '/tmp' },
  'files.source': { path: '/a.py' },
  'breakpoints.set': { breakpoints: [breakpoint('/a.py', 3)] },
  'breakpoints.setFunctions': {
    functions: [{ name: 'Order.total', condition: '', hitCondition: '>= 2', logMessage: '', enabled: true }],
  },
  'breakpoints.setExceptions': { filters: { uncaught: true, raised: true, types: ['shop.OrderError'], onlyMine: false } },
  'session.launch': { ...DRAFT, program: '/a.py', args: ['x'], folder: '/', env: { A: '' }, interpreter: '/python' },
  'session.continue': { session: 'A' },
  'session.next': { session: 'A' },
  'session.stepIn': { session: 'A', target: 2 },
  'session.jump': { session: 'A', line: 4 },
  'session.selectThread': { session: 'A', thread: 140001 },
  'session.cancel': { session: 'A' },
  'session.stepOut': { session: 'A' },
  'session.runTo': { session: 'A', line: 4 },
  'session.pause': { session: 'A' },
  'session.restart': { session: 'A' },
  'session.terminate': { session: 'A' },
  'session.close': { session: 'A' },
  'session.selectFrame': { session: 'A', stopId: 1, frame: 0 },
  'session.stackTrace': { session: 'A', stopId: 1, start: 0, count: 20 },
  'session.scopes': { session: 'A', stopId: 1, frame: 0 },
  'session.variables': { session: 'A', stopId: 1, reference: 1, start: 0, count: 100 },
  'session.evaluate': { ...AT, expression: 'order.total', frame: 0, run: true, timeoutMs: 2000 },
  'session.setVariable': { ...AT, reference: 3, name: 'total', value: '5', frame: 0 },
  'session.valueText': { ...AT, reference: 3, format: 'csv' },
  'session.exceptionInfo': AT,
  'session.exceptionScopes': { ...AT, node: 0, frame: 2 },
  'session.threads': AT,
  'session.tasks': AT,
  'session.openFiles': AT,
  'session.memory': { ...AT, budgetMs: 500 },
  'session.traceAllocations': { ...AT, on: true },
  'session.collector': AT,
  'session.dataSummary': { ...AT, reference: 3, at: [0], column: -1, budgetMs: 50 },
  'session.dataPage': {
    ...AT,
    reference: 3,
    at: [0],
    row: 0,
    rows: 40,
    column: 0,
    columns: 20,
    sortBy: -1,
    descending: false,
    filter: '',
    budgetMs: 50,
  },
  'session.bytesPage': { ...AT, reference: 3, start: 0, count: 4096 },
  'session.source': { ...AT, path: '<ipython-input-1>' },
  'session.stepInTargets': AT,
  'terminal.attach': { terminal: 'A.console', offset: 0 },
  'terminal.detach': { terminal: 'A.console' },
  'terminal.acknowledge': { terminal: 'A.console', offset: 9 },
  'terminal.write': { terminal: 'A.console', data: 'next\r' },
  'terminal.resize': { terminal: 'A.console', cols: 80, rows: 24 },
  'terminal.save': { terminal: 'A.console', path: '/tmp/x' },
  'terminal.release': { terminal: 'A.console', how: 'continue' },
  'link.open': { url: 'https://a.example' },
  'window.act': { act: 'minimize' },
};

test.each(Object.entries(RIGHT))('%s reaches its handler with checked parameters and the window that asked', async (name, params) => {
  const { ask, reached } = handlers();
  expect(await ask(name, params)).toEqual({ ok: true, result: 'done' });
  expect(reached).toEqual([{ name, params, window: 3 }]);
});

describe('a name that is not in the list reaches nothing', () => {
  test.each([
    ...[
      '',
      'app',
      'app.hello ',
      'APP.HELLO',
      'shell.exec',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'valueOf',
      '__defineGetter__',
    ],
    ...[undefined, null, 0, 7, true, {}, [], ['app.hello'], { toString: () => 'app.hello' }],
  ])('%j', async (name) => {
    const { ask, reached } = handlers();
    expect(await ask(name, {})).toEqual({
      ok: false,
      failure: { code: 'bad-request', message: 'This window asks for something that this version does not know. Reload it.' },
    });
    expect(reached).toEqual([]);
  });
});

describe('parameters that are wrong reach nothing, and the sentence says which', () => {
  test.each([
    ['terminal.write', undefined, 'terminal.write: parameters: '],
    ['terminal.write', null, 'terminal.write: parameters: '],
    ['terminal.write', 'next', 'terminal.write: parameters: '],
    ['terminal.write', [], 'terminal.write: parameters: '],
    ['terminal.write', { terminal: 'A' }, 'terminal.write: data: '],
    ['terminal.write', { terminal: 'A', data: 7 }, 'terminal.write: data: '],
    ['terminal.write', { terminal: 'A', data: 'x'.repeat(64_001) }, 'terminal.write: data: '],
    ['terminal.write', { terminal: { toString: () => 'A' }, data: 'x' }, 'terminal.write: terminal: '],
    ['terminal.resize', { terminal: 'A', cols: 0, rows: 24 }, 'terminal.resize: cols: '],
    ['terminal.resize', { terminal: 'A', cols: 80.5, rows: 24 }, 'terminal.resize: cols: '],
    ['terminal.resize', { terminal: 'A', cols: 80, rows: Number.NaN }, 'terminal.resize: rows: '],
    ['terminal.attach', { terminal: 'A', offset: -1 }, 'terminal.attach: offset: '],
    ['terminal.attach', { terminal: 'A', offset: 2 ** 53 }, 'terminal.attach: offset: '],
    ['session.variables', { session: 'A', stopId: 1, reference: 0, start: 0, count: 1 }, 'session.variables: reference: '],
    ['session.variables', { session: 'A', stopId: 1, reference: 1, start: 0, count: 1001 }, 'session.variables: count: '],
    ['session.next', { session: 'x'.repeat(11) }, 'session.next: session: '],
    [
      'breakpoints.set',
      { breakpoints: [{ path: '/a.py', line: 0, condition: '', enabled: true }] },
      'breakpoints.set: breakpoints.0.line: ',
    ],
    [
      'breakpoints.set',
      { breakpoints: Array.from({ length: 10_001 }, () => ({ path: '/a', line: 1, condition: '', enabled: true })) },
      'breakpoints.set: breakpoints: ',
    ],
    ['session.launch', { ...Object(RIGHT['session.launch']), env: { 'A=B': 'x' } }, 'session.launch: env.A=B: '],
    ['session.launch', { ...Object(RIGHT['session.launch']), env: { '': 'x' } }, 'session.launch: env.: '],
    ['session.launch', { ...Object(RIGHT['session.launch']), program: 'x'.repeat(4097) }, 'session.launch: program: '],
    ['files.source', { path: 'x'.repeat(4097) }, 'files.source: path: '],
    ['settings.change', { theme: 'pink' }, 'settings.change: theme: '],
    ['window.act', { act: 'eval' }, 'window.act: act: '],
  ])('%s %#', async (name, params, begins) => {
    const { ask, reached } = handlers();
    const refused = await ask(name, params);
    expect(refused).toMatchObject({ ok: false, failure: { code: 'bad-request' } });
    const message = refused.ok ? '' : refused.failure.message;
    expect(message.startsWith(begins), message).toBe(true);
    expect(message).toMatch(/\. Correct it and try again\.$/);
    expect(reached).toEqual([]);
  });

  test.each(
    NAMES.filter((name) => !['app.alive', 'app.hello', 'launch.cancelCollect', 'launch.processes', 'settings.change'].includes(name)),
  )('%s without any', async (name) => {
    const { ask, reached } = handlers();
    expect(await ask(name, {})).toMatchObject({ ok: false, failure: { code: 'bad-request' } });
    expect(reached).toEqual([]);
  });
});

test('what nobody asked for does not come through', async () => {
  const { ask, reached } = handlers();
  await ask(
    'session.next',
    JSON.parse('{"session":"A","shell":"rm","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  );
  await ask('settings.change', JSON.parse('{"layouts":{"__proto__":{"polluted":1},"debug":{"a":1}}}'));
  expect(Object.keys(Object(reached[0]?.params))).toEqual(['session']);
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  expect(Reflect.get(Object(Reflect.get(Object(reached[1]?.params), 'layouts')), 'polluted')).toBeUndefined();
});

describe('whatever a handler throws', () => {
  const throwing = (error: unknown) =>
    handlers(() => {
      throw error;
    }).ask('app.hello', {});

  test('a failure keeps its code and its sentence, and nothing else crosses', async () => {
    const cause = new Error('/home/anna/.ssh/id_rsa');
    expect(await throwing(new Failure('stale', 'The program has moved on.', { cause }))).toEqual({
      ok: false,
      failure: { code: 'stale', message: 'The program has moved on.' },
    });
  });

  test.each([
    ['an error', new TypeError('x is not a function'), 'x is not a function'],
    ['a text', 'broken', 'broken'],
    ['nothing', undefined, 'undefined'],
  ])('%s is our own fault, is said so, and is in the log', async (_, thrown, what) => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    onTestFinished(() => logged.mockRestore());
    expect(await throwing(thrown)).toEqual({
      ok: false,
      failure: {
        code: 'internal',
        message: `Casebook itself failed: ${what}. Nothing of the session is lost; try again, or report it with the text of the log.`,
      },
    });
    expect(logged).toHaveBeenCalledWith(thrown);
  });
});
