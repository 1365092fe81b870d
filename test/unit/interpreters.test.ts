import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Interpreters } from '../../main/engines/pdb/interpreters';
import { LocalTransport } from '../../main/transports/local/localTransport';
import { folderWith } from '../helpers/folder';

/** Answers like a Python of this version, and leaves a mark each time that it is run. */
const posing = (version: string) => ['#!/bin/sh', 'echo ran >> "${0%/*}/ran"', `echo ${version}`, ''].join('\n');
const SYSTEM = '/usr/bin/python3';

let transport: LocalTransport;
let home: Awaited<ReturnType<typeof folderWith>>;
beforeEach(() => {
  transport = new LocalTransport();
});
afterEach(async () => {
  await transport.close();
  await home.remove();
});

const pythons = (env: Record<string, string> = {}) =>
  new Interpreters({ transport, home: home.path, env: { PATH: '/no/such/folder', ...env } });
const named = (found: readonly { kind: string; version: string }[]) => found.map(({ kind, version }) => `${kind} ${version}`);

describe('where Pythons are looked for', () => {
  test('conda, pyenv, uv and PATH each have theirs, in this order', async () => {
    home = await folderWith({
      'miniconda3/bin/python': posing('3.12.4'),
      'miniconda3/conda-meta/python-3.12.4-h99e199e_1.json': '{}',
      'miniconda3/envs/pricing/bin/python': posing('3.10.1'),
      'miniconda3/envs/pricing/conda-meta/history': '',
      'elsewhere/env/bin/python': posing('3.9.9'),
      'elsewhere/env/conda-meta/python-3.9.9-0.json': '{}',
      '.pyenv/versions/3.9.18/bin/python3': posing('3.9.18'),
      '.pyenv/versions/3.13.0/bin/python3': posing('3.13.0'),
      '.pyenv/versions/2.7.18/bin/python3': posing('2.7.18'),
      '.local/share/uv/python/cpython-3.14.0-linux-x86_64-gnu/bin/python3': posing('3.14.0'),
      'tools/bin/python3.11': posing('3.11.5'),
      'tools/bin/python': posing('2.7.18'),
      'tools/shims/bin/python3': posing('3.11.5'),
    });
    await mkdir(join(home.path, '.conda'));
    await writeFile(join(home.path, '.conda', 'environments.txt'), `${join(home.path, 'elsewhere/env')}\n/gone/env\n`);
    const found = await pythons({ PATH: `${home.path}/tools/bin:/no/such` }).find('');
    expect(named(found)).toEqual([
      'conda base 3.12.4',
      'conda pricing 3.10.1',
      'conda env 3.9.9',
      'pyenv 3.13.0',
      'pyenv 3.9.18',
      'uv 3.14.0',
      'PATH 3.11.5',
      'PATH 2.7.18',
    ]);
    expect(found.at(-1)?.trouble).toBe('Python 2.7.18 is too old: the bridge needs 3.8 or later.');
  });

  test("a folder's and its parents' environments come first, and nothing of them is run", async () => {
    const settings = `home = /usr/bin\nversion = 3.11.2\n`;
    home = await folderWith({
      'work/.venv/pyvenv.cfg': settings,
      'work/.venv/bin/python': posing('3.11.2'),
      'work/shop/test-env/pyvenv.cfg': settings,
      'work/shop/test-env/bin/python': posing('3.11.2'),
      'work/shop/bin/python3': posing('3.12.0'),
      'work/shop/env/notes.txt': 'no environment',
    });
    const shop = join(home.path, 'work', 'shop');
    const found = await pythons({ PATH: join(shop, 'bin') }).find(shop);
    expect(named(found)).toEqual(['venv test-env 3.11.2', 'venv .venv 3.11.2', 'PATH ']);
    expect(existsSync(join(shop, 'bin', 'ran'))).toBe(false);
    expect(existsSync(join(shop, 'test-env', 'bin', 'ran'))).toBe(false);
  });

  test('an environment whose base is gone is last, and says so', async () => {
    home = await folderWith({ 'shop/.venv-old/pyvenv.cfg': 'home = /gone/bin\nversion = 3.9.1\n', 'shop/.venv-old/bin/': '' });
    await symlink('/gone/bin/python3', join(home.path, 'shop/.venv-old/bin/python'));
    const found = await pythons({ PATH: '/usr/bin' }).find(join(home.path, 'shop'));
    expect(found.at(-1)).toMatchObject({
      kind: 'venv .venv-old',
      trouble: expect.stringMatching(/^Its base Python is gone\. Make it anew/),
    });
    expect(found[0]).toMatchObject({ kind: 'system', path: SYSTEM, trouble: '' });
  });

  test('one file under several names is one, and is asked once until it changes', async () => {
    home = await folderWith({ 'tools/bin/python3.12': posing('3.12.1') });
    const bin = join(home.path, 'tools', 'bin');
    await symlink('python3.12', join(bin, 'python3'));
    const finder = pythons({ PATH: bin });
    expect(named(await finder.find(''))).toEqual(['PATH 3.12.1']);
    await writeFile(join(bin, 'python3.12'), posing('3.12.9'));
    await utimes(join(bin, 'python3.12'), 1_000_000_000, 1_000_000_000);
    expect(named(await finder.find('/tmp'))).toEqual(['PATH 3.12.9']);
    expect(named(await finder.find(''))).toEqual(['PATH 3.12.9']);
    const runs = execFileSync('cat', [join(bin, 'ran')], { encoding: 'utf8' });
    expect(runs).toBe('ran\nran\n');
  });
});

