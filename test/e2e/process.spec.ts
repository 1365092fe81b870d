import type { Page } from '@playwright/test';
import { expect, test } from './host';
import { clickMargin, clipboardText, launch, stoppedAt } from './session';
import type { Workbench } from './host';

const cells = (page: Page, table: string, column: number) =>
  page.getByRole('grid', { name: table }).locator(`tbody tr:not(.below) > :nth-child(${column})`);

/** Stops a program at a line by a breakpoint, and shows the Process view. */
async function inspect(workbench: Workbench, program: string, line: number): Promise<Page> {
  const { page } = workbench;
  await launch(workbench, { program });
  await stoppedAt(workbench, `${program}:1`);
  await page.getByTestId('source').locator('.view-line').first().click();
  await page.keyboard.press('Control+g');
  await page.keyboard.type(`${line}`);
  await page.keyboard.press('Enter');
  await clickMargin(workbench, line);
  await page.keyboard.press('F5');
  await stoppedAt(workbench, `${program}:${line}`);
  await page.locator('.panel-tab', { hasText: 'Process' }).click();
  return page;
}

test('nothing is read of a process until it is asked for; then its tasks open to what they wait for, and open the source', async ({
  workbench,
}) => {
  const page = await inspect(workbench, 'harbour.py', 112);
  await expect(page.getByText("Runs none of the program's code.")).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Tasks' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Read tasks' }).click();
  await expect(page.getByText(/Read at \d\d:\d\d:\d\d, took/)).toBeVisible();
  await expect(cells(page, 'Tasks', 1)).toContainText(['Task-1', 'anna', 'berta', 'clerk']);
  const berta = page.getByRole('row', { name: 'berta' });
  await expect(berta).toContainText('Semaphore.acquire');
  await berta.click();
  const moor = page.getByRole('row', { name: /moor/ });
  await expect(moor).toContainText('harbour.py:20');
  await moor.click();
  await expect(page.locator('.status')).toContainText('Ln 20');

  await page.getByRole('columnheader', { name: 'Task' }).click();
  await page.getByRole('columnheader', { name: 'Task' }).click();
  await expect(cells(page, 'Tasks', 1).first()).toHaveText(/weigh/);
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  const copied = await clipboardText(workbench);
  expect(copied).toMatch(/^Task\tState\tWaits for\tStands at\tCoroutine\n/);
  expect(copied).toMatch(/\nberta\twaiting\tSemaphore\.acquire\t.*\n {4}Office\.moor\t/);
});

test('open files are read by keys, sorted by a column, and stale once the program has moved', async ({ workbench }) => {
  const page = await inspect(workbench, 'harbour.py', 112);
  await page.getByRole('tab', { name: 'Tasks' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Read open files' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Open files' })).toContainText('listens');
  await page.getByRole('columnheader', { name: 'Kind' }).click();
  await expect(cells(page, 'Open files', 2).first()).toHaveText('file');
  await expect(page.locator('.process').getByText('Stale')).toHaveCount(0);
  await page.keyboard.press('F10');
  await stoppedAt(workbench, 'harbour.py:113');
  await expect(page.locator('.process').getByText('Stale')).toBeVisible();
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.locator('.process').getByText('Stale')).toHaveCount(0);
});

test('tracing allocations is said to cost, names the line that holds most, and can be ended', async ({ workbench }) => {
  const page = await inspect(workbench, 'store.py', 21);
  await page.getByRole('tab', { name: 'Memory' }).click();
  await page.getByRole('button', { name: 'Read memory' }).click();
  await expect(page.getByText(/MB in memory, at most .* allocations are not traced/)).toBeVisible();
  await expect(page.getByText('that makes them about 2.6 times slower until it is switched off')).toBeVisible();
  await page.getByRole('button', { name: 'Trace allocations' }).click();
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'store.py:21');
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByRole('row', { name: 'store.py:10' })).toContainText(/1\d\d,\d\d\d$/);
  await page.getByRole('row', { name: 'store.py:10' }).click();
  await expect(page.locator('.status')).toContainText('Ln 10');
  await page.getByRole('button', { name: 'Stop tracing' }).click();
  await expect(page.getByRole('button', { name: 'Trace allocations' })).toBeVisible();
});

test('the collector tells its counters and the most frequent types', async ({ workbench }) => {
  const page = await inspect(workbench, 'store.py', 21);
  await page.getByRole('tab', { name: 'Collector' }).click();
  await page.getByRole('button', { name: 'Read the collector' }).click();
  await expect(page.getByText(/objects tracked · generation 0:/)).toBeVisible();
  await expect(page.getByRole('row', { name: '__main__.Crate' })).toContainText('2,000');
});
