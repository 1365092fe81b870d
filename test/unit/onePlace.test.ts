import { Visitor } from 'oxc-parser';
import type { Node } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { codeIn, lineAt, parse, read } from './sourceFiles';

/** What is dangerous, and the one file that may do it. Nobody may where none is named. */
const ONE_PLACE: Readonly<Record<string, readonly string[]>> = {
  'new BrowserWindow': ['main/hosts/electron/createWindow.ts'],
  'new BrowserView': [],
  'new WebContentsView': [],
  '<webview>': [],
  '<iframe>': [],
  '.handle': ['main/hosts/electron/electron.ts'],
  'ipcMain.on': [],
  openExternal: ['main/hosts/electron/electron.ts'],
  openPath: [],
  loadURL: ['main/hosts/electron/createWindow.ts'],
  loadFile: [],
  executeJavaScript: [],
  insertCSS: [],
  appendSwitch: [],
  exposeInMainWorld: ['preload/preload.ts'],
  ipcRenderer: ['preload/preload.ts'],
  'window.open': ['renderer/views/Terminal/LinkDialog.tsx'],
  innerHTML: [],
  outerHTML: [],
  insertAdjacentHTML: [],
  'document.write': [],
  createContextualFragment: [],
  dangerouslySetInnerHTML: [],
  eval: [],
  'new Function': [],
  'a timer with text': [],
  'unsafe-eval': [],
  execSync: [],
  'shell: true': [],
};

const WITHIN = (file: string) => ['main', 'preload', 'renderer'].some((folder) => file.startsWith(`${folder}/`));
const FILES = codeIn('main', 'preload', 'renderer').filter((file) => WITHIN(file) && !file.endsWith('.config.mts'));

/** The dotted name of what is called or read: `a.b.c`, as far as it is written plainly. */
function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'ThisExpression') return 'this';
  if (
    node.type === 'ParenthesizedExpression' ||
    node.type === 'TSAsExpression' ||
    node.type === 'TSNonNullExpression' ||
    node.type === 'ChainExpression'
  )
    return nameOf(node.expression);
  if (node.type !== 'MemberExpression') return '';
  const property = node.computed ? (node.property.type === 'Literal' ? String(node.property.value) : '') : nameOf(node.property);
  return `${nameOf(node.object)}.${property}`;
}

const MEMBERS = [
  'openExternal',
  'openPath',
  'loadURL',
  'loadFile',
  'executeJavaScript',
  'insertCSS',
  'appendSwitch',
  'exposeInMainWorld',
  'innerHTML',
  'outerHTML',
  'insertAdjacentHTML',
  'createContextualFragment',
  'dangerouslySetInnerHTML',
  'execSync',
];

/** What of the table a piece of code does, as `file:line what`. */
function findDangers(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const report = (what: string, { start }: { readonly start: number }) => {
    if (!ONE_PLACE[what]?.includes(file)) found.push(`${file}:${lineAt(text, start)} ${what}`);
  };
  new Visitor({
    NewExpression: (node) => {
      const made = nameOf(node.callee).split('.').at(-1) ?? '';
      if (['BrowserWindow', 'BrowserView', 'WebContentsView', 'Function'].includes(made)) report(`new ${made}`, node);
    },
    CallExpression: (node) => {
      const called = nameOf(node.callee);
      const [first] = node.arguments;
      const last = called.split('.').at(-1) ?? '';
      if (/(^|\.)ipcMain\.(on|once|addListener)$/.test(called)) report('ipcMain.on', node);
      if (/(^|\.)ipcMain\.(handle|handleOnce)$/.test(called) || /(^|\.)ipc\.(handle|on)$/.test(called)) report('.handle', node);
      if (last === 'eval') report('eval', node);
      if (last === 'Function') report('new Function', node);
      if (called === 'document.write' || called === 'document.writeln') report('document.write', node);
      if (/^(?:window|globalThis|self)\.open$/.test(called)) report('window.open', node);
      if ((last === 'setTimeout' || last === 'setInterval') && first && (first.type === 'Literal' || first.type === 'TemplateLiteral'))
        report('a timer with text', node);
    },
    MemberExpression: (node) => {
      const last = nameOf(node).split('.').at(-1) ?? '';
      if (MEMBERS.includes(last)) report(last, node);
    },
    Identifier: (node) => node.name === 'ipcRenderer' && report('ipcRenderer', node),
    JSXAttribute: (node) =>
      node.name.type === 'JSXIdentifier' && node.name.name === 'dangerouslySetInnerHTML' && report('dangerouslySetInnerHTML', node),
    JSXOpeningElement: (node) => {
      const element = node.name.type === 'JSXIdentifier' ? node.name.name : '';
      if (element === 'iframe' || element === 'webview') report(`<${element}>`, node);
    },
    Property: (node) => {
      if (node.key.type === 'Identifier' && node.key.name === 'shell' && node.value.type === 'Literal' && node.value.value === true)
        report('shell: true', node);
    },
    Literal: (node) => typeof node.value === 'string' && node.value.includes('unsafe-eval') && report('unsafe-eval', node),
  }).visit(parse(file, text).program);
  return found;
}

