import { describe, expect, test } from 'vitest';
import type { DebuggerBreakpoint } from '../../main/engines/engine';
import { asCommands, withTyped } from '../../main/sessions/breakpointTable';
import type { SourceBreakpoint } from '../../preload/protocol/breakpoints';
import { breakpoint } from '../helpers/breakpoints';

/** Breakpoints as words: `a.py:3`, `a.py:3 off`, `a.py:3 if x > 1`, `a.py:3 once`. */
const table = (...words: readonly string[]): DebuggerBreakpoint[] =>
  words.map((text) => {
    const [, path = '', line = '', rest = ''] = /^(.*):(\d+) ?(.*)$/.exec(text) ?? [];
    const condition = rest.startsWith('if ') ? rest.slice(3) : '';
    return { ...breakpoint(path, Number(line), { condition, enabled: rest !== 'off', temporary: rest === 'once' }), hits: 0 };
  });
const list = (...words: readonly string[]): SourceBreakpoint[] =>
  table(...words).map(({ hits, ...b }) => (hits ? { ...b, doubt: 'hit' } : b));

test('nothing typed leaves the very same list', () => {
  const mine = list('a.py:3', 'b.py:9 off');
  expect(withTyped(mine, list('a.py:3'), table('a.py:3'))).toBe(mine);
  expect(withTyped(mine, [], [])).toBe(mine);
});

test('what the table does not know is kept: breakpoints that are off, or wait for the next stop', () => {
  const mine = list('a.py:3', 'off.py:1 off', 'waits.py:2');
  expect(withTyped(mine, list('a.py:3'), table('a.py:3', 'new.py:7'))).toEqual(list('a.py:3', 'off.py:1 off', 'waits.py:2', 'new.py:7'));
});

test('a typed break joins the list, without what only the debugger knows', () => {
  expect(withTyped([], [], table('a.py:3 if x > 1'))).toEqual([breakpoint('a.py', 3, { condition: 'x > 1' })]);
});

test('a typed clear leaves it', () => {
  expect(withTyped(list('a.py:3', 'a.py:9'), list('a.py:3', 'a.py:9'), table('a.py:9'))).toEqual(list('a.py:9'));
});

test('a typed condition, disable and enable change it', () => {
  expect(withTyped(list('a.py:3'), list('a.py:3'), table('a.py:3 if x'))).toEqual(list('a.py:3 if x'));
  expect(withTyped(list('a.py:3'), list('a.py:3'), table('a.py:3 off'))).toEqual(list('a.py:3 off'));
  expect(withTyped(list('a.py:3 off'), list('a.py:3 off'), table('a.py:3'))).toEqual(list('a.py:3'));
});

test('a hit alone changes nothing', () => {
  const mine = list('a.py:3');
  expect(
    withTyped(
      mine,
      list('a.py:3'),
      table('a.py:3').map((b) => ({ ...b, hits: 5 })),
    ),
  ).toBe(mine);
});

test('a typed temporary breakpoint joins the list, and leaves it when it was hit', () => {
  const mine = list('a.py:3');
  const both = list('a.py:3', 'a.py:8 once');
  expect(withTyped(mine, mine, table('a.py:3', 'a.py:8 once'))).toEqual(both);
  expect(withTyped(both, both, table('a.py:3'))).toEqual(mine);
});

test('where a breakpoint came from stays with it when its condition is typed anew', () => {
  const mine = [breakpoint('a.py', 3, { text: 'total += x', doubt: 'The line was edited since.' })];
  const [changed] = withTyped(mine, list('a.py:3'), table('a.py:3 if x'));
  expect(changed).toEqual({ ...mine[0], condition: 'x' });
});

test('a cleared breakpoint that was set again with a condition stands once', () => {
  expect(withTyped(list('a.py:3'), list('a.py:3'), table('a.py:3', 'a.py:3 if x'))).toEqual(list('a.py:3 if x'));
});

test('a path with colons is a path', () => {
  expect(withTyped(list('a:1:b.py:3'), list('a:1:b.py:3'), table('a:1:b.py:4'))).toEqual(list('a:1:b.py:4'));
});

test('neither list is altered', () => {
  const [mine, before, after] = [list('a.py:3'), list('a.py:3'), table('b.py:1')].map((each) =>
    Object.freeze(each.map((b) => Object.freeze(b))),
  );
  expect(() => withTyped(mine ?? [], before ?? [], table('b.py:1'))).not.toThrow();
  expect(after).toHaveLength(1);
});

describe('what a click did, in the debugger’s words', () => {
  const on = (line: number, condition = '', enabled = true) => breakpoint('/shop/a.py', line, { condition, enabled });

  test('set, removed, conditioned and switched are a command each', () => {
    expect(asCommands([], [on(3)])).toEqual(['break a.py:3']);
    expect(asCommands([], [on(3, 'x > 1')])).toEqual(['break a.py:3, x > 1']);
    expect(asCommands([on(3)], [])).toEqual(['clear a.py:3']);
    expect(asCommands([on(3)], [on(3, 'x')])).toEqual(['condition a.py:3 x']);
    expect(asCommands([on(3, 'x')], [on(3)])).toEqual(['condition a.py:3']);
    expect(asCommands([], [{ ...on(3), temporary: true }])).toEqual(['tbreak a.py:3']);
    expect(asCommands([on(3)], [{ ...on(3), hitCondition: '>= 5', logMessage: 'x = {x}' }])).toEqual([
      'break a.py:3 (hits >= 5, logs "x = {x}")',
    ]);
    expect(asCommands([on(3)], [on(3, '', false)])).toEqual(['disable a.py:3']);
  });

  test('a table that is the same says nothing', () => {
    expect(asCommands([on(3), on(4)], [on(4), on(3)])).toEqual([]);
  });
});
