import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Interpreters } from '../../main/engines/pdb/interpreters';
import { planLaunch } from '../../main/engines/pdb/launchPlan';
import { pythonProcesses } from '../../main/engines/pdb/pythonProcesses';
import { LocalTransport } from '../../main/transports/local/localTransport';
import { launchConfig } from '../../preload/protocol/launch';
import type { LaunchConfig } from '../../preload/protocol/launch';
import { folderWith } from '../helpers/folder';

const SYSTEM = '/usr/bin/python3';
/** An empty zip archive, and one whose directory names a `__main__.py`. */
const ZIP = `PK\x03\x04${'\0'.repeat(40)}`;

let transport: LocalTransport;
let folder: Awaited<ReturnType<typeof folderWith>>;
beforeEach(async () => {
  transport = new LocalTransport();
  folder = await folderWith({
    'main.py': 'import os\n',
    'app/__main__.py': 'print(1)\n',
    'shop/__init__.py': '',
    'shop/worker.py': 'x = 1\n',
    'shop/orders/__init__.py': '',
    'shop/tools/__main__.py': '',
    'jobs/nightly.py': 'x = 1\n',
    'app.pyz': `#!/usr/bin/env python3\n${ZIP}__main__.py`,
    'data.zip': ZIP,
    'tests/test_total.py': 'def test_total(): pass\n',
    'empty/': '',
  });
});
afterEach(async () => {
  await transport.close();
  await folder.remove();
});

/** The plan for a form with this in it. */
const plan = (part: Partial<LaunchConfig>) => {
  const pythons = new Interpreters({ transport, home: '/no/such/home', env: { PATH: '/usr/bin' } });
  const config = {
    program: '',
    args: [],
    folder: folder.path,
    env: {},
    interpreter: SYSTEM,
    stopOnEntry: true,
    programTerminal: 'own',
    ...part,
  };
  return planLaunch(launchConfig.parse(config), pythons, '/probe.py');
};
const says = async (part: Partial<LaunchConfig>) => {
  const { problems, programNote } = await plan(part);
  return problems.map((p) => `${p.field} ${p.severity}: ${p.message}`).join('\n') || programNote;
};

describe('a script', () => {
  test.each([
    ['main.py', /^Python script, 10 bytes\.$/],
    ['app', /^Folder that Python runs by its __main__\.py/],
    ['app.pyz', /^Zip application/],
    ['data.zip', /^program error: .*zip archive without a __main__\.py/],
    ['empty', /^program error: .* is a folder\. Choose a script in it, or a folder with a __main__\.py/],
    ['gone.py', /^program error: There is no file/],
  ])('%s', async (name, sentence) => {
    expect(await says({ program: join(folder.path, name) })).toMatch(sentence);
  });
});

describe('a module', () => {
  test.each([
    ['shop.worker', /^Module in .*shop\/worker\.py\.$/],
    ['shop.tools', /^Package, run by .*__main__\.py\.$/],
    ['jobs.nightly', /^Module in .*jobs\/nightly\.py\.$/],
    ['http.server', /^A module of system 3\./],
    ['', /^program error: Give the module.s name, as after python -m/],
    ['shop', /^program error: shop is a package without a __main__\.py.*There is shop\.orders, shop\.tools, shop\.worker\./],
    ['shop.orders', /^program error: shop\.orders is a package without a __main__\.py/],
    ['shop.gone', /^program error: There is no module gone in .*\/shop\. There is orders, tools, worker\./],
    ['no_such_module', /^program error: There is no module no_such_module in .*, nor in Python 3\.\d+\.\d+\./],
    ['shop/worker.py', /^program error: Give the module.s name as after python -m, without \.py and slashes/],
    ['shop..worker', /^program error: shop\.\.worker cannot be a module's name/],
  ])('%s', async (program, sentence) => {
    expect((await says({ kind: 'module', program })).replaceAll('’', "'")).toMatch(sentence);
  });

  test('is started with the words that the bridge takes', async () => {
    const { command, steps } = await plan({ kind: 'module', program: 'shop.worker', args: ['--once', 'a b'] });
    expect(command).toBe(`${SYSTEM} /probe.py --casebook … shop.worker --once 'a b'`);
    expect(steps.map((s) => s.title)).toEqual(['pdb starts shop.worker as python -m does', 'It stops at the first line of shop.worker']);
  });
});

describe('tests', () => {
  test.each([
    ['', /^All tests that pytest finds in the folder\.$/],
    ['tests/test_total.py::test_total', /^test_total\.py::test_total$/],
    ["'tests/test_total.py::test_sum[a b]' tests", /^2 chosen\.$/],
    ['tests/test_gone.py::test_x', /^program error: There is no file tests\/test_gone\.py in /],
    ['tests::test_x', /^program error: tests is a folder/],
    ['-k total', /^program error: -k is an option of pytest\. Put it into Arguments/],
    ["'tests", /^program error: A single quote is not closed/],
  ])('%s', async (program, sentence) => {
    expect(await says({ kind: 'pytest', program })).toMatch(sentence);
  });
});

describe('a running process', () => {
  test('that is no Python, has ended, or cannot be entered, is refused with the reason', async () => {
    const python = spawn(SYSTEM, ['-c', 'input()'], { stdio: ['pipe', 'ignore', 'ignore'] });
    try {
      await new Promise((ready) => python.once('spawn', ready));
      expect(await says({ kind: 'process', program: '' })).toMatch(/^program error: Choose a process of the list, or give its pid/);
      expect(await says({ kind: 'process', program: '12x' })).toMatch(/^program error: 12x is no pid/);
      expect(await says({ kind: 'process', program: '4194305' })).toMatch(/^program error: There is no process 4194305/);
      expect(await says({ kind: 'process', program: String(process.pid) })).toMatch(/^program error: Process \d+ is no Python: it is node/);
      expect(await says({ kind: 'process', program: String(python.pid) })).toMatch(
        /^program error: Python 3\.\d+: pdb attaches from 3\.14 on; use gdb\./,
      );
      const { processes } = await pythonProcesses(transport.files);
      expect(processes.find((p) => p.pid === python.pid)).toMatchObject({
        version: expect.stringMatching(/^3\.\d+$/),
        command: `${SYSTEM} -c 'input()'`,
        folder: process.cwd(),
      });
      expect(processes.map((p) => p.pid)).not.toContain(process.pid);
    } finally {
      python.kill('SIGKILL');
    }
  });
});

test('a program that is started elsewhere needs no more than a folder and a Python', async () => {
  const { problems, steps, command } = await plan({ kind: 'waiting' });
  expect(problems).toEqual([]);
  expect(command).toBe('');
  expect(steps[0]?.title).toBe('Casebook waits for a program');
});
