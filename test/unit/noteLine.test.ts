import { Terminal } from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { noteLine } from '../../renderer/widgets/noteLine';

const SIZE = { cols: 20, rows: 6 };

/** A small terminal, read as a person reads it: its rows, and the cursor as `row:column`. */
function terminal() {
  const made = new Terminal({ allowProposedApi: true, ...SIZE, scrollback: 100 });
  const print = (text: string) => new Promise<void>((drawn) => made.write(text, drawn));
  const row = (at: number) => made.buffer.active.getLine(at);
  return {
    made,
    print,
    rows: () =>
      Array.from({ length: made.buffer.active.length }, (_, at) => row(at)?.translateToString(true) ?? '')
        .join('\n')
        .trimEnd(),
    cursor: () => `${made.buffer.active.baseY + made.buffer.active.cursorY}:${made.buffer.active.cursorX}`,
    /** As the window does it: where the cursor is, and how many rows of its line are above and below it. */
    async note(text: string) {
      const { active } = made.buffer;
      const at = active.baseY + active.cursorY;
      let [wrapped, below] = [0, 0];
      while (row(at - wrapped)?.isWrapped) wrapped++;
      while (row(at + below + 1)?.isWrapped) below++;
      await print(noteLine(text, { column: active.cursorX, wrapped, below, columns: made.cols }));
    },
  };
}

/** A terminal after some text was printed and a note was shown. */
async function after(text: string, note = 'next') {
  const t = terminal();
  await t.print(text);
  await t.note(note);
  return t;
}

describe('a note stands above the line that is being edited', () => {
  test.each([
    ['a bare prompt', '(Pdb) ', 'next\n(Pdb)', '1:6'],
    ['a half-typed line', 'one\r\n(Pdb) p tot', 'one\nnext\n(Pdb) p tot', '2:11'],
    ['with the cursor moved back in it', '(Pdb) p total\x1b[5D', 'next\n(Pdb) p total', '1:8'],
    ['a line of two rows', `(Pdb) ${'x'.repeat(20)}`, `next\n(Pdb) ${'x'.repeat(14)}\nxxxxxx`, '2:6'],
    ['a line of three rows', `(Pdb) ${'x'.repeat(40)}`, `next\n(Pdb) ${'x'.repeat(14)}\n${'x'.repeat(20)}\nxxxxxx`, '3:6'],
    [
      'a line of two rows, with the cursor in the first',
      `(Pdb) ${'x'.repeat(20)}\x1b[A\x1b[3C`,
      `next\n(Pdb) ${'x'.repeat(14)}\nxxxxxx`,
      '1:9',
    ],
    ['at the bottom row', `${'o\r\n'.repeat(5)}(Pdb) p`, 'o\no\no\no\no\nnext\n(Pdb) p', '6:7'],
    [
      'a line of two rows at the bottom',
      `${'o\r\n'.repeat(4)}(Pdb) ${'x'.repeat(20)}`,
      `o\no\no\no\nnext\n(Pdb) ${'x'.repeat(14)}\nxxxxxx`,
      '6:6',
    ],
    [
      'a line of two rows at the bottom, with the cursor in the first',
      `${'o\r\n'.repeat(4)}(Pdb) ${'x'.repeat(20)}\x1b[A`,
      `o\no\no\no\nnext\n(Pdb) ${'x'.repeat(14)}\nxxxxxx`,
      '5:6',
    ],
    [
      'a line of three rows at the bottom, with the cursor in the first',
      `${'o\r\n'.repeat(3)}(Pdb) ${'x'.repeat(40)}\x1b[2A`,
      `o\no\no\nnext\n(Pdb) ${'x'.repeat(14)}\n${'x'.repeat(20)}\nxxxxxx`,
      '4:6',
    ],
  ])('%s', async (_, text, ...shown) => {
    const t = await after(text);
    expect([t.rows(), t.cursor()]).toEqual(shown);
  });

  test('and what is typed on goes where it belongs', async () => {
    const t = await after('(Pdb) p tot');
    await t.print('al\r\n42\r\n(Pdb) ');
    expect(t.rows()).toBe('next\n(Pdb) p total\n42\n(Pdb)');
  });

  test('in the order in which notes came', async () => {
    const t = await after('(Pdb) p', 'first');
    await t.note('second');
    expect(t.rows()).toBe('first\nsecond\n(Pdb) p');
  });
});

