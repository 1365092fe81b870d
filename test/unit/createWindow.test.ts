import { describe, expect, test } from 'vitest';
import { createWindow, isOwnPage, PAGE } from '../../main/hosts/electron/createWindow';
import type { WindowMaker } from '../../main/hosts/electron/createWindow';
import { windowOptions } from '../../main/hosts/electron/windowOptions';

type Listener = (...args: readonly unknown[]) => unknown;

/** Stands for Electron: notes everything that is asked of a window, and never opens one. */
function recorder() {
  const heard = new Map<string, Listener>();
  const calls: (readonly [string, ...unknown[]])[] = [];
  /** An object of which every method is noted by its name, and every handler kept. */
  const recording = (name: string, parts: Readonly<Record<string, unknown>> = {}): object =>
    new Proxy(parts, {
      get: (own, key) =>
        Reflect.get(own, key) ??
        ((...args: readonly unknown[]) => {
          const listener = args.find((arg): arg is Listener => typeof arg === 'function');
          const event = typeof args[0] === 'string' ? args[0] : '';
          if (listener) heard.set(`${name}.${event || String(key)}`, listener);
          else calls.push([`${name}.${String(key)}`, ...args]);
        }),
    });
  const window = recording('window', { webContents: recording('contents', { session: recording('session') }) });
  function BrowserWindow(options: unknown): object {
    calls.push(['new', options]);
    return window;
  }
  const maker: WindowMaker = Object.create(null, { BrowserWindow: { value: BrowserWindow } });
  const fire = (name: string, ...args: readonly unknown[]) => heard.get(name)?.(...args);
  createWindow(maker, '/app/preload.cjs');
  return { calls, heard, fire };
}

const ELSEWHERE = [
  'https://evil.test/',
  'http://localhost/',
  'file:///etc/passwd',
  'casebook://app.evil/',
  'casebook://evil/index.html',
  'javascript:alert(1)',
  'data:text/html,x',
  'about:blank',
  PAGE,
];

test('the window is made with the one set of options, and loads the one page', () => {
  const { calls } = recorder();
  expect(calls).toEqual([
    ['new', windowOptions('/app/preload.cjs')],
    ['window.loadURL', 'casebook://app/index.html'],
  ]);
});

test('its options shut Node, webviews and everything experimental out, and cannot be changed', () => {
  const options = windowOptions('/app/preload.cjs');
  expect(options.webPreferences).toEqual({
    preload: '/app/preload.cjs',
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    spellcheck: false,
  });
  expect([Object.isFrozen(options), Object.isFrozen(options.webPreferences)]).toEqual([true, true]);
  expect(Reflect.ownKeys(options)).not.toEqual(expect.arrayContaining(['parent', 'webContents']));
});

test('it is shown when there is something to see', () => {
  const { fire, calls } = recorder();
  fire('window.ready-to-show');
  expect(calls.at(-1)).toEqual(['window.show']);
});

describe('every way out of the page is shut', () => {
  test.each(['will-navigate', 'will-redirect', 'will-attach-webview'])('%s', (event) => {
    const { fire, heard } = recorder();
    expect(heard.has(`contents.${event}`)).toBe(true);
    for (const url of ELSEWHERE) {
      let prevented = 0;
      fire(`contents.${event}`, { preventDefault: () => prevented++, url }, url);
      expect([url, prevented]).toEqual([url, 1]);
    }
  });

  test('new windows', () => {
    const { fire } = recorder();
    for (const url of ELSEWHERE) expect(fire('contents.setWindowOpenHandler', { url })).toEqual({ action: 'deny' });
  });

  test('permissions, but to write the clipboard after a click', () => {
    const { fire } = recorder();
    const names = [
      ...[
        'clipboard-read',
        'clipboard-sanitized-write',
        'display-capture',
        'fullscreen',
        'geolocation',
        'idle-detection',
        'media',
        'mediaKeySystem',
      ],
      ...[
        'midi',
        'midiSysex',
        'notifications',
        'openExternal',
        'pointerLock',
        'keyboardLock',
        'speaker-selection',
        'storage-access',
        'window-management',
        'hid',
        'serial',
        'usb',
        'unknown',
        '',
      ],
    ];
    const granted = names.filter((name) => {
      let asked: unknown;
      fire('session.setPermissionRequestHandler', undefined, name, (answer: unknown) => (asked = answer), {});
      const checked = fire('session.setPermissionCheckHandler', undefined, name, 'casebook://app', {});
      expect([name, asked]).toEqual([name, checked]);
      return checked;
    });
    expect(granted).toEqual(['clipboard-sanitized-write']);
    for (const deviceType of ['hid', 'serial', 'usb']) expect(fire('session.setDevicePermissionHandler', { deviceType })).toBe(false);
  });
});

describe('a message is heard', () => {
  test.each(['casebook://app/index.html', 'casebook://app/', 'casebook://app/index.html?x#y'])('from our page %s', (url) => {
    expect(isOwnPage({ url, parent: null })).toBe(true);
  });
});

describe('a message is not heard', () => {
  test.each([
    ...['https://evil.test/', 'http://localhost/', 'file:///app/index.html', 'about:blank', 'about:srcdoc', 'data:text/html,x', '', 'null'],
    ...[
      'casebook://app',
      'casebook://app.evil/',
      'casebook://app@evil/',
      'casebook://evil/app/',
      'casebook:app/',
      'CASEBOOK://app/',
      ' casebook://app/',
      'blob:casebook://app/1',
      'https://evil.test/casebook://app/',
      'chrome-extension://app/',
    ],
  ])('from the page %j', (url) => {
    expect(isOwnPage({ url, parent: null })).toBe(false);
  });

  test('from a frame inside our page, nor from one that is gone', () => {
    expect(isOwnPage({ url: 'casebook://app/index.html', parent: {} })).toBe(false);
    expect(isOwnPage({ url: 'casebook://app/index.html', parent: undefined })).toBe(false);
    expect(isOwnPage(null)).toBe(false);
  });
});
