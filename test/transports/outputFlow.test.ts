import { randomBytes } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { OutputFlow } from '../../main/sessions/outputFlow';
import { SpoolBudget } from '../../main/sessions/spool';
import { HIGH_WATER_BYTES, LOW_WATER_BYTES } from '../../preload/protocol/terminal';
import { openSpool } from '../helpers/ptySpool';
import { within } from '../helpers/within';

/** A window that keeps what it gets, and draws when told. */
function openWindow(source: ReturnType<typeof openSpool>) {
  const got: { offset: number; bytes: Buffer }[] = [];
  let look = () => {};
  const flow = new OutputFlow(
    source.spool,
    (offset, bytes) => {
      got.push({ offset, bytes: Buffer.from(bytes) });
      look();
    },
    () => {},
  );
  onTestFinished(() => flow.detach());
  const end = () => {
    const last = got.at(-1);
    return last ? last.offset + last.bytes.length : 0;
  };
  const reached = (offset: number) =>
    within(
      10_000,
      `byte ${offset}, after ${end()}`,
      new Promise<void>((resolve) => {
        look = () => end() >= offset && resolve();
        look();
      }),
    );
  const append = (bytes: Buffer) => {
    source.spool.append(bytes);
    flow.advance();
  };
  return { flow, got, end, reached, append, bytes: () => Buffer.concat(got.map((piece) => piece.bytes)) };
}

/** Writes everything to disk, so that nothing can be served from memory. */
async function settle({ spool }: ReturnType<typeof openSpool>): Promise<void> {
  await spool.close();
}

test('a byte that arrives when the window has caught up is sent in the same turn', () => {
  const { flow, got, append } = openWindow(openSpool());
  flow.attach(0);
  append(Buffer.from('a'));
  append(Buffer.from('b'));
  expect(got.map(({ offset, bytes }) => [offset, bytes.toString()])).toEqual([
    [0, 'a'],
    [1, 'b'],
  ]);
});

test('nothing is sent before the window attaches or after it detaches', async () => {
  const { flow, got, append } = openWindow(openSpool());
  append(Buffer.from('a'));
  flow.attach(1);
  append(Buffer.from('b'));
  flow.detach();
  append(Buffer.from('c'));
  flow.acknowledge(2);
  expect(got.map(({ offset, bytes }) => [offset, bytes.toString()])).toEqual([[1, 'b']]);
});

test('a window that does not draw gets no more than the mark, in pieces of 64 kB at most', async () => {
  const source = openSpool();
  const window = openWindow(source);
  window.flow.attach(0);
  const bytes = randomBytes(1_000_000);
  window.append(bytes);
  expect(window.end()).toBeGreaterThanOrEqual(HIGH_WATER_BYTES);
  expect(window.end()).toBeLessThan(HIGH_WATER_BYTES + 65_536);
  expect(Math.max(...window.got.map((piece) => piece.bytes.length))).toBeLessThanOrEqual(65_536);
  const stoppedAt = window.end();
  window.flow.acknowledge(stoppedAt - LOW_WATER_BYTES - 1);
  expect(window.end()).toBe(stoppedAt);
  await settle(source);
  window.flow.acknowledge(stoppedAt - LOW_WATER_BYTES);
  await window.reached(stoppedAt + 1);
});

test('a window that draws gets everything in order, from memory or disk, whatever it acknowledges', async () => {
  const source = openSpool({ sizes: { segment: 100_000 } });
  const window = openWindow(source);
  window.flow.attach(0);
  const bytes = randomBytes(2_000_000);
  for (let at = 0; at < bytes.length; at += 50_000) window.append(bytes.subarray(at, at + 50_000));
  while (window.end() < bytes.length) {
    const next = window.end() + 1;
    window.flow.acknowledge(window.end());
    await window.reached(next);
  }
  expect(window.bytes().equals(bytes)).toBe(true);
});

test('a window may attach anywhere, and again', async () => {
  const source = openSpool();
  const window = openWindow(source);
  const bytes = randomBytes(50_000);
  source.spool.append(bytes);
  await settle(source);
  window.flow.attach(10_000);
  await window.reached(50_000);
  expect(window.bytes().equals(bytes.subarray(10_000))).toBe(true);
  window.got.length = 0;
  window.flow.attach(0);
  await window.reached(50_000);
  expect(window.bytes().equals(bytes)).toBe(true);
});

test('where bytes are no longer kept the flow jumps, though the window was full of the old ones', async () => {
  const source = openSpool({ budget: new SpoolBudget(400_000), sizes: { segment: 10_000, keepLast: 20_000 } });
  const window = openWindow(source);
  window.flow.attach(0);
  const bytes = randomBytes(400_000);
  window.append(bytes);
  const stoppedAt = window.end();
  await source.spool.release('keep-last');
  expect(source.spool.kept).toBe(380_000);
  window.flow.acknowledge(stoppedAt);
  await window.reached(400_000);
  const after = window.got.filter((piece) => piece.offset >= stoppedAt);
  expect(after[0]?.offset).toBe(380_000);
  expect(Buffer.concat(after.map((piece) => piece.bytes)).equals(bytes.subarray(380_000))).toBe(true);
});

test('in a flood a window that is far behind is served in small lots, and at full speed once it is over', async () => {
  const source = openSpool();
  const window = openWindow(source);
  window.flow.attach(0);
  window.append(randomBytes(4 << 20));
  const sent = window.end();
  window.append(randomBytes(4 << 20));
  window.flow.acknowledge(sent);
  expect(window.end()).toBe(sent);
  await window.reached(sent + 1);
  while (window.end() < source.spool.size) {
    const before = window.end();
    window.flow.acknowledge(before);
    await window.reached(before + 1);
  }
  expect(window.end()).toBe(8 << 20);
  await source.spool.close();
});

test('what cannot be read back is said once, and the flow stands still', async () => {
  let told = () => {};
  const said = new Promise<void>((resolve) => (told = resolve));
  const broken = {
    size: 100_000,
    kept: 0,
    peek: () => undefined,
    read: () => Promise.reject(Object.assign(new Error('bad disk'), { code: 'EIO' })),
  };
  const words: string[] = [];
  const flow = new OutputFlow(
    broken,
    () => {},
    (why) => {
      words.push(why);
      told();
    },
  );
  flow.attach(0);
  await within(5000, 'word of the bad disk', said);
  flow.advance();
  expect(words).toEqual(['EIO']);
});
