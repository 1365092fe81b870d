import { expect, test } from 'vitest';
import { groupThreads } from '../../renderer/views/Threads/groupThreads';
import type { ThreadRow } from '../../renderer/views/Threads/groupThreads';

const LIBRARY = '/usr/lib/python3.11/';

/** `name state file:line<file:line…`, innermost first; `~` before a file is the standard library, `^` the debugger. */
function threads(...lines: string[]): ThreadRow[] {
  return lines.map((line, id) => {
    const [name = '', state = '', stack = ''] = line.split(' ');
    const frames = stack.split('<').map((place, at) => {
      const [file = '', number] = place.replace(/^[~^]/, '').split(':');
      const path = place.startsWith('~') ? `${LIBRARY}${file}` : `/app/${file}`;
      return { id: at, name: file, path, line: Number(number), subtle: place.startsWith('^') };
    });
    return { id, name, nativeId: 0, daemon: false, state: state as ThreadRow['state'], frames, frameCount: frames.length };
  });
}

const shown = (...lines: string[]) =>
  groupThreads(threads(...lines)).map(({ threads: alike, at }) => `${alike.map((t) => t.name).join('+')} ${at?.path}:${at?.line}`);

test('threads with equal stacks are one row, at the person’s own innermost line', () => {
  expect(
    shown('Main stopped a.py:4', 'w1 runs ~queue.py:171<b.py:9', 'w2 runs ~queue.py:171<b.py:9', 'w3 runs ~queue.py:171<b.py:10'),
  ).toEqual(['Main /app/a.py:4', 'w1+w2 /app/b.py:9', 'w3 /app/b.py:10']);
});

test('the stopped thread is first, then those that wait for its prompt, then the largest groups', () => {
  expect(shown('r1 runs c.py:1', 'r2 runs d.py:1', 'r3 runs d.py:1', 'w waits-for-prompt b.py:2', 's stopped a.py:3')).toEqual([
    's /app/a.py:3',
    'w /app/b.py:2',
    'r2+r3 /app/d.py:1',
    'r1 /app/c.py:1',
  ]);
});

test('equal places in another state are not folded', () => {
  expect(shown('s stopped a.py:3', 'r runs a.py:3')).toHaveLength(2);
});

test('without a line of the person’s own the innermost that is not the debugger’s is shown', () => {
  expect(shown('t runs ^bdb.py:1<~threading.py:5<~queue.py:6')).toEqual([`t ${LIBRARY}threading.py:5`]);
  expect(groupThreads([{ id: 1, name: 't', nativeId: 0, daemon: false, state: 'runs', frames: [], frameCount: 0 }])[0]?.at).toBeUndefined();
});
