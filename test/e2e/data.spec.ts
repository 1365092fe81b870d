import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, PROGRAMS, test } from './host';
import type { Workbench } from './host';
import { clipboardText, launch, shows, stoppedAt, type, variable } from './session';

const lineOf = (text: string) =>
  readFileSync(join(PROGRAMS, 'training.py'), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

/** Runs the training job to a line by the console, as one who knows pdb does. */
async function runTo(workbench: Workbench, text: string): Promise<void> {
  await launch(workbench, { program: 'training.py', interpreter: '/usr/bin/python3' });
  await stoppedAt(workbench, 'training.py:1');
  await shows(workbench, 'console', '(Pdb)');
  await type(workbench, 'console', `tbreak ${lineOf(text)}\ncontinue\n`);
  await stoppedAt(workbench, `training.py:${lineOf(text)}`);
}

const open = async (workbench: Workbench, name: string): Promise<void> => {
  const row = variable(workbench, name);
  await row.scrollIntoViewIfNeeded();
  await row.click({ button: 'right' });
  await workbench.page.getByRole('menuitem', { name: 'Open data view' }).click();
};
/** In a pane that is too narrow for both, cells and figures are chosen between. */
const choose = (workbench: Workbench, side: 'Cells' | 'Figures') => view(workbench).getByText(side, { exact: true }).click();
/** Types a line into the console, which the data view lies over. */
async function say(workbench: Workbench, line: string): Promise<void> {
  await workbench.page.keyboard.press('Control+`');
  await expect(workbench.page.getByTestId('terminal-console')).toBeVisible();
  await type(workbench, 'console', line);
  await workbench.page.locator('.panel-tab', { hasText: 'Data' }).click();
}
const view = ({ page }: Workbench) => page.getByTestId('data');
const cells = (workbench: Workbench) =>
  view(workbench)
    .getByRole('grid', { name: /^Cells of / })
    .getByRole('gridcell');

test('an array is opened from its row: figures, a slice of more dimensions, cells by keyboard', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, '# stop at features');
  await open(workbench, 'cube');
  await expect(view(workbench)).toContainText('4 × 30 × 50');
  await expect(view(workbench)).toContainText('float32');
  await choose(workbench, 'Figures');
  const figures = view(workbench).getByRole('complementary', { name: 'Figures' });
  await expect(figures).toContainText('5999.0');
  await expect(figures.getByRole('img', { name: /^Histogram\. 32 steps from 0\.0 to 5999\.0, of 6,000 elements/ })).toBeVisible();
  await expect(figures.getByRole('img', { name: /^Heat map\. Means of 30 by 32 blocks/ })).toBeVisible();
  await choose(workbench, 'Cells');
  await expect(cells(workbench).first()).toHaveText('0.0');

  await view(workbench).getByRole('textbox', { name: 'Dimension 0' }).fill('2');
  await page.keyboard.press('Enter');
  await expect(cells(workbench).first()).toHaveText('3000.0');
  const grid = view(workbench).getByRole('grid', { name: 'Cells of cube' });
  await grid.focus();
  await page.keyboard.press('Control+End');
  await expect(cells(workbench).last()).toHaveText('4499.0');
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Copied 1 row.')).toBeVisible();
  expect(await clipboardText(workbench)).toBe('4499.0');
});

test('a table is sorted by its header, filtered by a column, and copied as CSV and JSON', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, '# stop at features');
  await open(workbench, 'steps');
  await expect(view(workbench)).toContainText('399 rows, 3 columns');
  const header = view(workbench).getByRole('columnheader', { name: 'loss' });
  await header.click();
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  await expect(cells(workbench).nth(0)).toHaveText('399');
  await header.click();
  await expect(cells(workbench).nth(0)).toHaveText('1');

  await view(workbench).getByRole('textbox', { name: 'Filter rows' }).fill('number <= 2');
  await page.keyboard.press('Enter');
  await expect(view(workbench)).toContainText('2 of 399 rows');
  await view(workbench).getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Copy all as CSV' }).click();
  await expect(page.getByText('Copied 2 rows.')).toBeVisible();
  expect(await clipboardText(workbench)).toBe(',number,loss,note\r\n0,1,1.0,warm\r\n1,2,0.5,warm');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await view(workbench).getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Copy all as JSON' }).click();
  await expect(page.getByText('Copied 2 rows.')).toBeVisible();
  expect(JSON.parse(await clipboardText(workbench))).toEqual([
    { number: 1, loss: 1, note: 'warm' },
    { number: 2, loss: 0.5, note: 'warm' },
  ]);

  await view(workbench).getByRole('textbox', { name: 'Filter rows' }).fill('lost > 2');
  await page.keyboard.press('Enter');
  await expect(view(workbench).getByRole('alert')).toContainText('There is no column lost. Columns are number, loss, note.');
});

