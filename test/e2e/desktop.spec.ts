import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { within } from '../helpers/within';
import { LAYOUT, seen } from './crashed';
import type { RunScript } from './crashed';
import { expect, test } from './host';
import { launch, shows, stoppedAt } from './session';

test('the native menu has every command, and choosing one is the same as its key', async ({ workbench }) => {
  const { page, app } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  const menus = await app?.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map((item) => item.label));
  expect(menus).toEqual(['File', 'Edit', 'Debug', 'View', 'Help']);
  await app?.evaluate(({ Menu }) => {
    const debug = Menu.getApplicationMenu()?.items.find((item) => item.label === 'Debug');
    debug?.submenu?.items.find((item) => item.label === 'Next')?.click();
  });
  await stoppedAt(workbench, 'orders.py:4');
  await expect(page.getByRole('button', { name: 'Minimize' })).toBeVisible();
});

test('the window’s place is kept when it is closed, and its sessions end with it', async ({ workbench }) => {
  const { page, app, home } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  const pid = Number(/pid (\d+)/.exec(await page.locator('.status').innerText())?.[1]);
  await app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setBounds({ x: 20, y: 30, width: 1111, height: 777 }));
  const closed = app?.waitForEvent('close');
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await closed;
  expect(JSON.parse(await readFile(join(home, 'config', 'window.json'), 'utf8'))).toMatchObject({
    width: 1111,
    height: 777,
    maximized: false,
  });
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('a window that crashed comes back by itself, with its layout and all that was there', async ({ workbench }) => {
  const { page, app } = workbench;
  if (!app) throw new Error('no desktop');
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await page.keyboard.press('F10');
  await stoppedAt(workbench, 'orders.py:4');
  await shows(workbench, 'console', /\(Pdb\) next/);
  const panes = await page.evaluate(LAYOUT);
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const back = new Promise<void>((ready) => contents?.once('did-finish-load', () => ready()));
    contents?.forcefullyCrashRenderer();
    return back;
  });
  const run = runIn(app);
  await within(10_000, 'the window as it was', run(seen('.status', 'stopped at orders.py:4')));
  await within(10_000, 'the console as it was', run(seen('[data-testid=terminal-console] .screen', '(Pdb) next')));
  expect(await run(LAYOUT)).toEqual(panes);
});

/** Playwright takes a page that crashed once for lost, so what came back is asked through the main process. */
const runIn =
  (app: ElectronApplication): RunScript =>
  (script) =>
    app.evaluate(({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code), script);
