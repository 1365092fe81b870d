import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { breakpoint } from '../helpers/breakpoints';
import { ALL_PYTHONS } from '../helpers/bridgeSession';
import { HeadlessWorkbench } from '../helpers/workbench';

const ORDERS = join(__dirname, '..', 'programs', 'orders.py');
const at = (line: number, condition = '') => breakpoint(ORDERS, line, { condition });

let workbench: HeadlessWorkbench;
afterEach(() => workbench.close());

describe.each(ALL_PYTHONS)('a session with Python $version', ({ path: interpreter }) => {
  beforeEach(async () => {
    workbench = await HeadlessWorkbench.open();
  });

  test('stops, steps, shows its stack and its data, and ends with its own code', async () => {
    const session = await workbench.launch({ program: ORDERS, interpreter });
    await workbench.stoppedAt(session, 1);
    await workbench.request('breakpoints.set', { breakpoints: [at(19, 'order.number == 3'), at(20)] });
    await workbench.until(session, 'bound breakpoints', (s) => s.breakpoints.length === 2);
    expect(workbench.state(session)?.breakpoints).toMatchObject([
      { verified: true },
      { verified: false, message: expect.stringContaining('line with code is 21') },
    ]);

    await workbench.request('session.continue', { session });
    const { stopId, frame } = await workbench.stoppedAt(session, 19);
    expect(frame.name).toBe('add_up');
    const stack = await workbench.request('session.stackTrace', { session, stopId, start: 0, count: 10 });
    expect(stack.items.slice(0, 2).map((f) => `${f.name}:${f.line}`)).toEqual(['add_up:19', '<module>:26']);
    const [locals] = await workbench.request('session.scopes', { session, stopId, frame: 0 });
    const page = await workbench.request('session.variables', { session, stopId, reference: locals?.reference ?? 0, start: 0, count: 10 });
    expect(page.items.find((v) => v.name === 'order')?.value).toContain('number=3');

    await workbench.request('breakpoints.set', { breakpoints: [] });
    await workbench.request('session.stepOut', { session });
    await workbench.stoppedAt(session, 21);
    await workbench.request('session.continue', { session });
    expect((await workbench.ended(session)).exit).toEqual({ exitCode: 0, signal: 0 });
    expect(await workbench.shows(`${session}.program`, 'total: 276.0')).toBe('orders: 5\r\ntotal: 276.0\r\n');
  });

  test('an answer for an older stop is refused, and so is a step while it runs', async () => {
    const session = await workbench.launch({ program: ORDERS, interpreter });
    const { stopId } = await workbench.stoppedAt(session, 1);
    await workbench.request('session.next', { session });
    await workbench.stoppedAt(session, 4);
    await expect(workbench.request('session.scopes', { session, stopId, frame: 0 })).rejects.toMatchObject({ code: 'stale' });
    await workbench.request('session.terminate', { session });
    expect((await workbench.ended(session)).why).toContain('SIGTERM');
    await expect(workbench.request('session.next', { session })).rejects.toMatchObject({ code: 'ended' });
  });
});

