import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './host';
import { launch, stoppedAt } from './session';

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
