import { describe, expect, test } from 'vitest';
import type { Variable } from '../../preload/protocol/session';
import { inlineValues } from '../../renderer/views/Source/inlineValues';

const locals = (values: Readonly<Record<string, string>>): Variable[] =>
  Object.entries(values).map(([name, value]) => ({ name, value, type: 'int', reference: 0, count: 0, lazy: false }));

const unchanged = (variables: readonly Variable[]) => ({ locals: variables, changed: new Set<string>() });

/** The values behind each line of a source whose current line is marked with `>`. */
function shown(source: string, values: Readonly<Record<string, string>>): Readonly<Record<number, string>> {
  const lines = source.split('\n').slice(1);
  const current = lines.findIndex((line) => line.startsWith('>')) + 1;
  const text = lines.map((line) => line.slice(1)).join('\n');
  const behind = new Map<number, string>();
  for (const { line, text: value } of inlineValues(text, current, unchanged(locals(values))))
    behind.set(line, [behind.get(line), value].filter(Boolean).join('   '));
  return Object.fromEntries(behind);
}

const SHOP = `
 total = 0
 def price(order, rate):
     # the order
     net = order.net
     tax = net * rate
>    return net + tax
     net = 0
`;

test('a value stands behind the last line, up to the current one, that names it', () => {
  expect(shown(SHOP, { order: '{}', rate: '0.2', net: '10', tax: '2.0' })).toEqual({
    4: 'order = {}',
    5: 'rate = 0.2',
    6: 'net = 10   tax = 2.0',
  });
});

test('values on one line stand in the order of the variables', () => {
  expect(shown(SHOP, { tax: '2.0', net: '10' })).toEqual({ 6: 'tax = 2.0   net = 10' });
});

test('nothing is shown above the function, nor below the current line', () => {
  expect(shown(SHOP, { total: '0' })).toEqual({});
});

test('at module level everything above counts', () => {
  const source = `
 total = 0
 def f():
     pass
>print(1)
`;
  expect(shown(source, { total: '0' })).toEqual({ 1: 'total = 0' });
});

test('an inner function hides the outer one, and what follows it does not', () => {
  const source = `
 def outer(a):
     def inner(b):
>        return b
     return a
`;
  expect(shown(source, { a: '1', b: '2' })).toEqual({ 3: 'b = 2' });
  const behind = `
 def outer(a):
     def inner(b):
         return b
>    return 0
`;
  expect(shown(behind, { a: '1' })).toEqual({ 1: 'a = 1' });
});

test('an async function is a function', () => {
  const source = `
 a = 1
 async  def f(b):
>    await b
`;
  expect(shown(source, { a: '1', b: '2' })).toEqual({ 3: 'b = 2' });
});

describe('a name is a whole word, and no attribute', () => {
  test.each([
    ['x = xy + yx', {}],
    ['self.a.b', {}],
    ['f(a)', { 1: 'a = 1' }],
    ['a[0]', { 1: 'a = 1' }],
    ['é = aé', {}],
    ['1 if a else 2', { 1: 'a = 1' }],
    ['-a', { 1: 'a = 1' }],
  ])('%s', (line, behind) => {
    expect(shown(`\n>${line}\n`, { a: '1' })).toEqual(behind);
  });

  test('in letters of any script', () => {
    expect(shown('\n>größe = 变量 + x𝐲\n', { größe: '1', 变量: '2', gr: '3' })).toEqual({ 1: 'größe = 1   变量 = 2' });
  });
});

test('names that are no Python names are never looked for', () => {
  expect(shown('\n>f((return), .0, $, a.b)\n', { '(return)': '1', '.0': '2', $: '3', 'a.b': '4', '': '5' })).toEqual({});
});

test('what was not read shows nothing', () => {
  const [a] = locals({ a: '…' });
  expect(inlineValues('a', 1, unchanged(a ? [{ ...a, lazy: true }] : []))).toEqual([]);
});

test('a long line gets no values behind it', () => {
  expect(shown(`\n a\n>a = "${'x'.repeat(160)}"\n`, { a: '1' })).toEqual({ 1: 'a = 1' });
});

test('a long value is cut, and a hostile one is made visible', () => {
  expect(shown('\n>a\n', { a: 'x'.repeat(61) })).toEqual({ 1: `a = ${'x'.repeat(60)}…` });
  expect(shown('\n>a\n', { a: '\x1b[31m\u202e' })).toEqual({ 1: 'a = ␛[31m<U+202E>' });
});

test('a current line beyond the file, and an empty file, show nothing', () => {
  expect(inlineValues('a = 1', 99, unchanged(locals({ a: '1' })))).toEqual([{ line: 1, text: 'a = 1', changed: false }]);
  expect(inlineValues('', 1, unchanged(locals({ a: '1' })))).toEqual([]);
});

test('a module of 20,000 lines with 1,000 globals is read in the time of one pass', () => {
  const text = Array.from({ length: 20_000 }, (_, i) => `value_${i % 1000} = other_${i} + ${i}`).join('\n');
  const globals = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`absent_${i}`, '1']));
  const begun = performance.now();
  expect(inlineValues(text, 20_000, unchanged(locals({ ...globals, value_7: '9' })))).toEqual([
    { line: 19_008, text: 'value_7 = 9', changed: false },
  ]);
  expect(performance.now() - begun).toBeLessThan(500);
});

test('what is another than at the stop before is marked', () => {
  const made = inlineValues('a = b', 1, { locals: locals({ a: '1', b: '2' }), changed: new Set(['b']) });
  expect(made.map(({ text, changed }) => [text, changed])).toEqual([
    ['a = 1', false],
    ['b = 2', true],
  ]);
});
