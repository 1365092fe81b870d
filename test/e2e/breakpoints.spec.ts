import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileHolds } from '../helpers/fileHolds';
import { expect, PROGRAMS, test } from './host';
import type { Workbench } from './host';
import { clickMargin, launch, shows, sourceLine, stoppedAt, type, variable } from './session';

const rows = ({ page }: Workbench) => page.getByRole('grid', { name: 'Breakpoints' }).getByRole('row');
const row = (workbench: Workbench, text: string | RegExp) => rows(workbench).filter({ hasText: text });
const field = ({ page }: Workbench, name: string) => page.getByRole('textbox', { name, exact: true });

test('a breakpoint stops at a hit, another only logs, and a temporary one goes by itself', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'intake.py' });
  await stoppedAt(workbench, 'intake.py:1');
  await sourceLine(workbench, 'self.total += amount').click();
  await page.keyboard.press('Shift+F9');
  await field(workbench, 'Hit count').fill('>= three');
  await expect(page.getByText('A hit count is a number, after')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Set', exact: true })).toBeDisabled();
  await field(workbench, 'Hit count').fill('>= 3');
  await page.keyboard.press('Enter');
  await expect(row(workbench, 'intake.py:21')).toHaveText(/hit >= 3/);

  await sourceLine(workbench, 'return amount').click();
  await page.keyboard.press('Shift+F9');
  await field(workbench, 'Log message').fill('booked {order["number"]} at {amount}');
  await page.keyboard.press('Enter');
  await expect(page.locator('.mark-log').first()).toBeVisible();

  await sourceLine(workbench, 'amount = float').click();
  await page.keyboard.press('Shift+F9');
  await page.locator('.check', { hasText: 'Once' }).click();
  await page.keyboard.press('Enter');
  await expect(row(workbench, 'intake.py:20').locator('.chip')).toHaveText('once');

  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'intake.py:20');
  await expect(row(workbench, 'intake.py:20')).toHaveCount(0);
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'intake.py:21');
  await expect(variable(workbench, 'amount')).toHaveText(/24\.0/);
  await shows(workbench, 'console', /intake\.py:23: booked 1 at 25\.0[\s\S]*intake\.py:23: booked 2 at 32\.0/);
  await expect(row(workbench, 'intake.py:21')).toHaveText(/3 hits/);
});

test('a function is stopped at by its name, before it is loaded and after', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'intake.py' });
  await stoppedAt(workbench, 'intake.py:1');
  await page.getByRole('button', { name: 'Add a function breakpoint' }).click();
  await field(workbench, 'Function').fill('not a name');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This is no function’s name')).toBeVisible();
  await field(workbench, 'Function').fill('Book.book');
  await field(workbench, 'Condition').last().fill("order['number'] == 2");
  await page.keyboard.press('Enter');
  await expect(row(workbench, 'Book.book()').locator('.mark-unbound')).toBeVisible();
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'intake.py:20');
  await expect(variable(workbench, 'order')).toHaveText(/'number': 2/);
  await expect(row(workbench, 'Book.book()').locator('.mark-condition')).toBeVisible();
  await row(workbench, 'Book.book()').press('Delete');
  await expect(rows(workbench)).toHaveCount(0);
});

test('the program stops where an exception of a chosen type is raised, though it is caught', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'intake.py' });
  await stoppedAt(workbench, 'intake.py:1');
  const exceptions = page.getByRole('group', { name: 'Exceptions' });
  await expect(exceptions.getByRole('checkbox', { name: 'Uncaught exceptions' })).toBeChecked();
  await exceptions.locator('.check', { hasText: 'Raised exceptions' }).click();
  await field(workbench, 'Types of raised exceptions').fill('ValueError');
  await page.keyboard.press('Enter');
  await page.keyboard.press('F5');
  await expect(page.locator('.stop.bad')).toContainText("ValueError: could not convert string to float: 'free'");
  await stoppedAt(workbench, 'intake.py:20');
  await exceptions.locator('.check', { hasText: 'Raised exceptions' }).click();
  await page.keyboard.press('F5');
  await expect(page.locator('.stop.ended')).toBeVisible();
  await shows(workbench, 'program', 'booked 4 refused 2');
});

test('breakpoints move with the text of an edited file, are kept from run to run, and say when they are in doubt', async ({
  workbench,
}) => {
  const { page, home } = workbench;
  const program = join(home, 'intake.py');
  await copyFile(join(PROGRAMS, 'intake.py'), program);
  await launch(workbench, { program });
  await stoppedAt(workbench, 'intake.py:1');
  await clickMargin(workbench, 20);
  await clickMargin(workbench, 22);
  await expect(rows(workbench)).toHaveCount(2);
  // A breakpoint knows its line's text once it is kept.
  await fileHolds(join(home, 'config', 'breakpoints.json'), /"text": "amount = [\s\S]*"text": "self\.booked/);
  const text = await readFile(program, 'utf8');
  await writeFile(program, text.replace('import json', 'import json\nimport os').replace("order['count']\n", "order['count'] * 1.0\n"));
  await page.keyboard.press('Control+Shift+F5');
  await stoppedAt(workbench, 'intake.py:1');
  await expect(row(workbench, 'intake.py:23')).toBeVisible();
  await expect(row(workbench, 'intake.py:20')).toHaveText(/The line was edited since\. It was: amount = float/);
  expect(JSON.parse(await readFile(join(home, 'config', 'breakpoints.json'), 'utf8'))).toMatchObject([
    { line: 20 },
    { line: 23, doubt: '' },
  ]);
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'intake.py:20');
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'intake.py:23');
  await row(workbench, 'intake.py:20').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'This line is right' }).click();
  await expect(row(workbench, 'intake.py:20')).not.toHaveText(/edited/);
});

test('typed and clicked temporary breakpoints, and switching all off, are one table', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'intake.py' });
  await stoppedAt(workbench, 'intake.py:1');
  await shows(workbench, 'console', '(Pdb)');
  await type(workbench, 'console', 'tbreak 28\n');
  await expect(row(workbench, 'intake.py:28').locator('.chip')).toHaveText('once');
  await clickMargin(workbench, 21);
  await page.keyboard.press('F1');
  await page.getByPlaceholder('A command, such as next or theme').fill('switch all breakpoints off');
  await page.keyboard.press('Enter');
  await expect(row(workbench, 'intake.py:21')).toHaveText(/off/);
  await page.keyboard.press('F5');
  await expect(page.locator('.stop.ended')).toBeVisible();
});
