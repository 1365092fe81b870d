import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { collectTests, listedTests } from '../../main/engines/pdb/collectTests';
import { LocalTransport } from '../../main/transports/local/localTransport';
import { timedOut } from '../../main/failures';
import { environmentOf } from '../../main/hosts/folders';
import { splitWords, joinWords } from '../../preload/protocol/words';
import { ALL_PYTHONS } from '../helpers/bridgeSession';
import { folderWith } from '../helpers/folder';
import { hasModule } from '../helpers/hasModule';
import { within } from '../helpers/within';

const SUITE = {
  'pytest.ini': '[pytest]\naddopts = -v\n',
  'tests/test_total.py': [
    'import pytest',
    'class TestTotal:',
    '    def test_empty(self): pass',
    "@pytest.mark.parametrize('line', ['a b', \"it's::x\", 'ü'])",
    'def test_line(line): pass',
  ].join('\n'),
  'tests/broken/test_broken.py': 'import no_such_module\n',
  'tests/deep/test_deep.py': 'def test_deep(): pass\n',
};
const WITH_PYTEST = ALL_PYTHONS.filter(({ path }) => hasModule(path, 'pytest'));

let transport: LocalTransport;
let folder: Awaited<ReturnType<typeof folderWith>>;
beforeEach(async () => {
  transport = new LocalTransport();
  folder = await folderWith(SUITE);
});
afterEach(async () => {
  await transport.close();
  await folder.remove();
});

const collect = (interpreter: string, part: { folder?: string; args?: string[] } = {}, signal = new AbortController().signal) =>
  collectTests({ folder: folder.path, args: [], env: environmentOf(process.env), interpreter, ...part }, transport, signal);

describe.each(WITH_PYTEST)('with the pytest of Python $version', ({ path }) => {
  test('tests are collected as node ids that pytest takes, beside what could not be collected', async () => {
    const { tests, trouble, output } = await collect(path);
    expect(tests).toContain('tests/test_total.py::TestTotal::test_empty');
    expect(tests).toContain('tests/test_total.py::test_line[a b]');
    expect(tests).toContain("tests/test_total.py::test_line[it's::x]");
    expect(splitWords(joinWords(tests))).toEqual({ words: tests });
    expect(trouble).toMatch(/^Some tests could not be collected/);
    expect(output).toMatch(/No module named 'no_such_module'/);
    expect(output).not.toMatch(/test_empty/);
    expect(existsSync(join(folder.path, 'tests', '__pycache__'))).toBe(false);
  });

  test('below the root folder, ids are those of the folder it is started in', async () => {
    const { tests, trouble } = await collect(path, { folder: join(folder.path, 'tests', 'deep'), args: ['-v', '-k', 'deep'] });
    expect(tests).toEqual(['test_deep.py::test_deep']);
    expect(trouble).toBe('');
  });

  test('none is said, and so is an option that pytest does not know', async () => {
    expect(await collect(path, { args: ['-k', 'nothing_is_called_so', 'tests/deep'] })).toMatchObject({
      tests: [],
      trouble: expect.stringMatching(/^pytest finds no tests in /),
    });
    const { trouble, output } = await collect(path, { args: ['--no-such-option'] });
    expect(trouble).toMatch(/What pytest says is below/);
    expect(output).toMatch(/unrecognized arguments: --no-such-option/);
  });
});

test.runIf(WITH_PYTEST[0])('a collection that does not come to an end can be cancelled', async () => {
  const hanging = await folderWith({ 'test_hangs.py': "open('started', 'w').close()\nwhile True: pass\n" });
  try {
    const controller = new AbortController();
    const runs = new Promise((started) => watch(hanging.path, (_, name) => name === 'started' && started(name)));
    const collected = collect(WITH_PYTEST[0]?.path ?? '', { folder: hanging.path }, controller.signal);
    await within(10_000, 'import of the test', runs);
    controller.abort();
    expect(await within(5000, 'end of the collection', collected)).toEqual({ tests: [], trouble: 'Cancelled.', output: '' });
  } finally {
    await hanging.remove();
  }
});

test('a Python without pytest is named, with what installs it', async () => {
  const bare = ALL_PYTHONS.find(({ path }) => !hasModule(path, 'pytest'));
  expect(bare).toBeDefined();
  const { trouble } = await collect(bare?.path ?? '');
  expect(trouble).toBe(`This Python has no pytest. Install it with ${bare?.path} -m pip install pytest, or choose another.`);
});

test('a collection that takes too long is ended with what helps', async () => {
  const slow: LocalTransport = Object.assign(Object.create(transport), { exec: () => Promise.reject(timedOut('python3', 60_000)) });
  const collected = await collectTests(
    { folder: folder.path, args: [], env: {}, interpreter: '/python3' },
    slow,
    new AbortController().signal,
  );
  expect(collected).toMatchObject({ tests: [], trouble: expect.stringMatching(/not collected within 60 s.*name a file or folder/) });
});

test('a list ends where pytest sums up, and what is no node id is left out', () => {
  expect(listedTests('a.py::x\n\nsome plugin: says this\nb.py::y[1 2]\n\nERROR c.py::z\n')).toEqual(['a.py::x', 'b.py::y[1 2]']);
  expect(listedTests('a.py::x\n\n1 test collected in 0.01s\nb.py::y')).toEqual(['a.py::x']);
  expect(listedTests('')).toEqual([]);
});
