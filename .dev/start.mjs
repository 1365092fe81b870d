import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { endAll, findCommand, run, start } from './child.mjs';
import { findElectron } from './electronRuntime.mjs';
import { install } from './install.mjs';
import { ROOT } from './tree.mjs';

const ADDRESS = /http:\/\/localhost:\d+\/#t=[\w-]+/;

/** Whether a window can be shown on this machine's screen. */
const hasDisplay = () => ['win32', 'darwin'].includes(process.platform) || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

const isRoot = () => process.getuid?.() === 0;

/**
 * The Electron to open the workbench in, or why it opens in a browser. The stand-in of the tests is too old to use.
 *
 * @returns `{ path }` or `{ note }`, a sentence for the person
 */
async function chooseWindow() {
  if (isRoot())
    return { note: 'This is the root account, where the desktop window cannot protect itself, so Casebook opens in a browser.' };
  if (!hasDisplay()) return { note: 'No display was found for the desktop window, so Casebook opens in a browser.' };
  const electron = await findElectron({ standIn: false });
  return electron.path ? electron : { note: `${electron.missing} So Casebook opens in a browser.` };
}

/** Resolves with the exit code when the person has closed Casebook. */
const ended = (child) =>
  new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(127);
    });
    child.once('close', (code) => resolve(code ?? 1));
  });

/** Serves the workbench; the address goes to the terminal, and to the default browser where there is one. */
async function openInBrowser(note, args) {
  console.log(note);
  const child = start(process.execPath, [join(ROOT, 'dist/main/web.cjs'), '--note', note, ...args], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  const opened = [];
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (piece) => {
    process.stdout.write(piece);
    if (opened.length > 0 || isRoot() || !hasDisplay()) return;
    printed += piece;
    const [address] = ADDRESS.exec(printed) ?? [];
    // The match must be whole: something has to follow the token.
    if (address && printed.length > printed.indexOf(address) + address.length) opened.push(openDefaultBrowser(address));
  });
  const code = await ended(child);
  for (const folder of await Promise.all(opened)) rmSync(folder, { recursive: true, force: true });
  return code;
}

/**
 * Opens the address by way of a small file that only this person can read: on a command line, the token would be there
 * for every user of the machine. A browser in a snap cannot read such a file; there the printed address must do.
 *
 * @returns the folder to delete in the end
 */
async function openDefaultBrowser(address) {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-'));
  const page = join(folder, 'open.html');
  writeFileSync(page, `<!doctype html><title>Casebook</title><script>location.replace(${JSON.stringify(address)})</script>\n`, {
    mode: 0o600,
  });
  if (process.platform === 'win32') await run('explorer.exe', [page]);
  else if (process.platform === 'darwin') await run('open', [page]);
  else if (findCommand('xdg-open') && !(await browserIsSnap())) await run('xdg-open', [page]);
  return folder;
}

/** A snap's desktop file is named `snap_app.desktop`. */
const browserIsSnap = async () => /^\w+_\w+\.desktop$/.test((await run('xdg-settings', ['get', 'default-web-browser'])).output);

try {
  await install();
  await build();
  const args = process.argv.slice(2);
  const choice = await chooseWindow();
  process.exitCode = choice.path ? await ended(start(choice.path, [ROOT, ...args])) : await openInBrowser(choice.note, args);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
  endAll();
}
