import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { queries } from '../../preload/protocol/queries/queries';
import type { QueryAnswer, QueryName } from '../../preload/protocol/queries/queries';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, SOME_PYTHONS, packBridge } from '../helpers/bridgeSession';

const HARBOUR = join(PROGRAMS, 'harbour.py');
const STORE = join(PROGRAMS, 'store.py');
interface Place {
  readonly path: string;
  readonly line: number;
}
/** Where the service shows what it has, and where the store counts a delivery. */
const INSPECTION: Place = { path: HARBOUR, line: 112 };
const DELIVERED: Place = { path: STORE, line: 21 };

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

/** Runs a program to a line. */
async function stopAt(python: string, { path, line }: Place, args: readonly string[] = []): Promise<BridgeSession> {
  session = await BridgeSession.start({
    python,
    bridge,
    script: path,
    args,
    stopOnEntry: false,
    breakpoints: [{ path, line }],
    ownTty: true,
  });
  await session.next('stopped');
  return session;
}

async function ask<N extends QueryName>(it: BridgeSession, name: N, params: object = {}): Promise<QueryAnswer<N>> {
  return queries[name].answer.parse(await it.request(name, params));
}

describe.each(ALL_PYTHONS)('on Python $version', ({ path: python }) => {
  test.each(['C', 'Python'])('tasks of a service tell how they are and what each waits for, of asyncio in %s', async (made) => {
    const it = await stopAt(python, INSPECTION, made === 'Python' ? ['py'] : []);
    const { tasks, message, tookMs } = await ask(it, 'tasks');
    const told = tasks.map(({ name, state, waitsFor }) => `${name} ${state}: ${waitsFor.replace(/[\d.]+ s left/, 'left')}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'Task-1 running: ',
        'anna waiting: Event.wait',
        'berta waiting: Semaphore.acquire',
        'clerk waiting: Queue.get',
        'convoy waiting: all of 2: tide-1, tide-2',
        'meter waiting: sleep(900), left',
        'weigh waiting: work in another thread or process',
        'late ready: ',
        'leaving cancelling: sleep(3600), left',
        'tow done: failed with ValueError',
      ]),
    );
    expect(tasks.find((task) => task.waitsFor === 'StreamReader.readline')?.coroutine).toBe('answer');
    expect(message).toBe('');
    expect(tookMs).toBeLessThan(500);
  });

  test('a task that answers for itself is not asked', async () => {
    const it = await stopAt(python, INSPECTION, ['loud']);
    const asked = () => it.program.text.match(/LoudTask was asked/g)?.length ?? 0;
    await it.program.shows('ships that wait: 1');
    const before = asked();
    const { tasks } = await ask(it, 'tasks');
    expect(tasks.find((task) => task.name === 'clerk')).toMatchObject({ state: 'waiting', waitsFor: 'Queue.get' });
    it.type('print("still", "here", file=__import__("sys").__stdout__)');
    await it.console.shows('still here');
    expect(asked()).toBe(before);
    expect(before).toBeGreaterThan(0);
    expect(it.console.text).not.toContain('LoudTask was asked');
  });

  test('the chain of a task goes from its own coroutine through generators to what it awaits; of the running one to the stop', async () => {
    const it = await stopAt(python, INSPECTION);
    const { tasks } = await ask(it, 'tasks');
    const chain = (name: string) =>
      tasks.find((task) => task.name === name)?.frames.map((frame) => frame.name.slice(frame.name.lastIndexOf('.') + 1));
    expect(chain('anna')).toEqual(['moor', 'with_pilot', 'wait']);
    expect(chain('meter')).toEqual(['read_meter', 'levels', 'sleep']);
    expect(chain('Task-1')).toEqual(['main', 'inspect']);
    expect(tasks.find((task) => task.name === 'anna')?.frames[0]).toMatchObject({ path: HARBOUR, line: 21 });
  });

  test('open files are the program’s, with the addresses of its sockets, and none of the bridge', async () => {
    const it = await stopAt(python, INSPECTION);
    const { files, omitted } = await ask(it, 'openFiles');
    const of = (kind: string) => files.filter((file) => file.kind === kind);
    expect(of('file')).toEqual([
      { fd: expect.any(Number), kind: 'file', target: expect.stringMatching(/harbour-\d+\.log$/), access: 'write' },
    ]);
    expect(of('socket').map((file) => file.target.replace(/\d{4,5}/g, 'PORT'))).toEqual(
      expect.arrayContaining(['tcp 127.0.0.1:PORT, listens', 'tcp 127.0.0.1:PORT to 127.0.0.1:PORT']),
    );
    // The program's own terminal, not the console that stands in its place while it is asked.
    const terminals = of('terminal').map((file) => file.target);
    expect(terminals).toHaveLength(3);
    it.type('import os; print("console is", os.ttyname(0))');
    await it.console.shows('console is /dev/pts/');
    const [, console] = /console is (\/dev\/pts\/\d+)/.exec(it.console.text) ?? [];
    expect(terminals).not.toContain(console);
    expect(files.every((file) => file.fd < 200)).toBe(true);
    expect(omitted).toBe(0);
  });

  test('memory is told as the system counts it; with tracing, also which line holds most', async () => {
    const it = await stopAt(python, DELIVERED);
    const before = await ask(it, 'memory', { budgetMs: 30_000 });
    expect(before).toMatchObject({ tracing: false, sites: [], needsMs: 0 });
    expect(before.residentBytes).toBeGreaterThan(4_000_000);
    expect(before.peakResidentBytes).toBeGreaterThanOrEqual(before.residentBytes);
    expect(await ask(it, 'traceAllocations', { on: true })).toMatchObject({ tracing: true });
    await it.step('continue');
    const { sites, tracedBytes, overheadBytes, message } = await ask(it, 'memory', { budgetMs: 30_000 });
    expect(sites[0]).toMatchObject({ path: STORE, line: 10, blocks: expect.any(Number) });
    expect(sites[0]?.bytes).toBeGreaterThan(1_000_000);
    expect(tracedBytes).toBeGreaterThan(1_000_000);
    expect(overheadBytes).toBeGreaterThan(0);
    expect(message).toBe('');
    expect(await ask(it, 'traceAllocations', { on: false })).toMatchObject({ tracing: false, tracedBytes: 0 });
  });

  test('the collector tells its counters and how many objects of each type there are, and collects nothing', async () => {
    const it = await stopAt(python, DELIVERED);
    const first = await ask(it, 'collector');
    const second = await ask(it, 'collector');
    expect(first.types.find((type) => type.name === '__main__.Crate')?.count).toBe(2000);
    expect(first).toMatchObject({ enabled: true, message: expect.stringContaining('100 most frequent') });
    expect(first.collections).toHaveLength(3);
    expect(second.collections.at(-1)?.collections).toBe(first.collections.at(-1)?.collections);
    expect(first.tracked).toBeGreaterThan(2000);
    expect(first.types.length).toBeLessThanOrEqual(100);
  });
});

describe.each(SOME_PYTHONS)('on Python $version', ({ path: python }) => {
  test('a program without tasks has none, and asking imports nothing but the bridge’s own', async () => {
    const it = await stopAt(python, DELIVERED);
    it.type('import sys; before = set(sys.modules); print("counted")');
    await it.next('changed');
    const { tasks, message } = await ask(it, 'tasks');
    expect(tasks).toEqual([]);
    expect(message).toMatch(/^(The program has not imported asyncio|asyncio is imported, and no task is alive)\.$/);
    it.type('print("new:", {name for name in set(sys.modules) - before if not name.startswith("casebook_bridge.")})');
    await it.console.shows('new: set()');
  });

  test('many traced blocks are not read unasked: it says how long that takes, and reads them when that is given', async () => {
    const it = await stopAt(python, DELIVERED);
    await ask(it, 'traceAllocations', { on: true });
    await it.step('continue');
    const refused = await ask(it, 'memory', { budgetMs: 50 });
    const read = await ask(it, 'memory', { budgetMs: 30_000 });
    expect(refused.sites).toEqual([]);
    expect(refused.needsMs).toBeGreaterThan(0);
    expect(refused.message).toMatch(/^About [\d,]+ blocks are traced\. Reading them holds the whole process for about/);
    expect(read.sites[0]).toMatchObject({ path: STORE, line: 10 });
  });

  test('tracing that the program began is not ended', async () => {
    const it = await stopAt(python, DELIVERED, ['traced']);
    expect((await ask(it, 'memory', { budgetMs: 30_000 })).tracing).toBe(true);
    await expect(it.request('traceAllocations', { on: false })).rejects.toThrow('The program traces its allocations itself.');
    expect((await ask(it, 'memory', { budgetMs: 30_000 })).tracing).toBe(true);
  });
});
