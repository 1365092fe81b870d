import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, PROGRAMS, test } from './host';
import { clickMargin, launch, shows, stoppedAt, type, variable } from './session';

/** Where the pictures of the papers lie; made here and nowhere else. */
const PICTURES = join(__dirname, 'screenshots');

const THEMES = [
  { name: 'dark', command: 'Theme: dark' },
  { name: 'light', command: 'Theme: light' },
  { name: 'hc', command: 'Theme: high contrast' },
] as const;

async function choose(page: Page, command: string): Promise<void> {
  await page.getByRole('button', { name: 'Search commands' }).click();
  await page.getByRole('searchbox', { name: 'Command' }).fill(command);
  await page.getByRole('menuitem', { name: command }).click();
  await expect(page.getByRole('searchbox', { name: 'Command' })).toHaveCount(0);
}

/** Settles once the source is laid out in its new size and each line's number stands beside it; looked at frame by frame. */
const numbersBesideLines = (page: Page): Promise<void> =>
  page.getByTestId('source').evaluate(
    (source) =>
      new Promise<void>((done) => {
        const topOf = (kind: string, text: string) =>
          [...source.querySelectorAll(kind)].find((line) => line.textContent?.includes(text))?.getBoundingClientRect().y;
        const look = () => {
          const isLaidOut = source.querySelector('.monaco-editor')?.clientWidth === source.clientWidth;
          const number = topOf('.line-numbers', '19');
          if (isLaidOut && number !== undefined && number === topOf('.view-line', 'discount(order.total)')) done();
          else requestAnimationFrame(look);
        };
        look();
      }),
  );

test('the window is drawn in every theme and size', async ({ workbench }, info) => {
  const { page } = workbench;
  const folder = await mkdtemp(join(tmpdir(), 'shop-'));
  const program = join(folder, 'orders.py');
  await copyFile(join(PROGRAMS, 'orders.py'), program);
  const save = async (name: string) => {
    // The desktop's own picture is the same window; one set is enough for the papers.
    if (info.project.name === 'web') await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled', caret: 'hide' });
  };

  await save('start-empty-dark');
  await launch(workbench, { program, args: '--limit 8 "two words"' });
  await stoppedAt(workbench, 'orders.py:1');
  await clickMargin(workbench, 19);
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'orders.py:19');
  await page.keyboard.press('F10');
  await stoppedAt(workbench, 'orders.py:18');
  await page.keyboard.press('F10');
  await stoppedAt(workbench, 'orders.py:19');
  await shows(workbench, 'program', 'orders: 5');
  await variable(workbench, 'order').getByRole('button').click();
  await expect(variable(workbench, 'number')).toBeVisible();
  for (const theme of THEMES) {
    await choose(page, theme.command);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme.name);
    await save(`session-${theme.name}`);
  }
  await choose(page, 'Theme: dark');
  await page.keyboard.press('Control+n');
  await expect(page.getByText('It stops at the first line')).toBeVisible();
  await save('launch-dark');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await save('start-dark');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await save('settings-dark');
  if (info.project.name === 'web') {
    await page.setViewportSize({ width: 1100, height: 720 });
    await page.getByRole('button', { name: 'Debug', exact: true }).click();
    await page.getByRole('tab', { name: /orders\.py/ }).click();
    await expect(page.getByTestId('source')).toContainText('total += discount');
    await numbersBesideLines(page);
    await save('session-1100x720-dark');
  }
  await rm(folder, { recursive: true });
});

test('the exception, the data and the process are drawn beside the source', async ({ workbench }, info) => {
  const { page } = workbench;
  const save = async (name: string) => {
    if (info.project.name === 'web') await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled', caret: 'hide' });
  };
  const show = (pane: string) => page.locator('.panel-tab', { hasText: pane }).click();
  await choose(page, 'Theme: dark');
  await launch(workbench, { program: 'prices.py', args: 'all', stopOnEntry: false });
  await stoppedAt(workbench, 'prices.py:51');
  await show('Exception');
  await page.getByRole('treegrid', { name: 'Exception' }).getByRole('row', { name: 'price prices.py:33' }).click();
  await expect(page.getByRole('treegrid', { name: 'Exception' })).toContainText("'spelt'");
  await save('exception-dark');

  await page.keyboard.press('Control+n');
  await launch(workbench, { program: 'training.py', args: '' });
  await stoppedAt(workbench, 'training.py:1');
  await shows(workbench, 'console', '(Pdb)');
  await type(workbench, 'console', 'tbreak 88\ncontinue\n');
  await stoppedAt(workbench, 'training.py:88');
  await show('Data');
  await page.getByRole('textbox', { name: 'Value to show' }).fill('cube');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Cells of cube' })).toBeVisible();
  await page.locator('.panel-tab', { hasText: 'Data' }).dblclick();
  await expect(page.getByRole('img', { name: /^Histogram/ })).toBeVisible();
  await save('data-dark');
  await page.locator('.panel-tab', { hasText: 'Data' }).dblclick();

  await show('Process');
  await page.getByRole('tab', { name: 'Open files' }).click();
  await page.getByRole('button', { name: 'Read open files' }).click();
  await expect(page.getByRole('grid', { name: 'Open files' })).toBeVisible();
  await save('process-dark');
});
