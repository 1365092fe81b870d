import { expect, test } from 'vitest';
import { visible } from '../../preload/protocol/visible';

test.each([
  ['\x1b]0;owned\x07', '␛]0;owned␇'],
  ['a\0b\tc\r\n', 'a␀b␉c␍␊'],
  ['\x7f', '␡'],
  ['\x9b31m', '<U+009B>31m'],
  ['photo\u202egpj.exe', 'photo<U+202E>gpj.exe'],
  ['\u2066a\u2069\u200f\u061c', '<U+2066>a<U+2069><U+200F><U+061C>'],
  ['pass\u200bword\ufeff\u00ad', 'pass<U+200B>word<U+FEFF><U+00AD>'],
  ['a\u2028b\u2029', 'a<U+2028>b<U+2029>'],
  ['\u3164\u115f\uffa0\u034f', '<U+3164><U+115F><U+FFA0><U+034F>'],
  ['\u{e0041}\u{e0100}', '<U+E0041><U+E0100>'],
  ['\ud800', '<U+D800>'],
  ['a\udc00b', 'a<U+DC00>b'],
  ['\ud83d\ud83d\udc0d\udc0d', '<U+D83D>🐍<U+DC0D>'],
])('%j is shown as %s', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test.each(['', 'orders.py:12', 'größe = 变量 + 𝐲', '🐍', '❤️', 'עברית', 'नमस्ते', 'a b', '<U+202E>', '␛[31m', 'é'])(
  '%s is shown as it is',
  (text) => {
    expect(visible(text)).toBe(text);
  },
);

test('what is visible stays as it is when it is shown again', () => {
  for (let code = 0; code < 0x3000; code++) {
    const once = visible(String.fromCharCode(code));
    expect(visible(once)).toBe(once);
  }
});

test('nothing that Unicode calls a control, a format or half a character is left, but in emoji', () => {
  const left: string[] = [];
  for (let code = 0; code <= 0x10_ffff; code++) {
    const char = String.fromCodePoint(code);
    // Signs of Arabic and other scripts that are counted as format characters but are drawn.
    if (/\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/u.test(char) && visible(char) === char)
      left.push(code.toString(16));
  }
  expect(left).toEqual([
    '600',
    '601',
    '602',
    '603',
    '604',
    '605',
    '6dd',
    '70f',
    '890',
    '891',
    '8e2',
    'fe0e',
    'fe0f',
    '110bd',
    '110cd',
    ...DRAWN,
  ]);
});

/** Egyptian hieroglyph joiners: drawn, and of no use but between hieroglyphs. */
const DRAWN = Array.from({ length: 16 }, (_, i) => (0x13_430 + i).toString(16));

test('a long text is made visible in one pass', () => {
  const begun = performance.now();
  expect(visible('\x1b[0m'.repeat(250_000))).toHaveLength(1_000_000);
  expect(performance.now() - begun).toBeLessThan(2000);
});
