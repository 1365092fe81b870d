import { describe, expect, test } from 'vitest';
import { read } from './sourceFiles';

/** Least contrast by WCAG 2.2: 1.4.3 for text, 1.4.11 for what is not text but must be seen. */
const TEXT = 4.5;
const SHAPE = 3;

/** One colour, the grounds it is drawn on, and the least contrast there. A name with `1-7` stands for seven colours. */
const DRAWN: readonly (readonly [string, string, number])[] = [
  ['fg', 'bg0 bg1 bg2 bg3 bg4 sel exec-soft err-soft warn-soft ok-soft info-soft mark', TEXT],
  ['fg2', 'bg0 bg1 bg2 bg3 bg4 sel exec-soft', TEXT],
  ['fg3', 'bg0 bg1 bg2 bg3 sel exec-soft warn-soft', TEXT],
  ['err', 'bg0 bg1 bg2 bg3 err-soft sel', TEXT],
  ['warn', 'bg0 bg1 bg2 bg3 warn-soft', TEXT],
  ['ok', 'bg0 bg1 bg2 bg3 ok-soft', TEXT],
  ['info', 'bg0 bg1 bg2 bg3 info-soft sel', TEXT],
  ['accent', 'bg0 bg1 bg2 bg3 accent-soft sel warn-soft', TEXT],
  ['on-accent', 'accent-fill', TEXT],
  ['on-danger', 'danger-fill', TEXT],
  ['exec', 'bg1 exec-soft', TEXT],
  ['k', 'bg1 exec-soft', TEXT],
  ['str', 'bg1 exec-soft', TEXT],
  ['num', 'bg1 exec-soft sel', TEXT],
  ['com', 'bg1 exec-soft', TEXT],
  ['fn', 'bg1 exec-soft', TEXT],
  ['ty', 'bg1 exec-soft', TEXT],
  ['l1-7', 'bg1 bg2 bg3', TEXT],
  ['ansi-1-15', 'bg1', TEXT],
  ['sA', 'bg0 bg1', SHAPE],
  ['sB', 'bg0 bg1', SHAPE],
  ['sC', 'bg0 bg1', SHAPE],
  ['ctl-line', 'bg1 bg2', SHAPE],
  ['focus', 'bg0 bg1 bg2 bg3', SHAPE],
  ['bp', 'bg1 exec-soft', SHAPE],
  ['p-ink', 'bg1 bg2', SHAPE],
  ['p-hot', 'bg1 bg2', SHAPE],
  ['p-cool', 'bg1 bg2', SHAPE],
  ['accent-fill', 'bg1 bg2', SHAPE],
];

/** The ink of a session's letter, which the stylesheet sets beside the tokens. */
const LETTER_INK: Readonly<Record<string, string>> = { dark: '#0b0e10', light: '#ffffff', hc: '#0b0e10' };

const expand = (name: string): readonly string[] => {
  const [, stem = '', first, last] = /^(.*?)(\d+)-(\d+)$/.exec(name) ?? [];
  if (!first || !last) return [name];
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => `${stem}${Number(first) + index}`);
};

const PAIRS = DRAWN.flatMap(([name, grounds, least]) =>
  expand(name).flatMap((colour) => grounds.split(' ').map((ground) => ({ colour, ground, least }))),
);

/** The colours of a theme by name; a theme may have several blocks. */
function readTheme(css: string, theme: string): ReadonlyMap<string, string> {
  const blocks = [...css.matchAll(/([^{}]*)\{([^{}]*)\}/g)].filter(([, selector = '']) => selector.includes(`[data-theme=${theme}]`));
  const tokens = blocks.flatMap(([, , body = '']) => [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]+)/gi)]);
  return new Map(tokens.map(([, name = '', colour = '']) => [name, colour]));
}

/** Relative luminance of `#rgb` or `#rrggbb`, 0 to 1. Source: WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const digits =
    colour.length === 4
      ? colour
          .slice(1)
          .split('')
          .map((digit) => digit + digit)
      : (colour.slice(1).match(/../g) ?? []);
  const [red = 0, green = 0, blue = 0] = digits.map((pair) => {
    const share = Number.parseInt(pair, 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 (the same) to 21 (black on white). */
function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

const css = read('renderer/styles/tokens.css');

describe.each(['dark', 'light', 'hc'])('in the %s theme', (theme) => {
  const colours = readTheme(css, theme);
  const colourOf = (name: string) => {
    const colour = colours.get(name);
    if (!colour) throw new Error(`the ${theme} theme has no --${name}`);
    return colour;
  };

  test('every colour can be told from the grounds it is drawn on', () => {
    const weak = PAIRS.map((pair) => ({ ...pair, ratio: contrast(colourOf(pair.colour), colourOf(pair.ground)) }))
      .filter(({ ratio, least }) => ratio < least)
      .map(({ colour, ground, least, ratio }) => `--${colour} on --${ground}: ${ratio.toFixed(2)} < ${least}`);
    expect(weak).toEqual([]);
  });

  test("a session's letter can be read on its colour", () => {
    const ink = LETTER_INK[theme] ?? '';
    for (const session of ['sA', 'sB', 'sC']) expect(contrast(ink, colourOf(session)), `--${session}`).toBeGreaterThanOrEqual(TEXT);
  });
});

test('the pairs that are looked at are those of the design: 390 over three themes', () => {
  expect(PAIRS.length * 3).toBe(390);
});

test('the formula gives the two figures that WCAG states', () => {
  expect(contrast('#000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#fff')).toBeCloseTo(4.48, 2);
});
