import { expect, test } from 'vitest';
import type { StackFrame } from '../../preload/protocol/session';
import { foldFrames } from '../../renderer/views/Stack/foldFrames';

/** A stack, innermost first: `.` is a frame of the program, `-` one of the debugger's own. */
const stack = (text: string): StackFrame[] =>
  [...text].map((sign, id) => ({ id, name: `f${id}`, path: '', line: 1, subtle: sign === '-' }));

/** The rows as text: numbers of frames, `[3x2]` for two frames folded from the third on. */
const rows = (text: string, ...unfolded: readonly number[]): string =>
  foldFrames(stack(text), new Set(unfolded))
    .map((row) => ('folded' in row ? `[${row.from}x${row.folded}]` : String(row.frame.id)))
    .join(' ');

test.each([
  ['', ''],
  ['...', '0 1 2'],
  ['..---', '0 1 [2x3]'],
  ['--.', '[0x2] 2'],
  ['-', '[0x1]'],
  ['.-.--.', '0 [1x1] 2 [3x2] 5'],
])('the stack %s is shown as %s', (text, shown) => {
  expect(rows(text)).toBe(shown);
});

test('a run that was unfolded is shown whole, and the others stay', () => {
  expect(rows('.--.---', 1)).toBe('0 1 [2x1] 3 [4x3]');
  expect(rows('.--.---', 4, 5, 6)).toBe('0 [1x2] 3 4 5 6');
});

test('every frame is shown once, or counted once', () => {
  for (let bits = 0; bits < 256; bits++) {
    const text = [...bits.toString(2).padStart(8, '0')].map((b) => (b === '1' ? '-' : '.')).join('');
    const counted = foldFrames(stack(text), new Set([3])).reduce((sum, row) => sum + ('folded' in row ? row.folded : 1), 0);
    expect(counted).toBe(8);
  }
});
