import { describe, expect, test } from 'vitest';
import type { Page, Variable } from '../../preload/protocol/session';
import { opens, ranges, read, scopeNode, valuesOf } from '../../renderer/views/Variables/variableTree';
import type { VariableNode } from '../../renderer/views/Variables/variableTree';

const variable = (name: string, value: string, more: Partial<Variable> = {}): Variable => ({
  name,
  value,
  type: 'int',
  reference: 0,
  count: 0,
  lazy: false,
  ...more,
});
const locals = (count: number) => scopeNode({ name: 'Locals', reference: 1, count });

/** A program's values by reference; remembers what was asked for. */
function world(values: Readonly<Record<number, (index: number) => Variable>>, totals: Readonly<Record<number, number>>) {
  const asked: string[] = [];
  const ask = async (reference: number, start: number, count: number): Promise<Page<Variable>> => {
    asked.push(`${reference}: ${start}+${count}`);
    const total = totals[reference] ?? 0;
    const items = Array.from(
      { length: Math.max(0, Math.min(count, total - start)) },
      (_, i) => values[reference]?.(start + i) ?? variable('?', '?'),
    );
    return { items, start, total };
  };
  return { ask, asked };
}

const outline = (nodes: readonly VariableNode[], depth = 0): string =>
  nodes
    .map((n) => `${'  '.repeat(depth)}${n.name}${n.value ? ` = ${n.value}` : ''}\n${n.children ? outline(n.children, depth + 1) : ''}`)
    .join('');

describe('what is open is read, and nothing else', () => {
  const list = (i: number) => variable(`[${i}]`, String(i * i));
  const { ask, asked } = world(
    { 1: (i) => (i ? variable('rate', '0.2') : variable('orders', 'list, 3', { reference: 2, count: 3 })), 2: list },
    { 1: 2, 2: 3 },
  );

  test.each([
    ['nothing', [], 'Locals\n', []],
    ['a scope', ['Locals'], 'Locals\n  orders = list, 3\n  rate = 0.2\n', ['1: 0+2']],
    [
      'what is under it',
      ['Locals', 'Locals/orders'],
      'Locals\n  orders = list, 3\n    [0] = 0\n    [1] = 1\n    [2] = 4\n  rate = 0.2\n',
      ['1: 0+2', '2: 0+3'],
    ],
    ['something under what is closed', ['Locals/orders'], 'Locals\n', []],
    [
      'something that has nothing under it',
      ['Locals', 'Locals/rate', 'Locals/gone'],
      'Locals\n  orders = list, 3\n  rate = 0.2\n',
      ['1: 0+2'],
    ],
  ])('%s', async (_, open, ...[shown, asks]) => {
    asked.length = 0;
    expect(outline(await read([locals(2)], new Set(open), ask))).toBe(shown);
    expect(asked).toEqual(asks);
  });
});

test('a row opens when there is something under it that can be asked for', () => {
  const [can, none, lost] = [locals(3), locals(0), { ...locals(3), reference: 0 }].map(opens);
  expect([can, none, lost]).toEqual([true, false, false]);
});

