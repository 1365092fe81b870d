import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ALL_PYTHONS, BridgeSession, packBridge } from '../helpers/bridgeSession';

/** Names that pdb, cmd, readline or the bridge would import, at the start or later, had they not done so before. */
const DROPPERS = ['code', 'codeop', 'readline', 'rlcompleter', 'pdb', 'bdb', 'cmd', 'shlex', 'pprint', 'casebook_bridge', 'runpy'];
/** With the folder on PYTHONPATH the interpreter's own start-up finds these before anyone can stop it. */
const EARLY_DROPPERS = [
  'json',
  'socket',
  'select',
  'base64',
  'reprlib',
  'dis',
  'inspect',
  'tokenize',
  'token',
  'linecache',
  'textwrap',
  'glob',
  'signal',
  'fcntl',
  'enum',
  'types',
  'unicodedata',
  'sitecustomize',
  'usercustomize',
  '_colorize',
];

let bridge = '';
let folder = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-program-'));
});
afterEach(async () => {
  await session?.close();
  rmSync(folder, { recursive: true });
});

describe.each(ALL_PYTHONS)('on Python $version', ({ path: python }) => {
  test.each(['', ':', '.'])('no file of the folder runs before the program does (PYTHONPATH "%s")', async (pythonPath) => {
    const marks = join(folder, 'marks');
    mkdirSync(marks);
    for (const name of pythonPath === '' ? [...DROPPERS, ...EARLY_DROPPERS] : DROPPERS) {
      writeFileSync(join(folder, `${name}.py`), `open(${JSON.stringify(marks)} + '/${name}', 'w').close()\n`);
    }
    writeFileSync(join(folder, '.pdbrc'), `!open(${JSON.stringify(marks)} + '/pdbrc', 'w').close()\n`);
    writeFileSync(join(folder, 'main.py'), 'here = 1\nprint(here)\n');
    session = await BridgeSession.start({
      python,
      bridge,
      script: 'main.py',
      folder,
      env: pythonPath === '' ? {} : { PYTHONPATH: pythonPath },
    });
    await session.next('stopped');
    await session.step('next');
    for (const line of ['b 2', 'p here', 'here = 5', 'w', 'l', 'whatis here', 'help next', 'p he\t', 'display here']) session.type(line);
    await session.console.shows('display here: 5');
    session.type('interact');
    await session.console.shows('>>> ');
    session.keys('\x04');
    await session.console.shows(/>>>[^]*\(Pdb\) $/);
    await session.step('run a b');
    expect(readdirSync(marks)).toEqual([]);
  });

  test('the program sees nothing of Casebook in its arguments and environment, and its session file is gone', async () => {
    writeFileSync(
      join(folder, 'main.py'),
      [
        'import os, sys',
        'print([sys.argv, sys.path[0], __name__, __file__, __spec__])',
        "print([text for text in list(os.environ) + getattr(sys, 'orig_argv', []) if 'casebook_pdb' in text or '.json' in text], [type(finder).__name__ for finder in sys.meta_path if 'Packed' in type(finder).__name__])",
      ].join('\n'),
    );
    session = await BridgeSession.start({ python, bridge, script: 'main.py', folder, args: ['--casebook', 'x'], stopOnEntry: false });
    await session.next('finished');
    await session.console.shows(`[['main.py', '--casebook', 'x'], '${folder}', '__main__', '${folder}/main.py', None]`);
    await session.console.shows('\r\n[] []\r\n');
    expect(existsSync(session.configPath)).toBe(false);
  });

  test('a breakpoint set through a link to the folder hits, and answers under the name it was asked', async () => {
    const link = `${folder}-link`;
    writeFileSync(join(folder, 'main.py'), 'a = 1\nb = 2\n');
    symlinkSync(folder, link);
    session = await BridgeSession.start({
      python,
      bridge,
      script: 'main.py',
      folder: link,
      stopOnEntry: false,
      breakpoints: [{ path: join(link, 'main.py'), line: 2, condition: '', enabled: true }],
    });
    expect((await session.next('breakpoints')).breakpoints).toEqual([
      { path: join(link, 'main.py'), line: 2, verified: true, message: '', hits: 0 },
    ]);
    expect((await session.next('stopped')).frames[0]).toMatchObject({ path: join(folder, 'main.py'), line: 2 });
    rmSync(link);
  });
});
