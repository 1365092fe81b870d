import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge } from '../helpers/bridgeSession';
import type { BridgeLaunch } from '../helpers/bridgeSession';
import type { Bodies } from '../helpers/bridgeMessages';

const SHOP = join(PROGRAMS, 'shop');
const place = ({ reason, frames, frame }: Bodies['stopped']) => `${reason} ${frames[frame]?.name}:${frames[frame]?.line}`;

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

describe.each(ALL_PYTHONS)('on Python $version', ({ path: python }) => {
  async function start(launch: Partial<BridgeLaunch> & { readonly script: string }): Promise<BridgeSession> {
    session = await BridgeSession.start({ python, bridge, ...launch });
    return session;
  }

  /** The kiosk packed as `python -m zipapp` does it. */
  function zipped(): string {
    const path = join(mkdtempSync(join(tmpdir(), 'casebook-zipapp-')), 'kiosk.pyz');
    execFileSync(python, ['-m', 'zipapp', join(PROGRAMS, 'kiosk'), '-o', path]);
    return path;
  }

  const described = (args: readonly string[]): unknown =>
    JSON.parse(execFileSync(python, args, { cwd: PROGRAMS, encoding: 'utf8', env: { HOME: '/nonexistent' } }));

  async function describedUnder(launch: Partial<BridgeLaunch> & { readonly script: string }): Promise<unknown> {
    const it = await start({ stopOnEntry: false, ownTty: true, ...launch });
    await it.next('finished');
    await it.program.shows(/\{.*\}\r\n/);
    return JSON.parse(it.program.text.replaceAll('\r\n', ''));
  }

  test('a module has the name, package, spec, path and arguments that plain Python gives it', async () => {
    expect(await describedUnder({ script: 'shop.surroundings', kind: 'module', args: ['a b', '-v'] })).toEqual(
      described(['-m', 'shop.surroundings', 'a b', '-v']),
    );
  });

  test('a script has them as well', async () => {
    const script = join(SHOP, 'surroundings.py');
    expect(await describedUnder({ script, args: ['--all'] })).toEqual(described([script, '--all']));
  });

  test('a module stops at its own first line, and at a breakpoint of the package that is imported before it', async () => {
    const it = await start({ script: 'shop', kind: 'module', args: ['20'] });
    const entry = await it.next('stopped');
    expect(place(entry)).toBe('entry <module>:1');
    expect(entry.frames.filter((frame) => !frame.subtle).map((frame) => frame.path)).toEqual([join(SHOP, '__main__.py')]);
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end', exitCode: 0 });
    await it.console.shows('order more: apple\r\norder more: pear\r\norder more: plum\r\narticles: 4\r\n');
    await it.close();

    const early = await start({ script: 'shop', kind: 'module', breakpoints: [{ path: join(SHOP, '__init__.py'), line: 3 }] });
    expect(place(await early.next('stopped'))).toBe('breakpoint <module>:3');
    expect(place(await early.step('continue'))).toBe('entry <module>:1');
  });

  test('an exception that nothing catches in a module is looked at there, with the module alone on the stack', async () => {
    const it = await start({ script: 'shop', kind: 'module', args: ['many'], stopOnEntry: false });
    const stopped = await it.next('stopped');
    expect(place(stopped)).toBe('post-mortem <module>:6');
    expect(stopped.frameCount).toBe(1);
    expect(stopped.exception?.typeName).toBe('ValueError');
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'uncaught', exitCode: 1 });
    expect((await it.exit()).exitCode).toBe(1);
  });

  test('a module is restarted from its first line, with other arguments', async () => {
    const it = await start({ script: 'shop', kind: 'module', args: ['20'] });
    await it.next('stopped');
    expect(place(await it.step('run 2'))).toBe('entry <module>:1');
    await it.console.shows('Restarting shop with arguments:\r\n\t2\r\n');
    it.type('continue');
    await it.next('finished');
    await it.console.shows('order more: plum\r\narticles: 4\r\n');
  });

  test('a module of a package without __init__.py runs', async () => {
    const it = await start({ script: 'regions.north.totals', kind: 'module', stopOnEntry: false });
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    await it.console.shows('regions.north Kiel\r\n');
  });

  test('a folder with a __main__.py, and a zip file with one, run as plain Python runs them', async () => {
    for (const path of ['kiosk', zipped()]) {
      const it = await start({ script: path, args: ['cola', 'gum'] });
      const entry = await it.next('stopped');
      expect(place(entry)).toBe('entry <module>:1');
      expect(entry.frames[0]?.path).toBe(
        join(PROGRAMS, path).endsWith('kiosk') ? join(PROGRAMS, path, '__main__.py') : join(path, '__main__.py'),
      );
      expect(place(await it.step('until 6'))).toBe('step <module>:6');
      expect(place(await it.step('step'))).toBe('call total:5');
      it.type('continue');
      expect(await it.next('finished')).toMatchObject({ how: 'end', exitCode: 0 });
      await it.console.shows('to pay: 2.3\r\n');
      expect(it.console.text).toContain(`started as ${path} from ${path}`);
      await it.close();
    }
  });

  test('what cannot be run says why, as plain Python does', async () => {
    const cases = [
      { script: 'shop.nothing', kind: 'module', text: 'Error: No module named shop.nothing' },
      { script: 'regions', kind: 'module', text: /^Error: No module named regions\.__main__; 'regions' is a package and cannot/ },
      { script: 'regions', kind: 'script', text: /^Error: can't find '__main__' module in 'regions'$/ },
    ] as const;
    for (const { text, ...launch } of cases) {
      const it = await start(launch);
      const finished = await it.next('finished');
      expect(finished).toMatchObject({ how: 'unreadable', exitCode: 1 });
      expect(finished.text).toMatch(text);
      expect((await it.exit()).exitCode).toBe(1);
      await it.close();
    }
    const broken = await start({ script: 'shop.broken', kind: 'module' });
    expect(await broken.next('finished')).toMatchObject({
      how: 'syntax-error',
      exitCode: 1,
      text: expect.stringMatching(/^SyntaxError: /),
    });
    await broken.console.shows(/shop\/broken.py", line [23]/);
  });
});