describe('what an interpreter lacks', () => {
  test('of the standard library, as far as the bridge needs it, is told with its version', async () => {
    // The system's own, looking for modules in a folder of which parts were taken away.
    const script = [
      '#!/bin/sh',
      'shift 3',
      'code=$1',
      'shift',
      `exec ${SYSTEM} -I -S -c "import sys, importlib.machinery; sys.path[:] = ['$\{0%/*}/lib']`,
      '$code" "$@"',
      '',
    ];
    home = await folderWith({ 'tools/bin/python3': script.join('\n'), 'tools/bin/lib/pdb.py': '', 'tools/bin/lib/json/__init__.py': '' });
    const [stripped] = await pythons({ PATH: join(home.path, 'tools/bin') }).find('');
    expect(stripped).toMatchObject({ kind: 'PATH', trouble: '', version: expect.stringMatching(/^3\.\d+\.\d+$/) });
    expect(stripped?.lacks).toContain('readline');
    expect(stripped?.lacks).not.toContain('pdb');
    const [whole] = await pythons({ PATH: '/usr/bin' }).find('');
    expect(whole?.lacks).toEqual([]);
  });

  const SCRIPT = 'import json\nimport attr\nimport no_such_thing\nimport orders\nfrom numpy import x\n';

  test('is told by names, without those of the folder, and nothing of the folder is run', async () => {
    home = await folderWith({
      'shop/main.py': SCRIPT,
      'shop/orders.py': 'open("ran", "w")',
      'shop/sitecustomize.py': 'open("/dev/null/never")',
      'shop/.venv/pyvenv.cfg': 'home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.2\n',
      'shop/.venv/bin/python': posing('3.11.2'),
      'shop/.venv/lib/python3.11/site-packages/attr/__init__.py': 'raise SystemExit',
      'shop/.venv/lib/python3.11/site-packages/run.pth': 'import sys; open("ran", "w")\n../../../../numpy-from-source\n',
      'shop/numpy-from-source/numpy/__init__.py': '',
    });
    const shop = join(home.path, 'shop');
    const finder = pythons({ PATH: '/usr/bin' });
    const missing = await finder.missing({ kind: 'script', program: join(shop, 'main.py'), folder: shop });
    const of = (path: string) => missing.find((m) => m.path === path)?.missing;
    expect(of(join(shop, '.venv/bin/python'))).toEqual(['no_such_thing']);
    expect(of(SYSTEM)).toContain('no_such_thing');
    expect(of(SYSTEM)).not.toContain('json');
    expect(of(SYSTEM)).not.toContain('orders');
    expect(existsSync(join(shop, 'ran'))).toBe(false);
    expect(existsSync(join(shop, '.venv/bin/ran'))).toBe(false);
  });

  test('pytest is needed by tests, and what a test file imports', async () => {
    home = await folderWith({
      'tests/test_a.py': 'import no_such_thing\n',
      'lone/pyvenv.cfg': 'home = /usr/bin\nversion = 3.11.2\n',
      'lone/bin/python': '',
    });
    await rm(join(home.path, 'lone/bin/python'));
    await symlink(SYSTEM, join(home.path, 'lone/bin/python'));
    const finder = pythons({ PATH: '/usr/bin', VIRTUAL_ENV: join(home.path, 'lone') });
    const folder = join(home.path, 'tests');
    const missing = await finder.missing({ kind: 'pytest', program: "'test_a.py::test_x[a b]'", folder });
    expect(missing.find((m) => m.path === SYSTEM)?.missing).toEqual(['no_such_thing']);
    expect(missing.find((m) => m.path.includes('/lone/'))?.missing).toEqual(['pytest', 'no_such_thing']);
  });
});
