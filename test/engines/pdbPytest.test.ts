import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge } from '../helpers/bridgeSession';
import type { BridgeLaunch } from '../helpers/bridgeSession';
import type { Bodies } from '../helpers/bridgeMessages';

const STOCK = 'shopTests/test_stock.py';
const ORDERS = 'shopTests/test_orders.py';
const place = ({ reason, frames, frame }: Bodies['stopped']) => `${reason} ${frames[frame]?.name.split('.').at(-1)}:${frames[frame]?.line}`;

const hasPytest = (python: string) => {
  try {
    execFileSync(python, ['-c', 'import pytest'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'status' in error) return false;
    throw error;
  }
};
const system = { version: 'of the system', path: '/usr/bin/python3' };
const WITH_PYTEST = [...ALL_PYTHONS, system].filter(({ path }) => existsSync(path) && hasPytest(path));

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

test('a Python with pytest is here', () => {
  expect(WITH_PYTEST).not.toEqual([]);
});

describe.each(WITH_PYTEST)('pytest on Python $version', ({ path: python }) => {
  async function start(script: string, launch: Partial<BridgeLaunch> = {}): Promise<BridgeSession> {
    session = await BridgeSession.start({
      python,
      bridge,
      script,
      kind: 'pytest',
      args: ['-p', 'no:cacheprovider'],
      stopOnEntry: false,
      ownTty: true,
      env: { PYTHONDONTWRITEBYTECODE: '1', PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1', PY_COLORS: '0' },
      ...launch,
    });
    return session;
  }

  test('stops where tests fail, with the exception, and not for those that are skipped or expected to fail', async () => {
    const it = await start(STOCK);
    const first = await it.next('stopped');
    expect(place(first)).toBe('exception test_says_what_is_short:12');
    expect(first.exception?.typeName).toBe('AssertionError');
    expect(first.frames.map(({ name }) => name)).toEqual(['test_says_what_is_short']);
    expect(await it.request('exceptionInfo')).toMatchObject({ nodes: [{ relation: 'raised', typeName: 'AssertionError' }] });
    const second = await it.step('continue');
    expect(place(second)).toBe('exception take:16');
    expect(second.exception).toMatchObject({ typeName: 'SoldOut', message: 'pear: 4 wanted, 3 there' });
    it.type('up');
    expect((await it.next('changed')).frame).toBe(1);
    it.type('continue');
    expect(await it.next('finished')).toEqual({ how: 'sys.exit', exitCode: 1, text: 'Tests failed.' });
    expect((await it.exit()).exitCode).toBe(1);
    await it.program.shows(/2 failed, 4 passed, 1 skipped, 1 xfailed/);
    expect(it.program.text).toContain('Captured stdout call');
    expect(it.console.text).not.toContain('passed');
    expect(it.console.text).toContain(`${STOCK}::test_says_what_is_short failed: AssertionError.`);
  });

  test('runs the chosen tests, also several, and ends with 0 when they pass', async () => {
    const it = await start(`'${STOCK}::test_counts_down[apple-11]' ${ORDERS}::Returns::test_brings_back_what_was_sold`);
    expect(await it.next('finished')).toEqual({ how: 'end', exitCode: 0, text: 'The tests passed.' });
    await it.program.shows('2 passed');
    expect((await it.exit()).exitCode).toBe(0);
    expect(it.events.map(({ name }) => name)).toEqual(['breakpoints', 'continued', 'finished']);
  });

  test('breakpoint(), pdb.set_trace() and pytest.set_trace() in a test are ours, while pytest goes on capturing', async () => {
    const it = await start(`${ORDERS}::test_looks_closer`);
    expect((await it.next('stopped')).frames[0]?.name).toBe('test_looks_closer');
    expect((await it.step('next')).reason).toBe('step');
    it.type("!print('said at the prompt')");
    await it.console.shows('\r\nsaid at the prompt\r\n');
    expect(place(await it.step('continue'))).toMatch(/^breakpoint test_looks_closer:2[12]$/);
    expect(place(await it.step('continue'))).toMatch(/^breakpoint test_looks_closer:2[34]$/);
    it.type('continue');
    await it.next('finished');
    await it.program.shows('1 passed');
    expect(it.program.text).not.toMatch(/heard by pytest|IO-capturing/);
    expect(it.console.text).not.toMatch(/^heard by pytest|IO-capturing/m);
  });

  test('stops at the first line of the first test, and at breakpoints in what is tested', async () => {
    const it = await start(STOCK, { stopOnEntry: true, breakpoints: [{ path: join(PROGRAMS, 'shop', 'stock.py'), line: 17 }] });
    expect(place(await it.next('stopped'))).toBe('entry test_takes_from_the_shelf:7');
    expect(place(await it.step('continue'))).toBe('breakpoint take:17');
    expect(place(await it.step('continue'))).toBe('exception test_says_what_is_short:12');
  });

  test('a fixture that fails stops in the fixture', async () => {
    const it = await start(`${ORDERS}::test_orders_from_the_supplier`);
    const stopped = await it.next('stopped');
    expect(place(stopped)).toBe('exception supplier:18');
    expect(stopped.exception).toMatchObject({ typeName: 'LookupError', message: 'no supplier for quince' });
  });

  test('an assertion of unittest stops in the test, not in unittest', async () => {
    const it = await start(`${ORDERS}::Returns::test_counts_what_comes_back`);
    const stopped = await it.next('stopped');
    expect(place(stopped)).toBe('exception test_counts_what_comes_back:39');
    expect(stopped.frame).toBeGreaterThan(0);
  });

  test('run starts the tests again with what is on disk, and quit ends them all', async () => {
    const it = await start(STOCK);
    expect(place(await it.next('stopped'))).toBe('exception test_says_what_is_short:12');
    expect(place(await it.step('run'))).toBe('exception test_says_what_is_short:12');
    it.type('quit');
    expect(await it.next('finished')).toMatchObject({ how: 'quit' });
    await it.exit();
    expect(it.events.filter(({ name }) => name === 'stopped')).toHaveLength(2);
  });

  test('stepping out of a test that fails stops at its exception', async () => {
    const it = await start(`${STOCK}::test_sells_the_last_one`, { stopOnEntry: true });
    expect(place(await it.next('stopped'))).toBe('entry test_sells_the_last_one:21');
    it.type('next');
    expect(place(await it.next('stopped'))).toBe('exception test_sells_the_last_one:21');
    it.type('continue');
    expect(place(await it.next('stopped'))).toBe('exception take:16');
  });

  test('is paused by Ctrl-C in the middle of a test, which goes on afterwards', async () => {
    const it = await start(`${ORDERS}::test_waits_for_the_delivery`, { stopOnEntry: true });
    await it.next('stopped');
    it.type('continue');
    await it.next('continued');
    it.keys('\x03');
    const paused = await it.next('stopped');
    expect(paused.reason).toBe('pause');
    expect(paused.frames.map(({ name }) => name)).toContain('test_waits_for_the_delivery');
    it.type('!import sys; sys.modules["test_orders"].DELIVERY.set()');
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('says so when there is nothing to run', async () => {
    const it = await start('shopTests/nothing.py');
    expect(await it.next('finished')).toMatchObject({ exitCode: 4, text: expect.stringContaining('does not take these arguments') });
  });
});

test('a Python without pytest says how to get it', async () => {
  const without = ALL_PYTHONS.find(({ path }) => !hasPytest(path));
  session = await BridgeSession.start({ python: without?.path ?? '', bridge, script: '', kind: 'pytest' });
  expect(await session.next('finished')).toMatchObject({ how: 'unreadable', text: expect.stringContaining('pip install pytest') });
});
