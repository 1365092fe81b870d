import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './host';
import { clickMargin, launch, looksAt, shows, sourceLine, stoppedAt, type, variable } from './session';

test('a script is stepped by clicks, by keys and by typing, and every view follows', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await shows(workbench, 'console', '(Pdb)');

  await clickMargin(workbench, 19);
  await expect(page.getByRole('grid', { name: 'Breakpoints' }).getByRole('row')).toHaveText(/orders\.py:19/);
  await shows(workbench, 'console', /Casebook: break orders\.py:19\n\(Pdb\)/);
  await page.getByRole('button', { name: 'Continue' }).click();
  await stoppedAt(workbench, 'orders.py:19');
  await shows(workbench, 'program', 'orders: 5');
  await expect(page.getByRole('listbox', { name: 'Stack' }).getByRole('option').first()).toHaveText(/add_up/);
  await expect(variable(workbench, 'total')).toHaveText(/total\s*0/);

  await page.keyboard.press('F10');
  await stoppedAt(workbench, 'orders.py:18');
  await expect(variable(workbench, 'total')).toHaveText(/20/);
  await expect(variable(workbench, 'total')).toHaveClass(/new/);

  await type(workbench, 'console', 'step\n');
  await stoppedAt(workbench, 'orders.py:19');
  await shows(workbench, 'console', /\(Pdb\) next[\s\S]*\(Pdb\) step/);
});

test('a half-typed line survives a click, and the click leaves its command in the console', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await shows(workbench, 'console', '(Pdb)');
  await type(workbench, 'console', 'p 6*');
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await stoppedAt(workbench, 'orders.py:4');
  await shows(workbench, 'console', /\(Pdb\) next[\s\S]*\(Pdb\) p 6\*$/);
  await type(workbench, 'console', '7\n');
  await shows(workbench, 'console', /\(Pdb\) p 6\*7\s+42/);
});

test('frames are chosen by click, by key and by typing, and the console is in the same one', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await clickMargin(workbench, 11);
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'orders.py:11');
  await page.getByRole('option', { name: /add_up/ }).click();
  await looksAt(workbench, 'orders.py:19');
  await shows(workbench, 'console', /\(Pdb\) up 1/);
  await expect(variable(workbench, 'orders')).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await looksAt(workbench, 'orders.py:11');
  await type(workbench, 'console', 'up\n');
  await looksAt(workbench, 'orders.py:19');
  // The program itself has not moved.
  await stoppedAt(workbench, 'orders.py:11');
});

test('breakpoints that are typed and clicked are one table, with conditions', async ({ workbench }) => {
  const { page } = workbench;
  const rows = page.getByRole('grid', { name: 'Breakpoints' }).getByRole('row');
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await shows(workbench, 'console', '(Pdb)');
  await type(workbench, 'console', 'break 19, order.number == 3\n');
  await expect(rows).toHaveText(/orders\.py:19.*order\.number == 3/);
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'orders.py:19');
  await expect(variable(workbench, 'order')).toHaveText(/number=3/);

  await sourceLine(workbench, 'return round').click();
  await page.keyboard.press('Shift+F9');
  await page.getByRole('textbox', { name: 'Condition' }).fill('total >');
  await page.keyboard.press('Enter');
  await expect(rows.filter({ hasText: 'orders.py:21' })).toBeVisible();
  await expect(page.locator('.mark-unbound').first()).toBeVisible();

  await type(workbench, 'console', 'clear orders.py:19\n');
  await expect(rows.filter({ hasText: 'orders.py:19' })).toHaveCount(0);
});

test('an exception that nothing catches is shown where it was raised, and leaving it ends the program', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'till.py', args: 'three', stopOnEntry: false });
  await expect(page.locator('.stop.bad')).toContainText('Uncaught exception');
  await shows(workbench, 'console', 'Uncaught exception');
  await type(workbench, 'console', 'continue\n');
  await expect(page.locator('.stop.ended')).toContainText('Ended');
  await page.getByRole('button', { name: 'Restart', exact: true }).first().click();
  await expect(page.locator('.stop.bad')).toContainText('Uncaught exception');
});

test('a reloaded window comes back with the same session, layout and console, and the journal has every act', async ({ workbench }) => {
  const { page, home } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await page.keyboard.press('F10');
  await stoppedAt(workbench, 'orders.py:4');
  await shows(workbench, 'console', /\(Pdb\) next/);
  await page.reload();
  await stoppedAt(workbench, 'orders.py:4');
  await shows(workbench, 'console', /\(Pdb\) next/);
  await page.keyboard.press('F10');
  await stoppedAt(workbench, 'orders.py:10');

  // Closing a session writes everything down before it answers.
  await page.keyboard.press('Control+w');
  await expect(page.getByRole('form', { name: 'New session' })).toBeVisible();
  const [folder = ''] = await readdir(join(home, 'data', 'sessions'));
  const lines = (await readFile(join(home, 'data', 'sessions', folder, 'entries.jsonl'), 'utf8')).trimEnd().split('\n');
  const entries = lines.map((line): { seq: number; type: string } => JSON.parse(line));
  expect(entries.map((e) => e.seq)).toEqual(entries.map((_, i) => i + 1));
  expect(new Set(entries.map((e) => e.type))).toEqual(
    new Set(['session', 'started', 'breakpoints', 'stopped', 'answer', 'click', 'continued', 'ended', 'spooled']),
  );
});
