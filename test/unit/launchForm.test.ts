import { describe, expect, test } from 'vitest';
import { launchConfig, launchTitle } from '../../preload/protocol/launch';
import type { Interpreter } from '../../preload/protocol/launch';
import { REMEMBERED, settings, settingsChange } from '../../preload/protocol/settings';
import { remembering } from '../../main/launches';
import { listPythons, proposePython } from '../../renderer/views/Launch/interpreterStates';

const OLD = {
  program: '/shop/orders.py',
  args: ['a'],
  folder: '/shop',
  env: {},
  interpreter: '/usr/bin/python3',
  stopOnEntry: true,
  programTerminal: 'own',
};

/** `venv .venv 3.11.2` at `/venv .venv`, and so on; with `!` it cannot be used, for the reason that follows. */
const pythons = (...lines: string[]): Interpreter[] =>
  lines.map((line) => {
    const [what = '', trouble = ''] = line.split('!');
    const [, kind = '', version = ''] = /^(.*) (\S+)$/.exec(what) ?? [];
    return { path: `/${kind}`, kind, version, trouble, lacks: [] };
  });

describe('a launch that was kept before there were kinds', () => {
  test('is a script whose children are followed', () => {
    expect(launchConfig.parse(OLD)).toEqual({ ...OLD, kind: 'script', children: 'follow' });
  });
});

test.each([
  ['script', '/shop/orders.py', 'orders.py'],
  ['script', '/shop/kiosk/', 'kiosk/'],
  ['module', 'shop.worker', 'shop.worker'],
  ['pytest', '', 'pytest'],
  ['pytest', 'tests/test_a.py::test_x', 'pytest test_a.py::test_x'],
  ['waiting', '', 'started elsewhere'],
  ['process', '4242', 'pid 4242'],
] as const)('a launch of kind %s of %j is called %j', (kind, program, title) => {
  expect(launchTitle({ kind, program })).toBe(title);
});

describe('interpreters in the form', () => {
  const found = pythons('venv .venv 3.11.2', 'pyenv 3.13.0', 'system 3.11.2', 'PATH 2.7.18!Python 2.7.18 is too old: …');

  test('are listed by readiness, then as near as they are, each with one state', () => {
    const missing = [{ path: '/venv .venv', missing: ['numpy', 'pandas', 'torch', 'yaml'] }];
    expect(listPythons(found, missing, 'script').map(({ kind, word }) => `${kind}: ${word}`)).toEqual([
      'pyenv: Ready',
      'system: Ready',
      'venv .venv: No numpy, no pandas and 2 more',
      'PATH: Too old',
    ]);
  });

  test('without a part that the bridge needs are plain pdb', () => {
    const lacking = (lacks: string[]) =>
      listPythons([{ path: '/p', kind: 'pyenv', version: '3.12.1', trouble: '', lacks }], [], 'script')[0];
    expect(lacking(['_socket', 'readline'])).toMatchObject({
      state: 'lacks',
      word: 'Plain pdb only',
      why: expect.stringContaining('no _socket,'),
    });
    expect(lacking(['readline'])).toMatchObject({ state: 'lacks', word: 'No readline' });
    expect(lacking([])).toMatchObject({ state: 'ready' });
  });

  test('before 3.14 cannot attach to a process', () => {
    const listed = listPythons(pythons('pyenv 3.13.0', 'uv 3.14.2', 'uv 3.15.0'), [], 'process');
    expect(listed.map(({ word }) => word)).toEqual(['Ready', 'Ready', 'Needs 3.14']);
  });

  test('the one used last in the folder is proposed, else its own, else what stands there, else the first', () => {
    const own = { path: '/home/me/shop/.venv/bin/python', kind: 'venv .venv', version: '3.11.2', trouble: '', lacks: [] };
    const propose = (remembered: string | undefined, kept: string, folder = '/home/me/shop/jobs') =>
      proposePython([own, ...found.slice(1)], { folder, remembered, kept });
    expect(propose('/system', '/pyenv')).toBe('/system');
    expect(propose('/gone', '/pyenv')).toBe(own.path);
    expect(propose('/PATH', '')).toBe(own.path);
    expect(propose(undefined, '/named', '/home/me/shops')).toBe('/named');
    expect(propose(undefined, '', '/home/me/shops')).toBe(own.path);
    expect(proposePython(found.slice(1), { folder: '/home/me', remembered: undefined, kept: '' })).toBe('/pyenv');
    expect(proposePython([], { folder: '/home/me', remembered: undefined, kept: '' })).toBe('');
  });
});

describe('the interpreter of a folder', () => {
  const launched = (folder: string, interpreter: string) => launchConfig.parse({ ...OLD, folder, interpreter });

  test('is remembered, the newest for each folder', () => {
    const first = remembering(settings.parse({}), launched('/shop', '/a'));
    const then = remembering(remembering(first, launched('/till', '/b')), launched('/shop', '/c'));
    expect(Object.entries(then.interpreters)).toEqual([
      ['/till', '/b'],
      ['/shop', '/c'],
    ]);
  });

  test('is forgotten for the folder that was used longest ago, when there are too many', () => {
    let kept = settings.parse({});
    for (let i = 0; i <= REMEMBERED; i++) kept = remembering(kept, launched(`/folder${i}`, '/python'));
    expect(Object.keys(kept.interpreters)).toHaveLength(REMEMBERED);
    expect(kept.interpreters).not.toHaveProperty('/folder0');
    expect(settings.safeParse(kept).success).toBe(true);
    expect(settingsChange.safeParse({ interpreters: { ...kept.interpreters, '/one/more': '/python' } }).success).toBe(false);
  });
});
