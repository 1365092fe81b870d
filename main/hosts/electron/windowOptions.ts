import type { BrowserWindowConstructorOptions } from 'electron';

/**
 * The one window's options, frozen: sandboxed, isolated, without Node, without webviews.
 * The title bar is drawn by the window itself, as ui.md §2 has it.
 * @see Electron, "Security", items 2 to 12
 */
export const windowOptions = (preload: string): Readonly<BrowserWindowConstructorOptions> =>
  Object.freeze({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    frame: false,
    show: false,
    title: 'Casebook',
    backgroundColor: '#101316',
    webPreferences: Object.freeze({
      preload,
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
    }),
  });
