import type { BrowserWindow, Session } from 'electron';
import { windowOptions } from './windowOptions';

/** The window's own page, on the app's own scheme. */
export const PAGE = 'casebook://app/index.html';
const OWN = 'casebook://app/';

/** What of Electron a window needs; tests give a recording stand-in. */
export interface WindowMaker {
  readonly BrowserWindow: new (options: ReturnType<typeof windowOptions>) => BrowserWindow;
}

/** Makes the window and shuts every way out of its page: no navigation, no new window, no webview, no permission but writing the clipboard. */
export function createWindow(electron: WindowMaker, preload: string): BrowserWindow {
  const window = new electron.BrowserWindow(windowOptions(preload));
  const { webContents } = window;
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-redirect', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  denyPermissions(webContents.session);
  // The first picture may never be told where there is no graphics card; a page that has loaded is shown all the same.
  let shown = false;
  const show = () => {
    if (!shown) window.show();
    shown = true;
  };
  window.once('ready-to-show', show);
  webContents.once('did-finish-load', show);
  void window.loadURL(PAGE);
  return window;
}

function denyPermissions(session: Session): void {
  const allowed = (permission: string) => permission === 'clipboard-sanitized-write';
  session.setPermissionRequestHandler((_, permission, answer) => answer(allowed(permission)));
  session.setPermissionCheckHandler((_, permission) => allowed(permission));
  session.setDevicePermissionHandler(() => false);
}

/** Whether a message comes from the top frame of our own page. */
export const isOwnPage = (frame: { readonly url: string; readonly parent: unknown } | null): boolean =>
  frame !== null && frame.parent === null && frame.url.startsWith(OWN);
