import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sourceQueries } from '../../preload/protocol/queries/source';
import { BridgeSession, PROGRAMS, packBridge, ALL_PYTHONS } from '../helpers/bridgeSession';
import type { Bodies } from '../helpers/bridgeMessages';

const COURIER = join(PROGRAMS, 'courier.py');
const LINES = readFileSync(COURIER, 'utf8').split('\n');
const lineOf = (text: string) => LINES.findIndex((line) => line.includes(text)) + 1;
const place = ({ reason, frames: [frame] }: Bodies['stopped']) => `${reason} ${frame?.name}: ${LINES[(frame?.line ?? 0) - 1]?.trim()}`;
const name = ({ locals }: Bodies['stopped'], local: string) => locals.items.find((item) => item.name === local)?.value;
const FILTERS = { library: true, decorators: false, generators: false };

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

/** Runs the couriers to the line with this text, and leaves no breakpoint there. */
async function runTo(python: string, text: string): Promise<BridgeSession> {
  const breakpoints = [{ path: COURIER, line: lineOf(text) }];
  session = await BridgeSession.start({ python, bridge, script: 'courier.py', breakpoints, stopOnEntry: false });
  expect(place(await session.next('stopped'))).toContain(text);
  await session.request('setBreakpoints', { breakpoints: [] });
  return session;
}

async function stepIn(it: BridgeSession, target: number | null = null): Promise<Bodies['stopped']> {
  await it.request('prepareStep', { filters: FILTERS, target });
  return it.step('step');
}

describe.each(ALL_PYTHONS)('coroutines and generators on Python $version', ({ path: python }) => {
  test('next over an await stays in the coroutine while other tasks run', async () => {
    const it = await runTo(python, 'done, first = await hand_out(3)');
    const stopped = await it.step('next');
    expect(place(stopped)).toBe('step main: await asyncio.gather(*others)');
    expect(name(stopped, 'first')).toContain('van 0 at the depot');
    expect(place(await it.step('next'))).toBe('step main: lines = [line for line in receipts(done)]');
  });

  test('next in one of several tasks on the same lines stays in that task', async () => {
    const it = await runTo(python, 'place = await locate');
    const van = name(await it.step('next'), 'van');
    for (let turn = 0; turn < 3; turn++) {
      expect(place(await it.step('next'))).toBe('step report: for turn in range(times):');
      expect(place(await it.step('next'))).toBe('step report: place = await locate(van, 0.002)');
      const stopped = await it.step('next');
      expect([place(stopped), name(stopped, 'van'), name(stopped, 'turn')]).toEqual([
        'step report: seen.append(place)',
        van,
        String(turn + 1),
      ]);
    }
    expect(place(await it.step('until'))).toBe('step report: return len(seen)');
  });

  test('next at the end of a task stops at its return, instead of running away', async () => {
    const it = await runTo(python, 'return len(seen)');
    const stopped = await it.step('next');
    expect(place(stopped)).toBe('return report: return len(seen)');
    expect(stopped.returned?.value).toBe('4');
  });

  test('return runs a task to its end, over its awaits', async () => {
    const it = await runTo(python, 'place = await locate');
    const stopped = await it.step('return');
    expect(place(stopped)).toBe('return report: return len(seen)');
    expect(stopped.returned?.value).toBe('4');
  });

  test('return out of an awaited coroutine ends in the one that awaits it', async () => {
    const it = await runTo(python, 'first = await locate');
    const stopped = await it.step('return');
    expect(stopped.frames[0]).toMatchObject({ name: 'main', line: lineOf('done, first = await') });
  });

  test('a filtered step over an await stays in the coroutine, and goes into what it awaits', async () => {
    const it = await runTo(python, 'first = await locate');
    expect((await stepIn(it)).frames[0]?.name).toBe('locate');
    expect(place(await it.step('next'))).toBe('step locate: await asyncio.sleep(delay)');
    const woken = await stepIn(it);
    expect(place(woken)).toBe("step locate: return f'{van} at the depot'");
    expect(name(woken, 'van')).toBe("'van 0'");
  });

  test('an awaited call can be chosen, and is entered when it is awaited', async () => {
    const it = await runTo(python, 'first = await locate');
    const { targets } = sourceQueries.stepInTargets.answer.parse(await it.request('stepInTargets'));
    expect(targets.map((target) => target.label)).toEqual(['locate']);
    const stopped = await stepIn(it, targets[0]?.id);
    expect([stopped.reason, stopped.frames[0]?.name]).toEqual(['call', 'locate']);
  });

  test('a coroutine that is only made on this line is not offered', async () => {
    const it = await runTo(python, 'async for number in orders');
    expect(await it.request('stepInTargets')).toEqual({ targets: [], why: 'orders makes an asynchronous generator: its body runs later.' });
  });

  test('next and until in a generator stay in it, and stop at its end', async () => {
    const it = await runTo(python, "line = f'receipt {number}'");
    expect(place(await it.step('next'))).toBe('step receipts: yield line');
    expect(place(await it.step('next'))).toBe('step receipts: for number in range(done):');
    expect(place(await it.step('until'))).toMatch(/^step receipts: line = /);
    expect(place(await it.step('return'))).toBe('return receipts: for number in range(done):');
    expect((await it.step('next')).frames[0]?.name).toMatch(/main|listcomp/);
  });
});