describe('a large value is shown in ranges', () => {
  const big = (count: number, start = 0): VariableNode => ({
    ...locals(count),
    key: 'Locals/x',
    kind: 'variable',
    name: 'x',
    start,
    reference: 5,
  });

  test.each([
    [201, ['0-99', '100-199', '200-200']],
    [1000, ['0-99', '900-999']],
    [10_000, ['0-99', '9,900-9,999']],
    [10_001, ['0-9,999', '10,000-10,000']],
    [1_000_000, ['0-9,999', '990,000-999,999']],
    [1_000_001, ['0-999,999', '1,000,000-1,000,000']],
  ])('of %i elements', (count, names) => {
    const made = ranges(big(count)).map(({ name }) => name);
    expect(made.length).toBeLessThanOrEqual(100);
    expect([...new Set(count === 201 ? made : [made[0], made.at(-1)])]).toEqual(names);
  });

  test.each([201, 999, 1000, 1001, 9_999, 10_000, 10_001, 12_345, 1_000_000, 1_000_001, 987_654_321])(
    'of %i elements, that cover each element exactly once',
    (count) => {
      let depth = 0;
      const check = (node: VariableNode, level: number): void => {
        depth = Math.max(depth, level);
        const parts = ranges(node);
        let next = node.start;
        for (const part of parts) {
          expect([part.kind, part.reference, part.start]).toEqual(['range', 5, next]);
          next += part.count;
        }
        expect(next).toBe(node.start + node.count);
        expect(parts.length).toBeLessThanOrEqual(100);
        expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
        for (const part of new Set([parts[0], parts[Math.floor(parts.length / 2)], parts.at(-1)]))
          if (part && part.count > 100) check(part, level + 1);
      };
      check(big(count), 1);
      expect(depth).toBeLessThanOrEqual(5);
    },
  );

  test('that are read one page at a time, down to the element', async () => {
    const { ask, asked } = world(
      { 1: () => variable('x', 'list', { reference: 5, count: 1_000_000 }), 5: (i) => variable(`[${i}]`, String(i)) },
      { 1: 1, 5: 1_000_000 },
    );
    const open = new Set(['Locals', 'Locals/x', 'Locals/x#990000+10000', 'Locals/x#999900+100']);
    const [root] = await read([locals(1)], open, ask);
    expect(asked).toEqual(['1: 0+1', '5: 999900+100']);
    const values = valuesOf(root ? [root] : []);
    expect(values.size).toBe(101);
    expect(values.get('Locals/x/[999999]')).toBe('999999');
    const keys = (nodes: readonly VariableNode[]): string[] => nodes.flatMap((n) => [n.key, ...keys(n.children ?? [])]);
    const all = keys(root ? [root] : []);
    expect(new Set(all).size).toBe(all.length);
  });

  test('and keeps its own name when that has a # in it', async () => {
    const { ask } = world(
      { 1: () => variable("'a#b'", 'list', { reference: 5, count: 300 }), 5: (i) => variable(`[${i}]`, '0') },
      { 1: 1, 5: 300 },
    );
    const [root] = await read([locals(1)], new Set(['Locals', "Locals/'a#b'", "Locals/'a#b'#200+100"]), ask);
    expect([...valuesOf(root ? [root] : []).keys()]).toContain("Locals/'a#b'/[299]");
  });

  test('an element keeps its key whether the value is shown in ranges or not', async () => {
    const element = (i: number) => variable(`[${i}]`, '0');
    const small = world({ 1: () => variable('x', 'list', { reference: 5, count: 200 }), 5: element }, { 1: 1, 5: 200 });
    const large = world({ 1: () => variable('x', 'list', { reference: 5, count: 201 }), 5: element }, { 1: 1, 5: 201 });
    const open = new Set(['Locals', 'Locals/x', 'Locals/x#0+100']);
    for (const { ask } of [small, large]) expect([...valuesOf(await read([locals(1)], open, ask)).keys()]).toContain('Locals/x/[7]');
  });
});

test('values of one name under one parent are told apart', async () => {
  const { ask } = world({ 1: (i) => variable("'a long key…'", String(i)) }, { 1: 3 });
  const values = valuesOf(await read([locals(3)], new Set(['Locals']), ask));
  expect([...values.values()]).toEqual(['0', '1', '2']);
  const many = world(
    { 1: () => variable('x', 'dict', { reference: 5, count: 300 }), 5: (i) => variable('<Point>', String(i)) },
    { 1: 1, 5: 300 },
  );
  const open = new Set(['Locals', 'Locals/x', 'Locals/x#0+100', 'Locals/x#100+100', 'Locals/x#200+100']);
  expect(valuesOf(await read([locals(1)], open, many.ask)).size).toBe(301);
});

test('a page that ends early is asked on, and one that stays empty is not asked for ever', async () => {
  const asked: string[] = [];
  const short = async (_: number, start: number, count: number): Promise<Page<Variable>> => {
    asked.push(`${start}+${count}`);
    const items = Array.from({ length: start < 8 ? Math.min(4, count) : 0 }, (__, i) => variable(`v${start + i}`, '0'));
    return { items, start, total: 10 };
  };
  expect(valuesOf(await read([locals(10)], new Set(['Locals']), short)).size).toBe(8);
  expect(asked).toEqual(['0+10', '4+6', '8+2']);
});

test('a page that cannot be read is a refusal, not an empty list', async () => {
  const refuse = () => Promise.reject(new Error('The program has moved on.'));
  await expect(read([locals(2)], new Set(['Locals']), refuse)).rejects.toThrow('The program has moved on.');
});
