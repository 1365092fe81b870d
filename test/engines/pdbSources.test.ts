import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plainBreakpoint } from '../../preload/protocol/breakpoints';
import { sourceQueries } from '../../preload/protocol/queries/source';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge } from '../helpers/bridgeSession';
import type { BridgeLaunch } from '../helpers/bridgeSession';
import type { Bodies } from '../helpers/bridgeMessages';

const TARIFFS = join(PROGRAMS, 'tariffs.py');
const ORDERS = readFileSync(join(PROGRAMS, 'orders.py'), 'utf8');
const read = (path: string) => readFileSync(path, 'utf8');
const lineOf = (path: string, text: string) =>
  read(path)
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;
const top = ({ frames: [frame] }: Bodies['stopped']) => [frame?.name, frame?.line, frame?.path];
const marks = ({ frames }: Bodies['stopped']) => frames.filter((f) => !f.subtle).map((f) => [f.name, f.edited ?? false]);

let bridge = '';
let folder = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-sources-'));
});
afterEach(async () => {
  await session?.close();
  rmSync(folder, { recursive: true });
});

describe.each(ALL_PYTHONS)('sources on Python $version', ({ path: python }) => {
  async function start(launch: Partial<BridgeLaunch> & { readonly script: string }): Promise<BridgeSession> {
    session = await BridgeSession.start({ python, bridge, ...launch });
    return session;
  }
  const source = async (path: string) =>
    sourceQueries.source.answer.strict().parse((await session?.request('source', { path })) ?? undefined);
  const bind = async (path: string, line: number) => session?.request('setBreakpoints', { breakpoints: [plainBreakpoint(path, line)] });

  test('the text of a zipapp’s modules is read out of the zip, and they take breakpoints', async () => {
    const zip = join(folder, 'kiosk.pyz');
    execFileSync(python, ['-m', 'zipapp', join(PROGRAMS, 'kiosk'), '-o', zip]);
    const it = await start({ script: zip, args: ['cola', 'gum'] });
    expect(top(await it.next('stopped'))).toEqual(['<module>', 1, join(zip, '__main__.py')]);
    expect(await source(join(zip, 'prices.py'))).toEqual({ text: read(join(PROGRAMS, 'kiosk', 'prices.py')), why: '' });
    expect(await bind(join(zip, 'prices.py'), 4)).toMatchObject([{ verified: false, message: expect.stringContaining('next line with') }]);
    expect(await bind(join(zip, 'prices.py'), 6)).toMatchObject([{ verified: true }]);
    expect(top(await it.step('continue'))).toEqual(['total', 6, join(zip, 'prices.py')]);
    expect(await source(join(zip, 'nothing.py'))).toMatchObject({
      text: '',
      why: expect.stringMatching(/^There is no source for nothing\.py/),
    });
  });

  test('a folder with __main__.py and a namespace package have their files', async () => {
    const it = await start({ script: 'kiosk', args: ['cola'] });
    expect(top(await it.next('stopped'))).toEqual(['<module>', 1, join(PROGRAMS, 'kiosk', '__main__.py')]);
    await it.close();
    const module = await start({ script: 'regions.north.totals', kind: 'module' });
    expect(top(await module.next('stopped'))).toEqual(['<module>', 1, join(PROGRAMS, 'regions', 'north', 'totals.py')]);
    expect((await source(join(PROGRAMS, 'regions', 'north', 'totals.py'))).text).toContain('without __init__.py');
  });

  test('a notebook’s cell has the text that was registered for it, and takes breakpoints', async () => {
    const cell = '<ipython-input-1-5f2a>';
    const it = await start({
      script: 'tariffs.py',
      stopOnEntry: false,
      breakpoints: [{ path: TARIFFS, line: lineOf(TARIFFS, "namespace = {'price'") }],
    });
    await it.next('stopped');
    expect((await source(cell)).text).toMatch(/^baskets = \[12\.5/);
    expect(await bind(cell, 7)).toMatchObject([{ verified: false, message: 'No code on this line, and none after it.' }]);
    expect(await bind(cell, 3)).toMatchObject([{ verified: true }]);
    expect(top(await it.step('continue'))).toEqual(['<module>', 3, cell]);
    await it.console.shows('-> best = max(prices)');
  });

  test('a cell whose name looks like a file that is nowhere has its text as well', async () => {
    const cell = '/tmp/ipykernel_7/1234.py';
    const line = lineOf(TARIFFS, 'total = rule(total)');
    const it = await start({ script: 'tariffs.py', stopOnEntry: false, breakpoints: [{ path: TARIFFS, line, condition: 'total == 10' }] });
    expect((await it.next('stopped')).frames[1]).toMatchObject({ name: '<module>', path: cell, line: 1 });
    expect(await source(cell)).toEqual({ text: 'doubled = price(10) * 2\n', why: '' });
  });

  test('exec’d code has its text when the program kept it, and is said to have none when not', async () => {
    const line = lineOf(TARIFFS, 'total = rule(total)');
    const it = await start({ script: 'tariffs.py', stopOnEntry: false, breakpoints: [{ path: TARIFFS, line }] });
    await it.next('stopped');
    await it.step('step');
    const kept = await it.step('next');
    expect(top(kept)).toEqual(['discount', 2, '<rule discount>']);
    expect((await source('<rule discount>')).text).toContain('share = 0.1');
    await it.step('continue');
    await it.step('step');
    expect(top(await it.step('next'))).toEqual(['rounding', 2, '']);
    expect(await source('<rule rounding>')).toEqual({ text: '', why: 'The program made this code while it ran and kept no text of it.' });
  });

  test('an edit after the start marks the frames whose lines it moved, and no others', async () => {
    const script = join(folder, 'orders.py');
    writeFileSync(script, ORDERS);
    const it = await start({ script, breakpoints: [{ path: script, line: lineOf(script, 'total += discount') }] });
    await it.next('stopped');
    const before = await it.step('continue');
    expect(marks(before)).toEqual([
      ['add_up', false],
      ['<module>', false],
    ]);
    writeFileSync(script, ORDERS.replace('round(total, 2)', 'round(total, 3)'));
    await it.step('next');
    expect(marks(await it.step('next'))).toMatchObject([
      ['add_up', true],
      ['<module>', false],
    ]);
    writeFileSync(script, `# a line more\n${ORDERS}`);
    expect(marks(await it.step('next'))).toEqual([
      ['add_up', true],
      ['<module>', true],
    ]);
    expect(await it.request('stepInTargets')).toMatchObject({ targets: [], why: expect.stringContaining('edited after it was loaded') });
    writeFileSync(script, ORDERS);
    expect(marks(await it.step('next'))).toEqual([
      ['add_up', false],
      ['<module>', false],
    ]);
  });

  test('a file that the program writes and then imports is not edited', async () => {
    const script = join(folder, 'generates.py');
    writeFileSync(
      script,
      "import pathlib\nmade = pathlib.Path(__file__).with_name('made.py')\nmade.write_text('def answer():\\n    return 42\\n')\nimport made\nprint(made.answer())\n",
    );
    const it = await start({ script });
    await it.next('stopped');
    for (let line = 2; line <= 5; line++) await it.step('next');
    await it.step('step');
    const stopped = await it.step('next');
    expect([basename(stopped.frames[0]?.path ?? ''), stopped.frames[0]?.edited ?? false]).toEqual(['made.py', false]);
  });
});
