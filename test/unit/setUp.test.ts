import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** Runs a line of code against the set-up scripts, as plain Node would. */
const evaluate = (code: string, env: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', env: { ...process.env, ...env } });

const print = (module: string, expression: string) =>
  JSON.parse(evaluate(`import * as it from './.dev/${module}.mjs'; console.log(JSON.stringify(${expression}))`).stdout);

describe('the version of Node', () => {
  const judge = (version: string) => evaluate(`import { requireNode } from './.dev/install.mjs'; requireNode('${version}')`);

  test.each(['18.20.4', '20.18.3', '6.0.0'])('%s is refused, in a sentence', (version) => {
    expect(judge(version).stderr).toContain(`Casebook needs Node 20.19 or newer; this is ${version}.`);
  });

  test.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('%s will do', (version) => {
    expect(judge(version)).toMatchObject({ status: 0, stderr: '' });
  });
});

describe.runIf(process.platform === 'linux')('what the system lacks', () => {
  let folder = '';
  const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n') : []);
  /** A program of the made-up system; `here` is the folder that stands for its PATH. */
  const provide = (name: string, script = '') => {
    writeFileSync(join(folder, name), `#!/bin/sh\nhere=${folder}\n${script}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  const installFor = (...purposes: readonly string[]) =>
    evaluate(
      `import { installSystemPackages } from './.dev/systemPackages.mjs'; await installSystemPackages(${JSON.stringify(purposes)})`,
      {
        PATH: folder,
      },
    ).stdout;
  /** An apt-get that writes down what it was asked, and that installs by making the programs. */
  const aptGet = (fails = '') => `echo "$DEBIAN_FRONTEND $*" >> "$here/log"\n${fails}\n[ "$1" = install ] && : > "$here/lists"\nexit 0`;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'casebook-path-'));
    symlinkSync(execFileSync('/bin/sh', ['-c', 'command -v env'], { encoding: 'utf8' }).trim(), join(folder, 'env'));
    provide('sudo', 'shift; [ "$1" = true ] && exit 0\nshift\nexec env "$@"');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is installed, exactly, and without a question', () => {
    for (const name of ['python3', 'chromium']) provide(name);
    provide('apt-get', aptGet());
    expect(installFor('start', 'test')).toContain('Missing: xvfb (Electron draws on its screen in tests).');
    expect(log()).toEqual(['noninteractive install -y --no-install-recommends xvfb']);
  });

  test('is not looked up at all when everything is there', () => {
    for (const name of ['python3', 'google-chrome', 'Xvfb']) provide(name);
    provide('apt-get', aptGet());
    expect(installFor('start', 'test')).toBe('');
    expect(log()).toEqual([]);
  });

  test('is installed after an update where the lists of packages are missing', () => {
    provide('apt-get', aptGet('[ "$1" = update ] && : > "$here/fresh"\n[ -e "$here/fresh" ] || exit 100'));
    installFor('start');
    expect(log()).toEqual([
      'noninteractive install -y --no-install-recommends python3',
      'noninteractive update -q',
      'noninteractive install -y --no-install-recommends python3',
    ]);
  });

  test('is said, and gone on without, where apt-get cannot have it', () => {
    provide('apt-get', 'echo no network; exit 100');
    expect(installFor('start')).toMatch(/no network\napt-get could not install python3. Going on without.\n$/);
  });

  test('is said where there is no apt-get', () => {
    expect(installFor('native')).toContain('Install with your package manager: make g++ python3');
  });
});

describe('the verdict on skips', () => {
  const judge = (entries: readonly object[], whole = true) =>
    print('results', `it.judgeSkips([it.passed('a'), it.skipped('web: f > b', 'no gdb')], ${JSON.stringify(entries)}, ${whole})`);

  test('a skip that is listed prints its reason', () => {
    expect(judge([{ test: 'f > b', reason: 'Later.' }])).toEqual([
      { name: 'a', outcome: 'passed', message: '' },
      { name: 'web: f > b', outcome: 'skipped', message: 'Later.' },
    ]);
  });

  test('a skip that nobody listed is a failure', () => {
    expect(judge([])[1]).toEqual({
      name: 'web: f > b',
      outcome: 'failed',
      message: 'skipped ("no gdb"), but test/skips.json does not list it',
    });
  });

  test('an entry that nothing skips is a failure, unless it says when it is needed or not all was run', () => {
    const listed = { test: 'f > b', reason: 'Later.' };
    expect(judge([listed, { test: 'c', reason: 'Old.' }])).toHaveLength(3);
    expect(judge([listed, { test: 'c', reason: 'Old.', when: 'on Windows' }])).toHaveLength(2);
    expect(judge([listed, { test: 'c', reason: 'Old.' }], false)).toHaveLength(2);
  });
});

test("vitest's report gives every test, and a file that could not be loaded", () => {
  const report = {
    testResults: [
      {
        name: `${process.cwd()}/test/a.test.ts`,
        status: 'passed',
        assertionResults: [{ ancestorTitles: ['g'], title: 't', status: 'passed' }],
      },
      { name: `${process.cwd()}/test/b.test.ts`, status: 'failed', message: 'no such module', assertionResults: [] },
    ],
  };
  expect(print('results', `it.readVitestReport(${JSON.stringify(report)})`)).toEqual([
    { name: 'test/a.test.ts > g > t', outcome: 'passed', message: '' },
    { name: 'test/b.test.ts', outcome: 'failed', message: 'no such module' },
  ]);
});

test.runIf(process.platform === 'linux')('what a test leaves running is ended, whoever its parent is by then', () => {
  const { stdout, status } = evaluate(`
    import { spawnSync } from 'node:child_process';
    import { endLeftovers, markDescendants } from './.dev/leftovers.mjs';
    markDescendants();
    spawnSync('/bin/sh', ['-c', 'setsid sleep 997 >/dev/null 2>&1 &']);
    console.log(JSON.stringify(endLeftovers()));`);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual([expect.stringContaining('sleep 997')]);
});
