import { expect, test } from 'vitest';
import { typedLines } from '../../main/sessions/typedLines';

/** The lines that these keys make, sent as the given pieces. */
function lines(...pieces: readonly string[]): readonly string[] {
  const heard: string[] = [];
  const take = typedLines((text) => heard.push(text));
  for (const piece of pieces) take(piece);
  return heard;
}

test('a line is told at its Enter, whatever pieces it comes in', () => {
  expect(lines('next\r')).toEqual(['next']);
  expect(lines('n', 'e', 'xt', '\r')).toEqual(['next']);
  expect(lines('p x\np y\r')).toEqual(['p x', 'p y']);
});

test('a line that has not been ended is not told', () => {
  expect(lines('p secr')).toEqual([]);
});

test('an empty line is not told: what it repeats is the debugger’s business', () => {
  expect(lines('\r\r\n')).toEqual([]);
});

test('Backspace takes back a whole character', () => {
  expect(lines('nexx\x7ft\r')).toEqual(['next']);
  expect(lines('p x\b\by\r')).toEqual(['py']);
  expect(lines('\x7f\x7fn\r')).toEqual(['n']);
  expect(lines('p 🐍\x7fé\r')).toEqual(['p é']);
});

test('Ctrl-U and Ctrl-C take back the line', () => {
  expect(lines('wrong\x15right\r')).toEqual(['right']);
  expect(lines('wrong\x03right\r')).toEqual(['right']);
});

test('cursor, function and Alt keys are no text', () => {
  expect(lines('a\x1b[Ab\x1b[1;5Cc\x1bOPd\x1b[15~e\x1bxf\r')).toEqual(['abcdef']);
});

test('a pasted text is text without its brackets', () => {
  expect(lines('\x1b[200~p total\x1b[201~\r')).toEqual(['p total']);
});

test('other control keys are no text', () => {
  expect(lines('\x01n\x05\x0be\tx\x04t\r')).toEqual(['next']);
});

test('a lone Escape swallows nothing', () => {
  expect(lines('\x1b', 'n\r')).toEqual(['n']);
});

test('any bytes at all are taken', () => {
  let random = 3;
  const next = (below: number) => (random = (random * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 300; round++) {
    const keys = Array.from({ length: 60 }, () => String.fromCharCode(next(4) ? next(128) : next(65_536))).join('');
    for (const line of lines(keys)) expect(line).not.toMatch(/[\x00-\x1f\x7f]/);
  }
});
