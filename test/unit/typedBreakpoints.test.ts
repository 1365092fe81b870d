import { expect, test } from 'vitest';
import { breakpointCommands } from '../../main/engines/pdb/typedBreakpoints';
import type { NumberedBreakpoint } from '../../main/engines/pdb/typedBreakpoints';
import type { SourceBreakpoint } from '../../preload/protocol/breakpoints';
import { breakpoint } from '../helpers/breakpoints';

/** Breakpoints as words: `a.py:3`, `a.py:3 off`, `a.py:3 if x > 1`; numbered from 1 in the debugger's table. */
const wanted = (...words: readonly string[]): SourceBreakpoint[] =>
  words.map((text) => {
    const [, path = '', line = '', rest = ''] = /^(.*):(\d+) ?(.*)$/.exec(text) ?? [];
    return breakpoint(path, Number(line), { condition: rest.startsWith('if ') ? rest.slice(3) : '', enabled: rest !== 'off' });
  });
const table = (...words: readonly string[]): NumberedBreakpoint[] =>
  wanted(...words.map((w) => w.replace(/ once$/, ''))).map((b, i) => ({
    ...b,
    number: i + 1,
    hits: 0,
    temporary: words[i]?.endsWith(' once') ?? false,
  }));

test('a table that is right already needs no command', () => {
  expect(breakpointCommands(wanted('/a.py:3', '/b.py:9 if x'), table('/a.py:3', '/b.py:9 if x'))).toEqual([]);
});

test('what is missing is set, with its condition', () => {
  expect(breakpointCommands(wanted('/a.py:3', '/b.py:9 if x > 1'), [])).toEqual(['break /a.py:3', 'break /b.py:9, x > 1']);
});

test('what is off and was never set needs no command', () => {
  expect(breakpointCommands(wanted('/a.py:3 off'), [])).toEqual([]);
});

test('what nobody wants is cleared first, by its number', () => {
  expect(breakpointCommands(wanted('/b.py:2'), table('/a.py:3', '/a.py:4'))).toEqual(['clear 1', 'clear 2', 'break /b.py:2']);
});

test('conditions are changed and taken away in place', () => {
  expect(breakpointCommands(wanted('/a.py:3 if y'), table('/a.py:3 if x'))).toEqual(['condition 1 y']);
  expect(breakpointCommands(wanted('/a.py:3'), table('/a.py:3 if x'))).toEqual(['condition 1']);
});

test('what stands is switched off and on', () => {
  expect(breakpointCommands(wanted('/a.py:3 off', '/b.py:1'), table('/a.py:3', '/b.py:1 off'))).toEqual(['disable 1', 'enable 2']);
});

test("a temporary one is the person's own command, and stays", () => {
  expect(breakpointCommands([], table('/a.py:3 once'))).toEqual([]);
  expect(breakpointCommands(wanted('/a.py:3'), table('/a.py:3 once'))).toEqual(['break /a.py:3']);
});

test.each([
  ['a line break', 'x\nimport os; os.abort()'],
  ['a carriage return', 'x\rquit'],
  ["pdb's own separator of commands", "x == 'a;;quit'"],
  ['an interrupt', 'x\x03'],
  ['a key that completes', 'x\t'],
])('a condition with %s is not typed', (_, condition) => {
  const [bare] = wanted('/a.py:3');
  const hostile = breakpoint(bare?.path ?? '', 3, { condition });
  expect(breakpointCommands([hostile], [])).toEqual([]);
  expect(breakpointCommands([hostile], table('/a.py:3'))).toEqual([]);
});

test('a path that would end its line is not typed', () => {
  expect(breakpointCommands([breakpoint('/tmp/a\nimport os', 3)], [])).toEqual([]);
});
