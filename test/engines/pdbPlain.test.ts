import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plainBreakpoint } from '../../preload/protocol/breakpoints';
import { LocalTransport } from '../../main/transports/local/localTransport';
import { Screen } from '../helpers/bridgeScreen';
import { BridgeSession, PROGRAMS, SOME_PYTHONS, packBridge } from '../helpers/bridgeSession';
import { environmentWithout } from '../helpers/crippledPython';
import { HeadlessWorkbench } from '../helpers/workbench';

const ORDERS = join(PROGRAMS, 'orders.py');

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

describe.each(SOME_PYTHONS)('a bridge that cannot load on Python $version', ({ path: python }) => {
  test.each(['_socket', 'json', 'base64', 'select'])('because there is no %s says so, and stock pdb runs the program', async (missing) => {
    session = await BridgeSession.start({ python, bridge, script: 'orders.py', env: environmentWithout(python, [missing]) });
    const { message, pid } = await session.next('plain');
    expect(message).toMatch(new RegExp(`^Casebook's part beside pdb cannot be loaded: No module named '_?${missing}'\\.$`));
    expect(pid).toBeGreaterThan(1);
    await session.console.shows(`> ${ORDERS}(1)<module>()`);
    session.type('next');
    await session.console.shows(`> ${ORDERS}(4)<module>()`);
    session.type('p 6 * 7');
    await session.console.shows('\r\n42\r\n');
    expect(session.console.text).toContain('This is plain pdb.');
    expect(session.events.map(({ name }) => name)).toEqual(['plain']);
  });

  test('is no matter of readline: the bridge works without it', async () => {
    session = await BridgeSession.start({ python, bridge, script: 'orders.py', env: environmentWithout(python, ['readline']) });
    expect((await session.next('stopped')).reason).toBe('entry');
    expect((await session.step('next')).frames[0]?.line).toBe(4);
  });

  test('runs a module all the same', async () => {
    const env = environmentWithout(python, ['_socket']);
    session = await BridgeSession.start({ python, bridge, script: 'shop', kind: 'module', args: ['20'], env });
    await session.next('plain');
    await session.console.shows(`> ${join(PROGRAMS, 'shop', '__main__.py')}(1)<module>()`);
    session.type('continue');
    await session.console.shows('order more: apple');
    expect(session.events.map(({ name }) => name)).toEqual(['plain']);
  });

  test('because its settings are cut off says so all the same', async () => {
    const transport = new LocalTransport();
    const screen = new Screen('console');
    const heard: string[] = [];
    const token = '0123456789abcdef';
    screen.takeOut(token, (line) => heard.push(line));
    const settings = await transport.privateFile('cut.json', `{"protocol":1,"kind":"script","token":"${token}","channel":{"ki`);
    try {
      await transport.open(
        { file: python, args: [bridge, '--casebook', settings, ORDERS], cwd: PROGRAMS, env: { TERM: 'dumb', HOME: '/nonexistent' } },
        { cols: 200, rows: 30 },
        { data: (chunk) => screen.add(chunk), exit: () => undefined, close: () => undefined },
      );
      await screen.shows(`> ${ORDERS}(1)<module>()`);
      expect(heard.map((line) => JSON.parse(line))).toEqual([
        {
          event: 'plain',
          body: { pid: expect.any(Number), python: expect.any(String), message: expect.stringMatching(/its session file cannot be read/) },
        },
      ]);
    } finally {
      await transport.close();
    }
  });

  test('says so without pdb, and ends', async () => {
    session = await BridgeSession.start({ python, bridge, script: 'orders.py', env: environmentWithout(python, ['pdb']) });
    expect((await session.exit()).exitCode).toBe(1);
    expect(session.console.text).toMatch(/This Python has no pdb of its own either: No module named 'pdb'\. Choose another Python\./);
  });
});

describe('a session of plain pdb', () => {
  let workbench: HeadlessWorkbench;
  beforeEach(async () => {
    workbench = await HeadlessWorkbench.open();
  });
  afterEach(() => workbench.close());
  const interpreter = SOME_PYTHONS.at(-1)?.path ?? '';

  test('is a terminal with buttons that type, and says what is missing', async () => {
    const env = environmentWithout(interpreter, ['_socket']);
    const id = await workbench.launch({ program: ORDERS, interpreter, env });
    const state = await workbench.until(id, 'plain pdb', ({ capabilities }) => capabilities.plain);
    expect(state.capabilities).toMatchObject({
      expand: false,
      degraded: expect.stringMatching(/No module named '_socket'.*the console works/),
    });
    expect(state).toMatchObject({ pid: expect.any(Number), debugger: expect.stringMatching(/^pdb 3\.\d+/), phase: { phase: 'running' } });

    await workbench.shows(`${id}.console`, `orders.py(1)<module>()`);
    await workbench.request('session.next', { session: id });
    await workbench.shows(`${id}.console`, 'orders.py(4)<module>()');
    await workbench.request('session.runTo', { session: id, line: 25 });
    await workbench.shows(`${id}.console`, 'orders.py(25)<module>()');
    await workbench.request('session.stepIn', { session: id });
    await workbench.shows(`${id}.console`, 'orders.py(26)<module>()');
    await workbench.request('session.stepIn', { session: id });
    await workbench.shows(`${id}.console`, 'add_up()');
    await workbench.request('session.stepOut', { session: id });
    await workbench.shows(`${id}.console`, '--Return--');

    await expect(workbench.request('session.scopes', { session: id, stopId: 0, frame: 0 })).rejects.toThrow('This is plain pdb');
    await workbench.request('breakpoints.set', { breakpoints: [plainBreakpoint(ORDERS, 19)] });
    await workbench.request('session.continue', { session: id });
    await workbench.shows(`${id}.console`, 'total: 276.0');
    await workbench.request('session.terminate', { session: id });
    expect((await workbench.ended(id)).why).toContain('SIGTERM');
  });
});
