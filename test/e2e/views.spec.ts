import { expect, test } from './host';
import { clickMargin, launch, looksAt, shows, sourceLine, stoppedAt, type, variable } from './session';

const rows = (page: import('@playwright/test').Page) => page.getByRole('grid', { name: 'Breakpoints' }).getByRole('row');

test('rows have menus: a value is copied, a frame is chosen, a breakpoint is removed', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await clickMargin(workbench, 11);
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'orders.py:11');

  await variable(workbench, 'total').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy value' }).click();
  await expect(page.getByText('Copied total.')).toBeVisible();

  await page.getByRole('option', { name: /add_up/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Go to this frame' }).click();
  await looksAt(workbench, 'orders.py:19');

  await rows(page).first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Switch off' }).click();
  await expect(page.locator('.brow .mark-disabled')).toBeVisible();
  await rows(page).first().focus();
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveCount(0);
});

test('every session shows its own source, and a key acts on the file that is shown', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await sourceLine(workbench, 'return total * 0.9').click();
  await page.keyboard.press('Control+n');
  await launch(workbench, { program: 'till.py' });
  await stoppedAt(workbench, 'till.py:1');
  await expect(page.getByTestId('source')).toContainText('A till that counts');
  await page.keyboard.press('F9');
  await expect(rows(page)).toHaveCount(0);
  await page.getByRole('tab', { name: /orders\.py/ }).click();
  await expect(page.getByTestId('source')).toContainText('class Order');
});

test('what a session showed is there again after a visit elsewhere, also when it has ended', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await page.keyboard.press('F10');
  await stoppedAt(workbench, 'orders.py:4');
  await page.keyboard.press('Shift+F5');
  await expect(page.locator('.stop.ended')).toContainText('SIGTERM');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Debug', exact: true }).click();
  await expect(page.getByTestId('source')).toContainText('class Order');
  await expect(variable(workbench, '__name__')).toBeVisible();
  await expect(page.getByRole('listbox', { name: 'Stack' })).toContainText('<module>');
});

test('a breakpoint that pdb refuses stays, with its reason, at the next launch', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await clickMargin(workbench, 20);
  await expect(rows(page)).toContainText('No code on this line');
  await page.keyboard.press('Control+Shift+F5');
  await expect(page.getByRole('tab', { name: /B.*Stopped/ })).toBeVisible();
  await expect(rows(page)).toContainText('No code on this line');
});

test('the palette opens by key, finds, gives the reason for what cannot be, and one Escape closes it', async ({ workbench }) => {
  const { page } = workbench;
  await page.keyboard.press('Control+Shift+P');
  const field = page.getByRole('searchbox', { name: 'Command' });
  await field.fill('next');
  await expect(page.getByRole('menuitem').filter({ hasText: 'NextNo session' })).toBeVisible();
  await page.keyboard.press('Control+Shift+P');
  await expect(field).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
});

test('one setting is changed and the others stay, by keyboard alone', async ({ workbench }) => {
  const { page } = workbench;
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Light', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  const size = page.getByRole('slider', { name: 'Source text' });
  await size.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('14 px')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('15 px')).toBeVisible();
  await expect(size).toBeFocused();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText('15 px')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
});

test('a large value is opened by ranges', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await shows(workbench, 'console', '(Pdb)');
  await type(workbench, 'console', 'numbers = list(range(1000000))\n');
  await expect(variable(workbench, 'numbers')).toContainText('list');
  await variable(workbench, 'numbers').getByRole('button').click();
  const range = page.getByRole('row', { name: /^990,000-999,999/ });
  await range.scrollIntoViewIfNeeded();
  await range.getByRole('button').click();
  const last = page.getByRole('row', { name: /^999,900-999,999/ });
  await last.scrollIntoViewIfNeeded();
  await last.getByRole('button').click();
  await expect(variable(workbench, '999999')).toContainText('999999');
});

test('terminals are drawn by WebGL where there is a graphics card, and by the page where there is none', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await shows(workbench, 'console', '(Pdb)');
  await expect(page.getByTestId('terminal-console').locator('.screen')).toHaveAttribute('data-renderer', 'dom');
  // This machine draws on its processor; its driver is made to say otherwise.
  await page.addInitScript(() => {
    const own = WebGL2RenderingContext.prototype.getParameter;
    WebGL2RenderingContext.prototype.getParameter = function (this: WebGL2RenderingContext, name: number) {
      return name === 0x9246 ? 'A Graphics Card' : own.call(this, name);
    };
  });
  await page.reload();
  await shows(workbench, 'console', '(Pdb)');
  await expect(page.getByTestId('terminal-console').locator('.screen')).toHaveAttribute('data-renderer', 'webgl');
  await type(workbench, 'console', 'p 6*7\n');
  await shows(workbench, 'console', /\n42\n/);
});