test('the view follows its value from stop to stop, says when it is gone, and shows another by its name', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, '# stop at features');
  await open(workbench, 'pairs');
  await expect(cells(workbench).first()).toHaveText('tea');
  await say(workbench, 'pairs.insert(0, ("apple", 1))\n');
  await expect(view(workbench)).toContainText('4 rows');
  await expect(cells(workbench).first()).toHaveText('apple');
  await say(workbench, 'return\nnext\n');
  await expect(view(workbench)).toContainText('features, whose variable this is, is not on the stack.');
  await expect(view(workbench)).toContainText('As of stop');
  await expect(cells(workbench).first()).toHaveText('apple');

  const name = view(workbench).getByRole('textbox', { name: 'Value to show' });
  await name.fill('np.pi');
  await page.keyboard.press('Enter');
  await expect(view(workbench)).toContainText('which has no data view');
});

test('a DataFrame shows its columns, and the distribution of the one that is chosen', async ({ workbench }) => {
  await runTo(workbench, '# stop at tables');
  await open(workbench, 'orders');
  await choose(workbench, 'Figures');
  const columns = view(workbench).getByRole('grid', { name: 'Columns' });
  await expect(columns.getByRole('row', { name: 'unit price' })).toContainText('1 missing');
  await columns.getByRole('row', { name: 'unit price' }).click();
  await expect(view(workbench).getByRole('img', { name: /^Histogram\. 32 steps from 1\.0\d+ to 20\.0/ })).toBeVisible();
  await choose(workbench, 'Cells');
  await expect(cells(workbench).nth(1)).toHaveText('NaN');
});

test('a file in memory is read only when that is asked for', async ({ workbench }) => {
  await runTo(workbench, '# stop at features');
  await open(workbench, 'mapped');
  await expect(view(workbench)).toContainText('its figures are read only on request');
  await expect(cells(workbench).first()).toHaveText('0.0');
  await view(workbench).getByRole('button', { name: 'Read for up to 10 s' }).click();
  await choose(workbench, 'Figures');
  await expect(view(workbench).getByRole('complementary', { name: 'Figures' })).toContainText('all 100,000');
});

test('a search that is too long for the usual time is refused, may take longer, and is cancelled', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, '# stop at features');
  await open(workbench, 'large');
  await view(workbench).getByRole('textbox', { name: 'Filter rows' }).fill('nowhere');
  await page.keyboard.press('Enter');
  const alert = view(workbench).getByRole('alert');
  await expect(alert).toContainText('0 of 20,000 rows were looked at in 50 ms, which is all the time allowed.');
  await alert.getByRole('button', { name: 'Allow 10 s' }).click();
  await view(workbench).getByRole('button', { name: 'Cancel' }).click();
  await expect(alert).toContainText('rows were looked at before it was cancelled.');
});

test('bytes are shown as hex and text, by the row', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, '# stop at features');
  await open(workbench, 'header');
  const bytes = view(workbench).getByRole('textbox', { name: 'Bytes' });
  await expect(bytes).toContainText('00000040  40 41 42 43 44 45 46 47  48 49 4a 4b 4c 4d 4e 4f   @ABCDEFGHIJKLMNO');
  await bytes.focus();
  await page.keyboard.press('End');
  await expect(bytes).toContainText('00012bf0');
});
