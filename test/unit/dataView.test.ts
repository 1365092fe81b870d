import { describe, expect, test } from 'vitest';
import { expressionOf } from '../../renderer/views/Data/expression';
import type { Named } from '../../renderer/views/Data/expression';
import { moved, selectionOf } from '../../renderer/views/Data/gridCursor';
import { gridText } from '../../renderer/views/Data/gridText';
import { bytesOf, hexLine } from '../../renderer/views/Data/hexLine';

const row = (key: string, children: readonly Named[] = [], kind: Named['kind'] = 'variable'): Named => ({
  key,
  kind,
  name: key.split('/').at(-1) ?? '',
  type: '',
  children,
});

describe('the expression of a row', () => {
  const tree = [
    row(
      'Locals',
      [
        row('Locals/orders', [row('Locals/orders#0+100', [row('Locals/orders/2', [row('Locals/orders/2/matrix')])], 'range')]),
        row('Locals/prices', [row("Locals/prices/'unit price'"), row('Locals/prices/None'), row('Locals/prices/7')]),
        row('Locals/(return)', [row('Locals/(return)/total')]),
      ],
      'scope',
    ),
  ];
  test.each([
    ['Locals/orders', 'orders'],
    ['Locals/orders/2/matrix', 'orders[2].matrix'],
    ["Locals/prices/'unit price'", "prices['unit price']"],
    ['Locals/prices/None', 'prices[None]'],
    ['Locals/prices/7', 'prices[7]'],
  ])('%s is %s', (key, expression) => {
    expect(expressionOf(tree, key)).toBe(expression);
  });

  test.each(['Locals', 'Locals/orders#0+100', 'Locals/(return)/total', 'Globals/gone'])('%s has none', (key) => {
    expect(expressionOf(tree, key)).toBeUndefined();
  });
});

describe('copied cells', () => {
  const cells = {
    columnNames: ['name', 'size, "m"'],
    rowNames: ['0', '1'],
    cells: [
      ['a\tb', '9007199254740993'],
      ['say "no"', 'NaN'],
    ],
  };
  test('text has tabs between cells, and none within', () => {
    expect(gridText(cells, 'text')).toBe('a b\t9007199254740993\nsay "no"\tNaN');
  });

  test('CSV quotes what a reader would take apart', () => {
    expect(gridText(cells, 'csv')).toBe(',name,"size, ""m"""\r\n0,a\tb,9007199254740993\r\n1,"say ""no""",NaN');
  });

  test('JSON keeps every digit, and knows no NaN', () => {
    const text = gridText(cells, 'json');
    expect(text).toContain('9007199254740993}');
    expect(JSON.parse(text)[1]).toEqual({ name: 'say "no"', 'size, "m"': null });
  });
});

describe('the cursor in a grid', () => {
  const extent = { rows: 100, columns: 5, page: 10 };
  const at = (line: number, column: number) => ({ at: { row: line, column }, from: { row: line, column } });
  const press = (key: string, marks: { ctrlKey?: boolean; shiftKey?: boolean } = {}) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    ...marks,
  });

  test.each([
    ['ArrowDown', {}, [4, 2]],
    ['ArrowUp', {}, [2, 2]],
    ['PageDown', {}, [13, 2]],
    ['PageUp', {}, [0, 2]],
    ['Home', {}, [3, 0]],
    ['End', {}, [3, 4]],
    ['End', { ctrlKey: true }, [99, 4]],
    ['ArrowDown', { ctrlKey: true }, [99, 2]],
  ] as const)('%s %o', (key, marks, [line, column]) => {
    expect(moved(at(3, 2), press(key, marks), extent)).toEqual(at(line, column));
  });

  test('goes up into the header and no further', () => {
    const header = moved(at(0, 1), press('ArrowUp'), extent);
    expect(header).toEqual(at(-1, 1));
    expect(moved(at(-1, 1), press('ArrowUp'), extent)).toEqual(header);
  });

  test('Shift selects from where it was, Ctrl+A everything', () => {
    const down = moved(at(3, 2), press('ArrowDown', { shiftKey: true }), extent);
    expect(down && selectionOf(down)).toEqual({ top: 3, bottom: 4, left: 2, right: 2 });
    const all = moved(at(3, 2), press('a', { ctrlKey: true }), extent);
    expect(all && selectionOf(all)).toEqual({ top: 0, bottom: 99, left: 0, right: 4 });
  });

  test('stays for any other key', () => {
    expect(moved(at(3, 2), press('x'), extent)).toBeUndefined();
  });
});

test('a row of bytes: offset, two halves, and text without what cannot be seen', () => {
  expect(hexLine(bytesOf(btoa('Casebook\x00\xff!')), 0x1f0, 8)).toEqual({
    offset: '000001f0',
    hex: '43 61 73 65 62 6f 6f 6b  00 ff 21',
    text: 'Casebook..!',
  });
});
