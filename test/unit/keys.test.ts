import { describe, expect, test } from 'vitest';
import { accelerator, menuTemplate } from '../../main/hosts/electron/menu';
import { commands } from '../../preload/protocol/commands';
import { commandFor, keyLabel, strokeName } from '../../renderer/keys';
import type { Stroke } from '../../renderer/keys';

/** A stroke as words: `Ctrl+Shift+p`, `Meta+n`, `Alt+ArrowUp`; the last part is the key as the browser names it. */
function stroke(words: string): Stroke {
  const [, held = '', key = ''] = /^((?:(?:Ctrl|Meta|Alt|Shift)\+)*)(.+)$/.exec(words) ?? [];
  const is = (name: string) => held.includes(`${name}+`);
  const code = key === '`' || key === '~' || key === 'Dead' ? 'Backquote' : '';
  return { key, code, ctrlKey: is('Ctrl'), metaKey: is('Meta'), altKey: is('Alt'), shiftKey: is('Shift') };
}
const names = (words: string, mac = false) => strokeName(stroke(words), mac);
const runs = (words: string, where: { inConsole?: boolean; mac?: boolean } = {}) =>
  commandFor(stroke(words), { inConsole: false, mac: false, ...where });

describe('a stroke is named', () => {
  test.each([
    ['Ctrl+Shift+P', 'Mod+Shift+P'],
    ['Ctrl+Shift+p', 'Mod+Shift+P'],
    ['Ctrl+n', 'Mod+N'],
    ['F5', 'F5'],
    ['Shift+F11', 'Shift+F11'],
    ['Ctrl+Shift+F5', 'Mod+Shift+F5'],
    ['Alt+ArrowUp', 'Alt+ArrowUp'],
    ['Ctrl+Tab', 'Ctrl+Tab'],
    ['Ctrl+`', 'Ctrl+`'],
    ['Ctrl+Dead', 'Ctrl+`'],
    ['Ctrl+=', 'Mod+='],
    ['Ctrl+Shift++', 'Mod++'],
    ['Ctrl+-', 'Mod+-'],
    ['Ctrl+,', 'Mod+,'],
    ['n', 'N'],
  ])('%s as %s', (words, name) => {
    expect(names(words)).toBe(name);
  });

  test.each([
    ['Meta+n', 'Mod+N'],
    ['Ctrl+Tab', 'Ctrl+Tab'],
    ['Ctrl+`', 'Ctrl+`'],
    ['Meta+Shift+F5', 'Mod+Shift+F5'],
  ])('on macOS %s as %s', (words, name) => {
    expect(names(words, true)).toBe(name);
  });
});

/** What a keyboard sends for a key of the table. */
const pressed = (key: string, mac: boolean): Stroke => stroke(key.replace('Mod+', mac ? 'Meta+' : 'Ctrl+'));

describe('every key of every command', () => {
  const KEYS = commands.flatMap((c) => c.keys.map((key) => [key, c.id] as const));

  test('is one that a stroke can have', () => {
    for (const [key] of KEYS)
      expect(key).toMatch(/^(?:Mod\+|Ctrl\+)?(?:Alt\+)?(?:Shift\+)?(?:F\d{1,2}|Arrow(?:Up|Down)|Tab|[A-Z0-9`,=+-])$/);
  });

  test('runs its command, on every system', () => {
    for (const mac of [false, true])
      for (const [key, id] of KEYS) expect([key, commandFor(pressed(key, mac), { inConsole: false, mac })]).toEqual([key, id]);
  });

  test('belongs to one command', () => {
    expect(new Set(KEYS.map(([key]) => key)).size).toBe(KEYS.length);
  });

  test('has a label that people know', () => {
    for (const [key] of KEYS) {
      expect(keyLabel(key, false)).not.toMatch(/Mod|Arrow/);
      expect(keyLabel(key, true)).not.toMatch(/Mod|Arrow/);
    }
    expect([keyLabel('Mod+Shift+P', false), keyLabel('Mod+Shift+P', true), keyLabel('Alt+ArrowUp', false)]).toEqual([
      'Ctrl+Shift+P',
      '⌘+Shift+P',
      'Alt+Up',
    ]);
  });

  test('has an accelerator that Electron knows', () => {
    for (const [key] of KEYS)
      expect(accelerator(key)).toMatch(/^(?:CommandOrControl\+|Ctrl\+)?(?:Alt\+)?(?:Shift\+)?(?:F\d{1,2}|Up|Down|Tab|Plus|[A-Z0-9`,=-])$/);
    expect(accelerator('Mod++')).toBe('CommandOrControl+Plus');
  });
});

describe('in a console', () => {
  test.each([
    'c',
    'Enter',
    'Ctrl+c',
    'Ctrl+d',
    'Ctrl+n',
    'Ctrl+w',
    'Ctrl+f',
    'Ctrl+g',
    'Ctrl+=',
    'Ctrl+-',
    'Ctrl+,',
    'Ctrl+1',
    'Alt+ArrowUp',
    'Alt+b',
    'Tab',
    'Escape',
    '`',
    'ArrowUp',
  ])('%s is the console’s own', (words) => {
    expect(runs(words, { inConsole: true })).toBeUndefined();
  });

  test.each([
    ['F5', 'continue'],
    ['F10', 'next'],
    ['Shift+F11', 'finish'],
    ['Shift+F5', 'stop'],
    ['Ctrl+F10', 'run-to-cursor'],
    ['Ctrl+Shift+F5', 'restart'],
    ['Ctrl+Shift+P', 'palette'],
    ['Ctrl+Shift+D', 'area-debug'],
    ['Ctrl+Tab', 'next-session'],
    ['Ctrl+`', 'console'],
    ['F1', 'palette'],
  ])('%s runs %s', (words, id) => {
    expect(runs(words, { inConsole: true })).toBe(id);
  });
});

test.each(['x', 'Shift+F1', 'Ctrl+Alt+n', 'Alt+F5', 'Ctrl+F5', 'Ctrl+Shift+Tab', 'ArrowUp', 'Ctrl+Alt+`'])('%s runs nothing', (words) => {
  expect(runs(words)).toBeUndefined();
});

describe('commands', () => {
  test('have an id of their own, and a title', () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    expect(new Set(commands.map(({ title }) => title)).size).toBe(commands.length);
    for (const { id, title } of commands)
      expect([id, title]).toEqual([expect.stringMatching(/^[a-z]+(-[a-z]+)*$/), expect.stringMatching(/^[A-Z]/)]);
  });

  test.each(['linux', 'win32', 'darwin'])('stand in the native menu once each, which leaves their keys to the window (%s)', (platform) => {
    const chosen: string[] = [];
    const menu = menuTemplate(platform, (id) => chosen.push(id));
    const items = menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
    const own = items.filter(({ click }) => click);
    expect(new Set(own.map(({ label }) => label))).toEqual(new Set(commands.map(({ title }) => title)));
    expect(own).toHaveLength(commands.length);
    for (const item of own) expect(item.registerAccelerator).toBe(false);
    for (const { click } of own) Reflect.apply(click ?? (() => {}), undefined, []);
    expect(new Set(chosen)).toEqual(new Set(commands.map(({ id }) => id)));
    expect(chosen).toHaveLength(commands.length);
    expect(menu.map(({ label, role }) => label ?? role)).toEqual([
      ...(platform === 'darwin' ? ['appMenu'] : []),
      'File',
      'Edit',
      'Debug',
      'View',
      'Help',
    ]);
  });
});
