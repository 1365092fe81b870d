import { app, BrowserWindow, ipcMain, Menu, protocol, screen, shell } from 'electron';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { createApp } from '../../app';
import type { App } from '../../app';
import { answer } from '../answer';
import { environmentOf, foldersOf } from '../folders';
import { staticFile } from '../staticFiles';
import { createWindow, isOwnPage } from './createWindow';
import { menuTemplate } from './menu';
import { keepPlace, openWindowPlace } from './windowPlace';

/** Real files that Python reads lie beside the archive, not in it. */
const unpacked = (path: string): string => path.replace(`app.asar`, 'app.asar.unpacked');

protocol.registerSchemesAsPrivileged([{ scheme: 'casebook', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

async function main(): Promise<void> {
  const folders = foldersOf(process.env, process.platform);
  app.setPath('userData', join(folders.configFolder, 'window'));
  await app.whenReady();
  serveWindow();
  const workbench = await createApp({
    version,
    host: 'electron',
    note: '',
    home: homedir(),
    env: environmentOf(process.env),
    ...folders,
    probe: unpacked(join(__dirname, '..', 'probes', 'casebook_pdb.py')),
    channel: process.env['CASEBOOK_PDB_CHANNEL'] === 'osc' ? 'osc' : 'socket',
    openLink: (url) => shell.openExternal(url),
    actOnWindow: async (act, id) => actOn(act, BrowserWindow.fromId(id)),
  });
  answerRequests(workbench);
  const place = await openWindowPlace(join(folders.configFolder, 'window.json'));
  const show = () => keepPlace(open(workbench), place, (near) => screen.getDisplayMatching(near).workArea);
  show();
  app.on('activate', () => {
    if (!BrowserWindow.getAllWindows().length) show();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void workbench.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}

function serveWindow(): void {
  const folder = join(__dirname, '..', 'renderer');
  protocol.handle('casebook', async (request) => {
    const url = new URL(request.url);
    const file = url.host === 'app' ? await staticFile(folder, url.pathname) : undefined;
    return file
      ? new Response(new Uint8Array(file.body), { headers: { ...file.headers } })
      : new Response('There is nothing here.', { status: 404 });
  });
}

function answerRequests(workbench: App): void {
  ipcMain.handle('casebook:request', (event, name: unknown, params: unknown) => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!window || !isOwnPage(event.senderFrame)) throw new Error('not the workbench');
    return answer(workbench.handlers, { name, params }, { window: window.id });
  });
}

function open(workbench: App): BrowserWindow {
  const window = createWindow({ BrowserWindow }, join(__dirname, '..', 'preload', 'preload.cjs'));
  const stop = workbench.subscribe(window.id, (event) => {
    if (!window.webContents.isDestroyed()) window.webContents.send('casebook:event', event);
  });
  window.on('closed', stop);
  // A crashed page comes back by itself; the sessions never notice.
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  Menu.setApplicationMenu(
    Menu.buildFromTemplate(
      menuTemplate(process.platform, (command) => window.webContents.send('casebook:event', { type: 'command', command })),
    ),
  );
  return window;
}

function actOn(act: 'minimize' | 'maximize' | 'close' | 'menu', window: BrowserWindow | null): void {
  if (!window) return;
  if (act === 'minimize') window.minimize();
  else if (act === 'close') window.close();
  else if (act === 'menu') Menu.getApplicationMenu()?.popup({ window });
  else if (window.isMaximized()) window.unmaximize();
  else window.maximize();
}

main().catch((error: unknown) => {
  console.error(error);
  app.exit(1);
});
