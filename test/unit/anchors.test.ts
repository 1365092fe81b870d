import { expect, test } from 'vitest';
import { anchored } from '../../main/anchors';
import { breakpoint } from '../helpers/breakpoints';

const OLD = ['def add_up(orders):', '    total = 0', '    for order in orders:', '        total += order.total', '    return total'];
const on = (line: number) => breakpoint('/a.py', line, { text: (OLD[line - 1] ?? '').trim() });
const text = (...lines: readonly string[]) => lines.join('\n');

test('a file that was not edited moves nothing: the very same list', () => {
  const list = [on(2), on(4)];
  expect(anchored(list, text(...OLD))).toBe(list);
});

test('the line is remembered when a breakpoint is new', () => {
  expect(anchored([breakpoint('/a.py', 4)], text(...OLD))).toEqual([on(4)]);
});

test('lines put in above move it down, lines taken out move it up, and an indent is no edit', () => {
  expect(anchored([on(4)], text('import os', '', ...OLD))).toEqual([{ ...on(4), line: 6 }]);
  expect(anchored([on(4)], text(...OLD.slice(2)))).toEqual([{ ...on(4), line: 2 }]);
  expect(anchored([on(4)], text('if True:', ...OLD.map((line) => `  ${line}`)))).toEqual([{ ...on(4), line: 5 }]);
});

test('a text that is there twice takes the nearest, and says so', () => {
  const [moved] = anchored([on(2)], text('# a new first line', ...OLD, '', 'def again():', '    total = 0'));
  expect(moved).toMatchObject({ line: 3, doubt: 'Moved from line 2 with the edited file; its text is on 2 lines.' });
});

test('a line that is gone leaves the breakpoint where it is, in doubt, and the doubt goes when the line is back', () => {
  const edited = OLD.map((line, i) => (i === 3 ? '        total += order.price' : line));
  const [doubtful] = anchored([on(4)], text(...edited));
  expect(doubtful).toMatchObject({ line: 4, doubt: 'The line was edited since. It was: total += order.total' });
  expect(anchored(doubtful ? [doubtful] : [], text(...OLD))).toEqual([on(4)]);
});

test('two that come to stand on one line are one', () => {
  const twice = [on(4), breakpoint('/a.py', 1, { text: 'total += order.total' })];
  expect(anchored(twice, text('', ...OLD))).toHaveLength(1);
});
