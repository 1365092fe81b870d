import { describe, expect, test } from 'vitest';
import type { ExceptionFrame, ExceptionNode } from '../../preload/protocol/queries/exceptions';
import { exceptionRows, markedText } from '../../renderer/views/Exception/exceptionTree';
import type { ExceptionRow } from '../../renderer/views/Exception/exceptionTree';
import { tracebackText } from '../../renderer/views/Exception/tracebackText';

/** Frames from `main:1 fact:4*3`, numbered from `first` on. */
const frames = (text: string, first = 0): readonly ExceptionFrame[] =>
  text
    .split(' ')
    .flatMap((part) => {
      const [, name = '', line = '', times = '1'] = /^(\w+):(\d+)(?:\*(\d+))?$/.exec(part) ?? [];
      return Array.from({ length: Number(times) }, () => ({ name, line: Number(line) }));
    })
    .map(({ name, line }, i) => ({ id: first + i, name, line, path: '/app/math.py', subtle: false, text: `    return ${name}(n)` }));

const exception = (change: Partial<ExceptionNode>): ExceptionNode => {
  const known = change.frames ?? [];
  const omitted = change.omitted ?? 0;
  return {
    parent: -1,
    relation: 'raised',
    member: 0,
    members: 0,
    typeName: 'ValueError',
    message: 'bad',
    notes: [],
    frames: [...known],
    frameCount: known.length + omitted,
    omitted,
    omittedAt: known.length,
    recurs: false,
    ...change,
  };
};

const shown = (row: ExceptionRow): string => {
  switch (row.kind) {
    case 'exception':
      return `${row.words} ${row.node.typeName}`.trim();
    case 'frame':
      return `${row.frame.name}:${row.frame.line}`;
    case 'place':
      return `line ${row.place.line}`;
    default:
      return row.text;
  }
};
const below = (node: ExceptionNode): readonly string[] => {
  const [row] = exceptionRows([node], () => []);
  return row?.kind === 'exception' ? row.children.map(shown) : [];
};

describe('frames', () => {
  test('a recursion is one row that says how often', () => {
    expect(below(exception({ frames: [...frames('main:1 fact:4*40 fact:2')] }))).toEqual(['main:1', 'fact:4, 40 times', 'fact:2']);
  });
  test('two functions that call each other are one row as well', () => {
    const turns = Array.from({ length: 5 }, () => 'even:3 odd:7').join(' ');
    expect(below(exception({ frames: [...frames(`main:1 ${turns} even:2`)] }))).toEqual(['main:1', 'even:3, odd:7, 5 times', 'even:2']);
  });
  test('twice the same line is no recursion', () => {
    expect(below(exception({ frames: [...frames('main:1 fact:4*2 fact:2')] }))).toEqual(['main:1', 'fact:4', 'fact:4', 'fact:2']);
  });
  test('what is left out of a recursion counts with it', () => {
    const long = { frames: [...frames('main:1 fact:4*9'), ...frames('fact:4*5 fact:2', 910)], omitted: 900, omittedAt: 10, recurs: true };
    expect(below(exception(long))).toEqual(['main:1', 'fact:4, 914 times', 'fact:2']);
  });
  test('what is left out of something else stands between the frames', () => {
    const long = { frames: [...frames('main:1 read:4'), ...frames('parse:5 fail:2', 910)], omitted: 908, omittedAt: 2 };
    expect(below(exception(long))).toEqual(['main:1', 'read:4', '908 frames left out', 'parse:5', 'fail:2']);
  });
});

describe('words', () => {
  const words = (...nodes: readonly Partial<ExceptionNode>[]) => {
    const all = (rows: readonly ExceptionRow[]): readonly string[] =>
      rows.flatMap((row) => (row.kind === 'exception' ? [shown(row), ...all(row.children)] : []));
    return all(exceptionRows(nodes.map(exception), () => []));
  };
  test('a hidden context says what hides it', () => {
    const context = { parent: 0, relation: 'suppressed-context', typeName: 'KeyError' } as const;
    expect(words({}, context)).toEqual(['ValueError', 'while handling, hidden by `from None` KeyError']);
    expect(words({}, { parent: 0, relation: 'cause', typeName: 'OSError' }, context)).toEqual([
      'ValueError',
      'caused by OSError',
      'while handling, hidden by `from` KeyError',
    ]);
  });
  test('members that were not told are counted', () => {
    const [row] = exceptionRows([exception({ members: 52 }), exception({ parent: 0, relation: 'member', member: 1 })], () => []);
    expect(row?.kind === 'exception' && row.children.map(shown)).toEqual(['member 1 of 52 ValueError', '51 more members']);
  });
});

test('the failing part of a line is marked by characters, not by units of text', () => {
  const [frame] = frames('main:3');
  if (!frame) throw new Error('no frame');
  expect(markedText({ ...frame, text: "  say('🐍')[9]", range: { column: 2, endLine: 3, endColumn: 13 } })).toEqual([
    '',
    "say('🐍')[9]",
    '',
  ]);
  expect(markedText({ ...frame, text: '  a = (b', range: { column: 6, endLine: 4, endColumn: 3 } })).toEqual(['a = ', '(b', '']);
  expect(markedText({ ...frame, text: '  a = b' })).toEqual(['a = b', '', '']);
});

test('the copied text reads as a traceback does: causes first, then what they led to', () => {
  const [frame] = frames('main:3');
  if (!frame) throw new Error('no frame');
  const marked = { ...frame, range: { column: 11, endLine: 3, endColumn: 18 } };
  const nodes = [
    exception({ frames: [marked], notes: ['Ask Ada.'] }),
    exception({ parent: 0, relation: 'cause', typeName: 'KeyError', message: "'k'", frames: [frame] }),
  ];
  expect(tracebackText(nodes).split('\n')).toEqual([
    'Traceback (most recent call last):',
    '  File "/app/math.py", line 3, in main',
    '    return main(n)',
    "KeyError: 'k'",
    '',
    'The above exception was the direct cause of the following exception:',
    '',
    'Traceback (most recent call last):',
    '  File "/app/math.py", line 3, in main',
    '    return main(n)',
    '           ^^^^^^^',
    'ValueError: bad',
    'Ask Ada.',
  ]);
});