describe('a note on an empty line takes that line', () => {
  test.each([
    ['on an empty screen', '', 'next', '1:0'],
    ['behind finished output', 'one\r\n', 'one\nnext', '2:0'],
    ['at the bottom row', 'o\r\n'.repeat(6), 'o\no\no\no\no\no\nnext', '7:0'],
  ])('%s', async (_, text, ...shown) => {
    const t = await after(text);
    expect([t.rows(), t.cursor()]).toEqual(shown);
  });
});

test('a line that fills its row to the last column stays whole, and goes on below the note', async () => {
  const t = await after('x'.repeat(20));
  await t.print('rest');
  expect(t.rows()).toBe(`${'x'.repeat(20)}\nnext\nrest`);
});

describe('a note never takes more than its row', () => {
  test.each([
    ['a long one', 'x'.repeat(200)],
    ['one of wide characters', '变量'.repeat(50)],
    ['one of characters beyond the 16-bit ones', '🐍'.repeat(50)],
    ['one of combining characters', 'e\u0301'.repeat(50)],
  ])('%s', async (_, note) => {
    const t = await after('one\r\n(Pdb) p', note);
    const [first, shown, prompt, ...more] = t.rows().split('\n');
    expect([first, prompt, more, t.cursor()]).toEqual(['one', '(Pdb) p', [], '2:7']);
    expect(shown).not.toBe('');
    expect(shown).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    const alone = await after('', note);
    expect([alone.rows().split('\n').length, alone.cursor()]).toEqual([1, '1:0']);
  });
});

test('a note is dim and slanted, and what follows is drawn as what came before', async () => {
  for (const text of ['\x1b[1;31m(Pdb) p', '\x1b[1;31m']) {
    const t = await after(text);
    await t.print('x');
    const line = (at: number) => t.made.buffer.active.getLine(at);
    const [note, own] = [line(0)?.getCell(0), line(1)?.getCell(text.endsWith('p') ? 7 : 0)];
    expect([note?.isDim(), note?.isItalic(), note?.isBold()].map(Boolean)).toEqual([true, true, false]);
    expect([own?.getChars(), Boolean(own?.isBold()), own?.getFgColor(), Boolean(own?.isDim())]).toEqual(['x', true, 1, false]);
  }
});

test('lines still wrap afterwards', async () => {
  const t = await after('(Pdb) ');
  await t.print('y'.repeat(20));
  expect(t.rows()).toBe(`next\n(Pdb) ${'y'.repeat(14)}\nyyyyyy`);
});

test('wherever the cursor is, the edited line and its cursor are as they were', async () => {
  for (let above = 0; above <= 7; above++) {
    for (let length = 0; length <= 60; length += 5) {
      for (const up of [0, 1, 2]) {
        const t = terminal();
        await t.print(
          'o\r\n'.repeat(above) +
            'x'.repeat(length) +
            (length % 20 === 0 && length ? ' \r' : '') +
            (up && length > up * 20 ? `\x1b[${up}A` : ''),
        );
        const [before, cursor] = [t.rows(), t.cursor()];
        await t.note('next');
        const place = `${above} lines above, ${length} characters, cursor ${up} up`;
        const rows = t.rows().split('\n');
        expect(
          rows.filter((r) => r === 'next'),
          place,
        ).toHaveLength(1);
        expect(
          rows
            .filter((r) => r !== 'next')
            .join('\n')
            .trimEnd(),
          place,
        ).toBe(before);
        const [row, column] = t.cursor().split(':').map(Number);
        expect([Number(row) - 1, column], place).toEqual(cursor.split(':').map(Number));
      }
    }
  }
});
