import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { joinWords, splitWords } from '../../preload/protocol/words';

const split = (line: string) => {
  const made = splitWords(line);
  return 'words' in made ? made.words : made.trouble;
};

/** What the system's own shell makes of a line. */
const shell = (line: string) =>
  execFileSync('/bin/sh', ['-fc', `set -- ${line}\nfor word; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);

describe('a line is split as a shell splits it', () => {
  test.each([
    ['', []],
    ['   ', []],
    ['--port 8000', ['--port', '8000']],
    ['  a\t b\n c ', ['a', 'b', 'c']],
    ["'a b' c", ['a b', 'c']],
    ['"a b" c', ['a b', 'c']],
    ['a\\ b c', ['a b', 'c']],
    ["a'b c'd", ['ab cd']],
    ["''", ['']],
    ['a "" b', ['a', '', 'b']],
    [`"it's"`, ["it's"]],
    [`'"'`, ['"']],
    ['"\\""', ['"']],
    ['"\\\\"', ['\\']],
    ['"\\n"', ['\\n']],
    ["'\\n'", ['\\n']],
    ['\\n', ['n']],
    ["\\'", ["'"]],
    ['"$HOME"x'.replace('$', '\\$'), ['$HOMEx']],
    ['a#b', ['a#b']],
    ['-oProxyCommand=x', ['-oProxyCommand=x']],
    ['größe 🐍', ['größe', '🐍']],
  ] as const)('%j', (line, words) => {
    expect(split(line)).toEqual(words);
    expect(shell(line.replaceAll('\n', ' '))).toEqual(words);
  });
});

test.each([
  ["it's", 'A single quote is not closed. Close it, or put a backslash before it.'],
  ['say "hello', 'A double quote is not closed. Close it, or put a backslash before it.'],
  ['"\\', 'The line ends in a backslash. Add what it should keep, or take it away.'],
  ['a\\', 'The line ends in a backslash. Add what it should keep, or take it away.'],
])('%j is not split, and the sentence says why', (line, trouble) => {
  expect(split(line)).toBe(trouble);
});

describe('words that were joined split into the same words', () => {
  test.each([
    [[]],
    [['']],
    [['', '']],
    [["it's", 'a b', 'c']],
    [['"', "'", '\\', '$(id)', '`id`', '*', '~', '#', ';', '&&', '\n', '\t', ' ']],
    [['--x=1', '/a/b.py', 'ü']],
  ])('%j', (words) => {
    expect(split(joinWords(words))).toEqual(words);
    expect(shell(joinWords(words))).toEqual(words);
  });

  test('whatever they hold', () => {
    let random = 5;
    const next = (below: number) => (random = (random * 48_271) % 2_147_483_647) % below;
    const CHARACTERS = [...`ab'"\\ \t\n$\`!*?[]{}~#;&|<>()=-ü🐍`];
    for (let round = 0; round < 2000; round++) {
      const words = Array.from({ length: next(5) }, () =>
        Array.from({ length: next(8) }, () => CHARACTERS[next(CHARACTERS.length)]).join(''),
      );
      expect(split(joinWords(words))).toEqual(words);
    }
  });
});

test('words that need no quotes get none', () => {
  expect(joinWords(['--port', '8000', '/srv/shop/orders.py', 'a=b,c'])).toBe('--port 8000 /srv/shop/orders.py a=b,c');
  expect(joinWords(['a b', "it's"])).toBe(`'a b' 'it'\\''s'`);
});
