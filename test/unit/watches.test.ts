import { expect, test } from 'vitest';
import { moved, whyNotWatched } from '../../renderer/views/Watch/watches';
import { changes, noMemory } from '../../renderer/views/Variables/changes';

test('an expression moves by one place, and not past the ends', () => {
  const list = ['a', 'b', 'c'];
  expect(moved(list, 'a', 1)).toEqual(['b', 'a', 'c']);
  expect(moved(list, 'c', -1)).toEqual(['a', 'c', 'b']);
  expect(moved(list, 'a', -1)).toEqual(list);
  expect(moved(list, 'c', 1)).toEqual(list);
  expect(moved(list, 'gone', 1)).toEqual(list);
});

test('what cannot be watched has a sentence', () => {
  expect(whyNotWatched([], 'total')).toBe('');
  expect(whyNotWatched([], '')).toBe('Type an expression, such as len(orders).');
  expect(whyNotWatched(['total'], 'total')).toBe('This is watched already.');
  expect(whyNotWatched([], 'x'.repeat(10_001))).toContain('10,000 characters');
  expect(
    whyNotWatched(
      Array.from({ length: 200 }, (_, i) => `x${i}`),
      'total',
    ),
  ).toContain('Remove one first.');
});

test('a value is changed when it is another than at the stop before, in the same function', () => {
  const memory = noMemory();
  const see = (stops: number, where: string, values: Readonly<Record<string, string>>) => [
    ...changes(memory, { stops, where, values: new Map(Object.entries(values)) }),
  ];
  expect(see(1, 'f', { a: '1', b: '1' })).toEqual([]);
  expect(see(2, 'f', { a: '2', b: '1', c: '1' })).toEqual(['a']);
  expect(see(2, 'f', { a: '2', b: '9', c: '1' })).toEqual(['a', 'b']);
  expect(see(3, 'g', { a: '7' })).toEqual([]);
});
