import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { processQueries } from '../../preload/protocol/queries/process';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge } from '../helpers/bridgeSession';
import type { BridgeLaunch } from '../helpers/bridgeSession';
import type { Bodies } from '../helpers/bridgeMessages';

const PICKERS = join(PROGRAMS, 'pickers.py');
const names = (waiting: Bodies['waiting']['waiting']) => waiting.map((one) => one.threadName);

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

describe.each(ALL_PYTHONS)('on Python $version', ({ path: python }) => {
  async function start(launch: Partial<BridgeLaunch> = {}): Promise<BridgeSession> {
    session = await BridgeSession.start({ python, bridge, script: 'pickers.py', stopOnEntry: false, ...launch });
    return session;
  }

  /** The stop at which all three pickers, and the main thread where asked, have come to their breakpoint() calls. */
  async function queued(count: number, args: readonly string[] = []) {
    const it = await start({ args });
    const first = await it.next('stopped');
    let waiting = first.waiting;
    while (waiting.length < count) ({ waiting } = await it.next('waiting'));
    return { it, first, waiting };
  }

  test('threads that stop while a prompt stands wait in order, and each is told as it comes', async () => {
    const { it, first, waiting } = await queued(1);
    expect(new Set([first.threadName, ...names(waiting)]).size).toBe(2);
    expect(waiting[0]).toMatchObject({ at: { path: PICKERS, name: expect.stringMatching(/^pack$/), subtle: false } });
    const second = await it.step('continue');
    expect(second).toMatchObject({ threadId: waiting[0]?.threadId, threadName: waiting[0]?.threadName, waiting: [] });
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    await it.console.shows('[(1, 15), (2, 30), (3, 45)]');
  });

  test('the prompt can be given to a thread that waits, and comes back to the same stop after it', async () => {
    const { it, first, waiting } = await queued(2, ['main']);
    const chosen = waiting[1];
    const given = await it.step('thread 2');
    expect(given).toMatchObject({ threadId: chosen?.threadId, threadName: chosen?.threadName });
    expect(given.frames[0]?.line).toBe(chosen?.at.line);
    expect(names(given.waiting)).toEqual([first.threadName, waiting[0]?.threadName]);
    const back = await it.step('continue');
    expect(back).toMatchObject({ threadId: first.threadId, threadName: first.threadName, reason: first.reason, note: first.note });
    expect(back.frames.map((frame) => frame.line)).toEqual(first.frames.map((frame) => frame.line));
    expect(names(back.waiting)).toEqual([waiting[0]?.threadName]);
    await it.step('continue');
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('a number that no thread has is refused with who waits; a bare name is still Python', async () => {
    const { it, waiting } = await queued(1);
    it.type('thread 9');
    expect((await it.next('refused')).message).toBe(
      `No thread of that number waits. These do: thread 1 is ${waiting[0]?.threadName}, at pickers.py:${waiting[0]?.at.line}.`,
    );
    it.type('thread = 41');
    await it.next('changed');
    it.type('thread + 1');
    await it.console.shows(/\r\n42\r\n/);
    expect(it.events.filter(({ name }) => name === 'stopped')).toHaveLength(1);
  });

  test('every thread’s stack is read at once, without Casebook’s own', async () => {
    const { it, first, waiting } = await queued(2, ['main']);
    const { threads, tookMs } = processQueries.threads.answer.parse(await it.request('threads'));
    const of = (name: string) => threads.find((thread) => thread.name === name);
    expect(threads.map((thread) => thread.state)).toEqual(['stopped', 'waits-for-prompt', 'waits-for-prompt', 'runs', 'runs']);
    expect(threads.map((thread) => thread.name).sort()).toEqual(['MainThread', 'picker-1', 'picker-2', 'picker-3', 'watchman']);
    expect(of(first.threadName)?.frames[0]).toMatchObject({ path: PICKERS, line: first.frames[0]?.line });
    expect(of(waiting[0]?.threadName ?? '')?.frames[0]).toMatchObject({ path: PICKERS, line: waiting[0]?.at.line });
    expect(of('watchman')).toMatchObject({ daemon: true, state: 'runs' });
    expect(of('watchman')?.frames.filter((frame) => frame.path === PICKERS)).toMatchObject([{ name: 'idle' }]);
    expect(of('watchman')?.frameCount).toBe(of('watchman')?.frames.length);
    expect(tookMs).toBeLessThan(50);
  });

  test('Ctrl-C in the main thread while it waits for the prompt changes nothing', async () => {
    const { it, first } = await queued(2, ['main']);
    it.signal('SIGINT');
    it.type('thread 9');
    await it.next('refused');
    const reasons = [first.reason];
    for (let left = 2; left; left--) reasons.push((await it.step('continue')).reason);
    expect(reasons).toEqual(['breakpoint', 'breakpoint', 'breakpoint']);
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });
});
