import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge } from '../helpers/bridgeSession';
import type { BridgeLaunch } from '../helpers/bridgeSession';
import type { Bodies } from '../helpers/bridgeMessages';

const ORDERS = join(PROGRAMS, 'orders.py');
const WAITS = join(PROGRAMS, 'waits.py');
const place = ({ reason, frames, frame }: Bodies['stopped']) => `${reason} ${frames[frame]?.name}:${frames[frame]?.line}`;
const local = ({ locals }: Bodies['stopped'], name: string) => locals.items.find((item) => item.name === name)?.value;

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

describe.each(ALL_PYTHONS)('on Python $version', ({ path: python, version }) => {
  async function start(launch: Partial<BridgeLaunch> = {}): Promise<BridgeSession> {
    session = await BridgeSession.start({ python, bridge, script: 'orders.py', ...launch });
    return session;
  }

  test('the first stop is the entry, with the script alone on the stack', async () => {
    const it = await start();
    const stopped = await it.next('stopped');
    expect(place(stopped)).toBe('entry <module>:1');
    expect(stopped.frames.filter((frame) => !frame.subtle).map((frame) => frame.path)).toEqual([ORDERS]);
    expect(stopped.threadName).toBe('MainThread');
    expect(it.hello).toMatchObject({ channel: 'unix', python: expect.stringContaining(`${version}.`) });
    await it.console.shows('(Pdb) ');
    await it.console.shows(`> ${ORDERS}(1)<module>()`);
  });

  test('next, step, return and until each tell where and why they stopped', async () => {
    const it = await start({ breakpoints: [{ path: ORDERS, line: 26, condition: '', enabled: true }] });
    await it.next('stopped');
    expect(place(await it.step('continue'))).toBe('breakpoint <module>:26');
    expect(place(await it.step('step'))).toBe('call add_up:16');
    expect(place(await it.step('next'))).toBe('step add_up:17');
    expect(place(await it.step('next'))).toBe('step add_up:18');
    expect(place(await it.step('until 21'))).toBe('step add_up:21');
    const returned = await it.step('return');
    expect(place(returned)).toBe('return add_up:21');
    expect(returned.returned?.value).toBe('276.0');
    expect(local(returned, '(return)')).toBe('276.0');
  });

  test('every stop but the last is followed by continued, and the end by finished', async () => {
    const it = await start();
    await it.next('stopped');
    await it.step('next');
    it.type('continue');
    expect(await it.next('finished')).toEqual({ how: 'end', exitCode: 0, text: 'The program finished.' });
    expect((await it.exit()).exitCode).toBe(0);
    expect(it.events.map((event) => event.name)).toEqual(['breakpoints', 'stopped', 'continued', 'stopped', 'continued', 'finished']);
    await it.console.shows('orders: 5\r\ntotal: 276.0\r\nThe program finished.');
  });

  test('stepping past the last line ends the program instead of entering the debugger', async () => {
    const it = await start({
      script: 'till.py',
      args: ['0'],
      breakpoints: [{ path: join(PROGRAMS, 'till.py'), line: 13, condition: '', enabled: true }],
    });
    await it.next('stopped');
    await it.step('continue');
    expect(place(await it.step('next'))).toBe('return <module>:13');
    it.type('step');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('without a stop at the entry the program runs to the first breakpoint', async () => {
    const it = await start({ stopOnEntry: false, breakpoints: [{ path: ORDERS, line: 19, condition: 'total > 30', enabled: true }] });
    const stopped = await it.next('stopped');
    expect(place(stopped)).toBe('breakpoint add_up:19');
    expect(local(stopped, 'total')).toBe('60');
    expect(stopped.breakpoints).toMatchObject([{ path: ORDERS, line: 19, condition: 'total > 30' }]);
  });

  test('what is typed at the prompt changes breakpoints, frame and locals, and is told as changed', async () => {
    const it = await start({ stopOnEntry: false, breakpoints: [{ path: ORDERS, line: 11, condition: '', enabled: true }] });
    await it.next('stopped');
    it.type('b 13');
    expect((await it.next('changed')).breakpoints.map((point) => point.line)).toEqual([11, 13]);
    it.type('tbreak 21');
    expect((await it.next('changed')).breakpoints.map((point) => point.temporary)).toEqual([false, false, true]);
    it.type('clear 2');
    expect((await it.next('changed')).breakpoints.map((point) => point.line)).toEqual([11, 21]);
    it.type('p total + 1');
    it.type('up');
    const up = await it.next('changed');
    expect([up.frame, up.frames[up.frame]?.name, local(up, 'total')]).toEqual([1, 'add_up', '0']);
    it.type('down');
    await it.next('changed');
    it.type('total = 99');
    expect(local(await it.next('changed'), 'total')).toBe('99');
    const returned = await it.step('return');
    expect(returned.returned?.value).toBe('89.10000000000001');
    expect(it.events.filter((event) => event.name === 'changed')).toHaveLength(6);
  });

  test('commands of a breakpoint that run on are no stop', async () => {
    const it = await start();
    await it.next('stopped');
    for (const line of ['b 19', 'commands 1', 'silent', 'p total', 'continue']) it.type(line);
    await it.console.shows(/\(com\) continue\r\n/);
    await it.next('changed');
    const stops = it.events.filter((event) => event.name === 'stopped').length;
    it.type('continue');
    await it.next('finished');
    expect(it.events.filter((event) => event.name === 'stopped')).toHaveLength(stops);
    await it.console.shows(/\n0\r\n20\r\n60\r\n/);
  });

  test('an uncaught exception is a post mortem, and leaving it ends with 1', async () => {
    const it = await start({ script: 'shelves.py', stopOnEntry: false });
    const stopped = await it.next('stopped');
    expect(place(stopped)).toBe('post-mortem take:6');
    expect(stopped.exception).toEqual({ typeName: 'KeyError', message: "'salt'" });
    expect(stopped.frames.at(-1)).toMatchObject({ name: '<module>', path: join(PROGRAMS, 'shelves.py') });
    expect(it.console.text).not.toContain('casebook');
    it.type('continue');
    expect(await it.next('finished')).toEqual({ how: 'uncaught', exitCode: 1, text: "KeyError: 'salt'" });
    expect((await it.exit()).exitCode).toBe(1);
  });

  test('stepping shows an exception where it passes', async () => {
    const it = await start({
      script: 'shelves.py',
      stopOnEntry: false,
      breakpoints: [{ path: join(PROGRAMS, 'shelves.py'), line: 6, condition: "name == 'salt'", enabled: true }],
    });
    await it.next('stopped');
    const stopped = await it.step('next');
    expect(place(stopped)).toBe('exception take:6');
    expect(stopped.exception).toEqual({ typeName: 'KeyError', message: "'salt'" });
    expect(local(stopped, '(exception)')).toBe("KeyError('salt')");
  });

  test.each([
    ['exit', 'sys.exit', 3],
    ['text', 'sys.exit', 1],
  ])('sys.exit (%s) ends with its status', async (argument, how, exitCode) => {
    const it = await start({ script: 'leaves.py', args: [argument], stopOnEntry: false });
    expect(await it.next('finished')).toMatchObject({ how, exitCode });
    expect((await it.exit()).exitCode).toBe(exitCode);
    expect(it.console.text).toContain('cleaned up');
  });

  test('os._exit ends at once, with no last word', async () => {
    const it = await start({ script: 'leaves.py', args: ['hard'], stopOnEntry: false });
    await it.next('continued');
    expect((await it.exit()).exitCode).toBe(7);
    expect(it.events.map((event) => event.name)).toEqual(['breakpoints', 'continued']);
  });

  test('a script that does not compile is said so and ends with 1', async () => {
    const it = await start({ script: 'unfinished.py' });
    expect(await it.next('finished')).toMatchObject({ how: 'syntax-error', exitCode: 1, text: expect.stringContaining('SyntaxError') });
    expect((await it.exit()).exitCode).toBe(1);
    expect(it.console.text).toContain('unfinished.py", line 2');
    expect(it.console.text).not.toContain('casebook');
  });

  test('a script that is not there is said so and ends with 2', async () => {
    const it = await start({ script: 'nothere.py' });
    expect(await it.next('finished')).toMatchObject({ how: 'unreadable', exitCode: 2 });
    expect((await it.exit()).exitCode).toBe(2);
    expect(it.console.text).toContain('Error: nothere.py cannot be read: No such file or directory');
  });

  test('quit at a prompt ends with 0', async () => {
    const it = await start();
    await it.next('stopped');
    it.type('quit');
    expect(await it.next('finished')).toMatchObject({ how: 'quit', exitCode: 0 });
    expect((await it.exit()).exitCode).toBe(0);
  });

  test('restart runs the script again in the same process, from its entry', async () => {
    const it = await start();
    await it.next('stopped');
    await it.step('next');
    expect(place(await it.step('restart'))).toBe('entry <module>:1');
    await it.console.shows('Restarting orders.py with arguments:');
  });

  test('breakpoint() and post mortems of the program land in the debugger that runs it, thread by thread', async () => {
    const it = await start({ script: 'stopsItself.py', stopOnEntry: false });
    const first = await it.next('stopped');
    expect(place(first)).toMatch(/^breakpoint work:/);
    expect(first.frames.every((frame) => !frame.path.includes('casebook'))).toBe(true);
    const second = await it.step('continue');
    expect(second).toMatchObject({ reason: 'breakpoint', threadName: 'helper' });
    expect(local(second, 'number')).toBe('2');
    const third = await it.step('continue');
    expect(third).toMatchObject({ reason: 'post-mortem', exception: { typeName: 'KeyError' } });
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test.each([
    ['next', 'spin', 25],
    ['until', 'spin', 25],
    ['return', 'spin', 10],
    ['step', 'rest', 14],
  ])('Ctrl-C stops a program that was left with %s', async (command, kind, line) => {
    const it = await start({
      script: 'waits.py',
      args: [kind],
      stopOnEntry: false,
      breakpoints: [{ path: WAITS, line, condition: '', enabled: true }],
    });
    await it.next('stopped');
    it.type('clear 1');
    await it.next('changed');
    it.type(command);
    await it.next('continued');
    it.signal('SIGINT');
    expect(await it.next('stopped')).toMatchObject({ reason: 'pause' });
  });

  test.each(['rest', 'wait', 'spin'])('Ctrl-C stops a program at once where it is (%s), and it can go on', async (kind) => {
    const it = await start({ script: 'waits.py', args: [kind], stopOnEntry: false });
    await it.console.shows('begins');
    it.keys('\x03');
    const stopped = await it.next('stopped');
    expect(stopped.reason).toBe('pause');
    expect(stopped.frames[0]).toMatchObject({ path: WAITS, subtle: false });
    it.type('continue');
    await it.next('continued');
    it.keys('\x03');
    expect(await it.next('stopped')).toMatchObject({ reason: 'pause' });
    it.type('quit');
    expect(await it.next('finished')).toMatchObject({ how: 'quit' });
  });
});
