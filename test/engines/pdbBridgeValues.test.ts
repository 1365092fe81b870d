import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge } from '../helpers/bridgeSession';
import { framePage, scopeList, variablePage } from '../helpers/bridgeMessages';
import type { Bodies } from '../helpers/bridgeMessages';

const VALUES = join(PROGRAMS, 'values.py');
const HOSTILE = join(PROGRAMS, 'hostile.py');
const LARGEST_ANSWER_BYTES = 64_000;
/** The number of the first line that holds this text. */
const lineOf = (path: string, text: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;
const STOP_LINE = lineOf(VALUES, 'stop = 1');

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

describe.each(ALL_PYTHONS)('on Python $version', ({ path: python }) => {
  async function stopAt(
    script: string,
    path: string,
    line: number,
  ): Promise<{ readonly it: BridgeSession; readonly stopped: Bodies['stopped'] }> {
    const it = await BridgeSession.start({
      python,
      bridge,
      script,
      stopOnEntry: false,
      breakpoints: [{ path, line, condition: '', enabled: true }],
    });
    session = it;
    return { it, stopped: await it.next('stopped') };
  }
  const page = async (it: BridgeSession, reference: number, [start, count]: readonly [number, number]) =>
    variablePage.parse(await it.request('variables', { reference, start, count }));
  const find = (stopped: Bodies['stopped'], name: string) => {
    const found = stopped.locals.items.find((item) => item.name === name);
    if (found === undefined) throw new Error(`no local ${name} in ${stopped.locals.items.map((item) => item.name).join(' ')}`);
    return found;
  };

  test('each kind of value is one line', async () => {
    const { stopped } = await stopAt('values.py', VALUES, STOP_LINE);
    const shown = Object.fromEntries(stopped.locals.items.map((item) => [item.name, item.value]));
    expect(shown).toMatchObject({
      text: `'${'x'.repeat(200)}'… 1,000,000 characters`,
      odd: String.raw`'a\x00\x1b[31m\udc80'`,
      numbers: '[0, 1, 2, 3, 4, 5, 6, 7, … 999,992 more]',
      mapping: "{'a': 1, 2: […], None: 'n'}",
      big: 'int of 332,193 bits',
      small: '7',
      real: '0.1',
      both: '2j',
      yes: 'True',
      nothing: 'None',
      raw: String.raw`b'ab\xff'`,
      mutable: "bytearray(b'xyz')",
      viewed: "memoryview of 8 bytes, format 'B'",
      pair: "(1, 'two')",
      single: '(1,)',
      empty: '()',
      bag: '{5}',
      frozen: 'frozenset({6})',
      queue: 'deque([1, 2])',
      keys: "dict_keys(['a', 2, None])",
      span: 'range(0, 10)',
      backwards: 'range(9, -1, -2)',
      point: 'Point(x=1, y=2)',
      color: '<Color.RED: 1>',
      order: "Order(number=3, name='tea')",
      slotted: 'Slotted(left=1, right=not set)',
      basket: 'Basket([1, 2])',
      counts: "Counter({'a': 2, 'b': 1})",
      wrong: "ValueError('bad', 3)",
      func: '<function main at values.py:34>',
      made: '<built-in function len>',
      klass: "<class 'Order'>",
      module: "<module 'collections'>",
      bound: '<built-in function append>',
      watched: '<Slotted2>',
    });
  });

  test('children come by page: elements, then attributes, then properties that are only named', async () => {
    const { it, stopped } = await stopAt('values.py', VALUES, STOP_LINE);
    const numbers = find(stopped, 'numbers');
    expect(numbers.count).toBe(1_000_000);
    expect(await page(it, numbers.reference, [999_998, 1000])).toMatchObject({
      start: 999_998,
      total: 1_000_000,
      items: [{ name: '999998', value: '999998' }, { name: '999999' }],
    });
    expect((await page(it, find(stopped, 'mapping').reference, [0, 10])).items.map((item) => `${item.name}=${item.value}`)).toEqual([
      "'a'=1",
      '2=[3]',
      "None='n'",
    ]);
    expect((await page(it, find(stopped, 'basket').reference, [1, 10])).items.map((item) => `${item.name}=${item.value}`)).toEqual([
      '1=2',
      "owner='Ann'",
    ]);
    expect((await page(it, find(stopped, 'order').reference, [0, 10])).items.map((item) => [item.name, item.value, item.lazy])).toEqual([
      ['number', '3', false],
      ['name', "'tea'", false],
      ['price', 'property', true],
    ]);
    expect((await page(it, find(stopped, 'point').reference, [0, 10])).items.map((item) => item.name)).toEqual(['x', 'y']);
    expect((await page(it, find(stopped, 'span').reference, [8, 10])).items.map((item) => item.value)).toEqual(['8', '9']);
  });

  test('a page of a list with a million numbers takes less than 20 ms and 64 kB', async () => {
    const { it, stopped } = await stopAt('values.py', VALUES, STOP_LINE);
    const times: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      const began = performance.now();
      const answer = await it.request('variables', { reference: find(stopped, 'numbers').reference, start: 500_000 + round, count: 100 });
      times.push(performance.now() - began);
      expect(JSON.stringify(answer).length).toBeLessThan(LARGEST_ANSWER_BYTES);
    }
    expect(times.sort((a, b) => a - b)[10]).toBeLessThan(20);
    const whole = await it.request('variables', { reference: find(stopped, 'numbers').reference, start: 0, count: 1000 });
    expect(JSON.stringify(whole).length).toBeLessThan(LARGEST_ANSWER_BYTES);
  });

  test('references end when the program runs on, and hold nothing', async () => {
    const { it, stopped } = await stopAt('values.py', VALUES, STOP_LINE);
    const numbers = find(stopped, 'numbers').reference;
    const globals = stopped.scopes.find((scope) => scope.name === 'Globals');
    await page(it, globals?.reference ?? 0, [0, 100]);
    const after = await it.step('next');
    expect(after.scopes[0]?.reference).toBeGreaterThan(numbers);
    await expect(it.request('variables', { reference: numbers, start: 0, count: 1 })).rejects.toThrow(
      'This value belongs to an earlier stop.',
    );
    await it.step('next');
    const gone = await it.step('next');
    expect(find(gone, 'gone').value).toBe('True');
  });

  test('any frame tells its scopes, and a long stack comes by page', async () => {
    const { it } = await stopAt('values.py', VALUES, STOP_LINE);
    const scopes = scopeList.parse(await it.request('scopes', { frame: 1 }));
    const locals = await page(it, scopes[0]?.reference ?? 0, [0, 100]);
    expect(locals.items.map((item) => item.name)).toContain('Basket');
    expect(locals.items.map((item) => item.name)).not.toContain('__builtins__');
    const frames = framePage.parse(await it.request('stackTrace', { start: 1, count: 5 }));
    expect(frames.items[0]).toMatchObject({ id: 1, name: '<module>', path: VALUES });
    await expect(it.request('scopes', { frame: 99 })).rejects.toThrow('There is no frame 99 at this stop.');
  });

  test('looking at hostile objects runs none of their code', async () => {
    const { it, stopped } = await stopAt('hostile.py', HOSTILE, lineOf(HOSTILE, 'looked = 1'));
    const seen = new Set<number>();
    const waiting = stopped.scopes.map((scope) => scope.reference);
    for (let reference = waiting.shift(); reference !== undefined && seen.size < 150; reference = waiting.shift()) {
      if (seen.has(reference)) continue;
      seen.add(reference);
      waiting.push(...(await page(it, reference, [0, 50])).items.map((item) => item.reference).filter((child) => child > 0));
    }
    await it.step('next');
    const after = await it.step('next');
    expect(find(after, 'seen').value).toBe('[]');
    it.type('continue');
    const failed = await it.next('stopped');
    expect(failed.exception).toEqual({ typeName: 'EvilError', message: expect.stringContaining('Evil') });
    expect(Object.fromEntries(failed.locals.items.map((item) => [item.name, item.value]))).toMatchObject({
      evil: 'Evil(kept=1)',
      inside: '[<Evil>, (…), {…}]',
      keys: '{<Evil>: <Evil>}',
      several: '{<Evil>}',
      made: 'Made(left=<Evil>, right=not set)',
      spied_list: 'SpiedList([1, 2])',
      spied_dict: "SpiedDict({'a': 1})",
      spied_str: "'text'",
      spied_int: '5',
      red: '<Color.RED: 1>',
      cyclic: '[[…]]',
      deep: '[[…]]',
    });
    expect(it.events.filter((event) => event.name === 'trouble')).toEqual([]);
  });
});
