import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BreakpointLists } from '../../main/breakpointLists';
import { LocalTransport } from '../../main/transports/local/localTransport';
import type { BridgeEvent } from '../../preload/protocol/bridge';
import { breakpoint } from '../helpers/breakpoints';

let folder = '';
let program = '';
let told: BridgeEvent[] = [];
let changed: string[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebook-lists-'));
  program = join(folder, 'till.py');
  await writeFile(program, 'total = 0\nfor price in prices:\n    total += price\n');
  told = [];
  changed = [];
});
afterEach(() => rm(folder, { recursive: true }));

const open = () =>
  BreakpointLists.open(folder, {
    files: new LocalTransport().files,
    tell: (event) => void told.push(event),
    changed: async (kind, by) => void changed.push(`${kind} by ${by ?? 'a click'}`),
  });
const kept = async () => JSON.parse(await readFile(join(folder, 'breakpoints.json'), 'utf8'));

test('what nobody waited for is on disk once the lists have settled, with the text of its line', async () => {
  const lists = await open();
  void lists.setSource([breakpoint(program, 3)], 'B');
  void lists.setFunctions([{ name: 'total', condition: '', hitCondition: '', logMessage: '', enabled: true }]);
  await lists.settled();
  expect(await kept()).toMatchObject([{ line: 3, text: 'total += price' }]);
  expect(changed).toEqual(['source by B', 'functions by a click']);
  const again = await open();
  expect(again.value).toMatchObject({ source: [{ line: 3 }], functions: [{ name: 'total' }], exceptions: { uncaught: true } });
});

test('a breakpoint follows its line through an edit, and windows and sessions hear of it', async () => {
  const lists = await open();
  await lists.setSource([breakpoint(program, 3)]);
  await writeFile(program, 'import prices\n\ntotal = 0\nfor price in prices:\n    total += price\n');
  told = [];
  await lists.followEdits();
  expect(lists.value.source).toMatchObject([{ line: 5, text: 'total += price', doubt: '' }]);
  expect(told).toMatchObject([{ type: 'breakpoints', breakpoints: [{ line: 5 }] }]);
  expect(changed).toEqual(['source by a click', 'source by a click']);
});

test('a file that is gone, or is none, leaves its breakpoints as they are', async () => {
  const lists = await open();
  await lists.setSource([breakpoint('<ipython-input-1>', 2), breakpoint(join(folder, 'gone.py'), 4)]);
  await lists.followEdits();
  expect(lists.value.source).toMatchObject([
    { line: 2, text: '', doubt: '' },
    { line: 4, text: '', doubt: '' },
  ]);
});

test('lists that an older Casebook kept are read with what they lack', async () => {
  await writeFile(join(folder, 'breakpoints.json'), JSON.stringify([{ path: program, line: 3, condition: '', enabled: false }]));
  expect((await open()).value.source).toEqual([breakpoint(program, 3, { enabled: false })]);
});