describe('a session', () => {
  const interpreter = ALL_PYTHONS.at(-1)?.path ?? '';
  beforeEach(async () => {
    workbench = await HeadlessWorkbench.open();
  });

  test('runs to a line below, and to one above in the next round of a loop', async () => {
    const session = await workbench.launch({ program: ORDERS, interpreter });
    await workbench.stoppedAt(session, 1);
    await workbench.request('session.runTo', { session, line: 25 });
    await workbench.stoppedAt(session, 25);
    await workbench.request('session.runTo', { session, line: 19 });
    expect((await workbench.stoppedAt(session, 19)).frame.name).toBe('add_up');
  });

  test('is paused while it loops, and a breakpoint that was set meanwhile is bound at the stop', async () => {
    const program = join(workbench.home, 'loops.py');
    await writeFile(program, 'n = 0\nwhile True:\n    n += 1\n    m = n\n');
    const session = await workbench.launch({ program, interpreter, stopOnEntry: false });
    await workbench.until(session, 'running', (s) => s.phase.phase === 'running');
    await workbench.request('breakpoints.set', { breakpoints: [breakpoint(program, 3)] });
    expect(workbench.state(session)?.breakpoints).toMatchObject([{ verified: false, message: expect.stringContaining('next stop') }]);
    await workbench.request('session.pause', { session });
    await workbench.until(session, 'pause', (s) => s.phase.phase === 'stopped' && s.phase.reason === 'pause');
    await workbench.until(session, 'bound breakpoint', (s) => s.breakpoints[0]?.verified === true);
    await workbench.request('session.continue', { session });
    await workbench.stoppedAt(session, 3);
  });

  test('is started again with the same breakpoints', async () => {
    const first = await workbench.launch({ program: ORDERS, interpreter });
    await workbench.stoppedAt(first, 1);
    await workbench.request('breakpoints.set', { breakpoints: [at(21)] });
    const second = await workbench.request('session.restart', { session: first });
    expect(second).not.toBe(first);
    await workbench.stoppedAt(second, 1);
    await workbench.request('session.continue', { session: second });
    await workbench.stoppedAt(second, 21);
  });

  test('two sessions share the person’s breakpoints and nothing else', async () => {
    const [one, two] = [await workbench.launch({ program: ORDERS, interpreter }), await workbench.launch({ program: ORDERS, interpreter })];
    await Promise.all([workbench.stoppedAt(one, 1), workbench.stoppedAt(two, 1)]);
    await workbench.request('terminal.write', { terminal: `${one}.console`, data: 'break 21\r' });
    await workbench.until(two, 'breakpoint that was typed in the other', (s) => s.breakpoints[0]?.line === 21 && s.breakpoints[0].verified);
    await workbench.request('session.next', { session: one });
    await workbench.stoppedAt(one, 4);
    expect(workbench.state(two)?.phase).toMatchObject({ frame: { line: 1 } });
  });

  test('is refused with a sentence when the program or the interpreter is of no use', async () => {
    await expect(workbench.launch({ program: '/no/such.py', interpreter })).rejects.toThrow('There is no file /no/such.py');
    await expect(workbench.launch({ program: '/tmp', interpreter })).rejects.toThrow('is a folder');
    await expect(workbench.launch({ program: '/bin/ls', interpreter })).rejects.toThrow('is a binary');
    await expect(workbench.launch({ program: ORDERS, interpreter: '/bin/true' })).rejects.toThrow('does not answer as a Python does');
    await expect(workbench.launch({ program: ORDERS, interpreter, folder: '/no/folder' })).rejects.toThrow('There is no folder');
  });
});

describe('without a socket', () => {
  beforeEach(async () => {
    workbench = await HeadlessWorkbench.open('osc');
  });

  test('everything but expanding works through the console’s own stream', async () => {
    const session = await workbench.launch({ program: ORDERS, interpreter: ALL_PYTHONS.at(-1)?.path ?? '' });
    await workbench.stoppedAt(session, 1);
    expect(workbench.state(session)?.capabilities.expand).toBe(false);
    await workbench.request('breakpoints.set', { breakpoints: [at(19, 'order.number == 2')] });
    await workbench.until(session, 'bound breakpoint', (s) => s.breakpoints[0]?.verified === true);
    await workbench.request('session.continue', { session });
    const { stopId } = await workbench.stoppedAt(session, 19);
    const [locals] = await workbench.request('session.scopes', { session, stopId, frame: 0 });
    const page = await workbench.request('session.variables', {
      session,
      stopId,
      reference: locals?.reference ?? 0,
      start: 0,
      count: locals?.count ?? 1,
    });
    expect(page.items.find((v) => v.name === 'order')?.value).toContain('number=2');
    await expect(workbench.request('session.scopes', { session, stopId, frame: 1 })).rejects.toThrow('cannot be expanded');
    await workbench.request('session.selectFrame', { session, stopId, frame: 1 });
    await workbench.stoppedAt(session, 26);
  });
});