test('what is dangerous is done in one place each, or nowhere', () => {
  expect(FILES.flatMap((file) => findDangers(file, read(file)))).toEqual([]);
});

test('every place that may do it does it: a list that nobody keeps is no list', () => {
  const places = Object.entries(ONE_PLACE).flatMap(([what, files]) => files.map((file) => [what, file] as const));
  const idle = places.filter(([what, file]) => {
    const text = read(file);
    const [elsewhere] = [file.replace(/\.(tsx?)$/, 'X.$1')];
    return !findDangers(elsewhere, text).some((line) => line.endsWith(` ${what}`));
  });
  expect(idle).toEqual([]);
});

describe('planted, it is found', () => {
  test.each([
    ['new BrowserWindow', 'new BrowserWindow({});'],
    ['new BrowserWindow', 'new electron.BrowserWindow({});'],
    ['new WebContentsView', 'new WebContentsView();'],
    ['.handle', "ipcMain.handle('x', f);"],
    ['ipcMain.on', "electron.ipcMain.on('x', f);"],
    ['openExternal', 'shell.openExternal(url);'],
    ['openExternal', "shell['openExternal'](url);"],
    ['openPath', 'shell.openPath(path);'],
    ['loadURL', 'window.loadURL(url);'],
    ['loadURL', 'window?.loadURL(url);'],
    ['executeJavaScript', 'contents.executeJavaScript(text);'],
    ['exposeInMainWorld', "contextBridge.exposeInMainWorld('x', y);"],
    ['ipcRenderer', "import { ipcRenderer } from 'electron';"],
    ['innerHTML', 'element.innerHTML = text;'],
    ['innerHTML', "element['innerHTML'] = text;"],
    ['insertAdjacentHTML', "element.insertAdjacentHTML('beforeend', text);"],
    ['document.write', 'document.write(text);'],
    ['dangerouslySetInnerHTML', 'const a = <p dangerouslySetInnerHTML={{ __html: text }} />;'],
    ['<iframe>', 'const a = <iframe src={url} />;'],
    ['window.open', 'window.open(url);'],
    ['eval', 'eval(text);'],
    ['eval', 'globalThis.eval(text);'],
    ['new Function', 'new Function(text)();'],
    ['new Function', 'Function(text)();'],
    ['a timer with text', "window['setTimeout']('f()', 1);"],
    ['unsafe-eval', `const csp = "script-src 'self' 'unsafe-eval'";`],
    ['shell: true', "spawn('x', [], { shell: true });"],
    ['execSync', 'child.execSync(text);'],
  ])('%s in %s', (what, text) => {
    expect(findDangers('renderer/planted.tsx', text)).toContain(`renderer/planted.tsx:1 ${what}`);
  });
});

test('the preload shows the window two functions, and nothing of Electron', () => {
  const text = read('preload/preload.ts');
  expect([...text.matchAll(/exposeInMainWorld\('(\w+)', (\w+)\)/g)].map(([, name, what]) => [name, what])).toEqual([
    ['casebook', 'bridge'],
  ]);
  expect([...text.matchAll(/from '(electron|node:[^']*)'/g)].map(([, from]) => from)).toEqual(['electron', 'electron']);
  expect([...text.matchAll(/ipcRenderer\.(\w+)\('?([\w:]*)/g)].map(([, method, channel]) => `${method} ${channel}`)).toEqual([
    'invoke casebook:request',
    'on casebook:event',
    'off casebook:event',
  ]);
});

test('the sandbox is switched off for root’s tests only, and nowhere in the product', () => {
  expect(FILES.filter((file) => /no-sandbox|disable-web-security|remote-debugging|commandLine/.test(read(file)))).toEqual([]);
});
