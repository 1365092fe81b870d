import type { Page } from '@playwright/test';
import { expect, test } from './host';
import type { Workbench } from './host';
import { clipboardText, launch, looksAt, shows, sourceLine, stoppedAt, type, variable } from './session';

const tree = (page: Page) => page.getByRole('treegrid', { name: 'Watch' });
const row = (page: Page, expression: string) =>
  tree(page)
    .getByRole('row')
    .filter({ has: page.locator('.vn').getByText(expression, { exact: true }) })
    .first();

/** Rests the pointer on the first place of a text in a source line. */
async function pointAt(workbench: Workbench, [line, text]: readonly [string, string]): Promise<void> {
  const place = await sourceLine(workbench, line).evaluate((element, wanted) => {
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const box = range.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    }
    throw new Error(`no ${wanted} in the line`);
  }, text);
  await workbench.page.mouse.move(place.x, place.y, { steps: 3 });
}

async function watch({ page }: Workbench, expression: string): Promise<void> {
  await page.getByRole('button', { name: 'Add expression' }).click();
  await page.getByRole('textbox', { name: 'Expression' }).fill(expression);
  await page.keyboard.press('Enter');
  await expect(row(page, expression)).toBeVisible();
}

/** Stops the ledger where a total was made. */
async function stopInLedger(workbench: Workbench): Promise<void> {
  await launch(workbench, { program: 'ledger.py', stopOnEntry: true });
  await stoppedAt(workbench, 'ledger.py:1');
  await shows(workbench, 'console', '(Pdb)');
  await type(workbench, 'console', `break ${LINE}\ncontinue\n`);
  await stoppedAt(workbench, `ledger.py:${LINE}`);
}
/** Of `total += amount …` in ledger.py. */
const LINE = 84;

test('expressions are added, read at every stop, changed, moved and removed by keys, and kept for the folder', async ({ workbench }) => {
  const { page } = workbench;
  await stopInLedger(workbench);
  await expect(page.getByText('Add an expression to see its value at every stop.')).toBeVisible();
  await watch(workbench, 'total');
  await watch(workbench, 'len(account.entries)');
  await watch(workbench, 'account');
  await expect(row(page, 'total')).toContainText('0');
  await page.keyboard.press('F5');
  await expect(row(page, 'len(account.entries)')).toContainText('2');
  await expect(row(page, 'len(account.entries)')).toHaveClass(/new/);
  await row(page, 'account').getByRole('button').first().click();
  await expect(row(page, 'owner')).toContainText("'Ann'");

  await page.getByRole('button', { name: 'Add expression' }).click();
  await page.keyboard.type('total');
  await page.keyboard.press('Enter');
  await expect(page.locator('.row-form-error')).toHaveText('This is watched already.');
  await expect(page.getByRole('textbox', { name: 'Expression' })).toHaveValue('total');
  await page.keyboard.press('Escape');

  await row(page, 'total').focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Expression' }).fill('total * 2');
  await page.keyboard.press('Enter');
  await expect(row(page, 'total * 2')).toBeFocused();
  await page.keyboard.press('Control+Shift+ArrowDown');
  await expect(tree(page).locator('[data-level="1"] .vn')).toHaveText(['len(account.entries)', 'total * 2', 'account']);
  await row(page, 'len(account.entries)').focus();
  await page.keyboard.press('Delete');
  await expect(tree(page).locator('[data-level="1"] .vn')).toHaveText(['total * 2', 'account']);

  await page.reload();
  await expect(row(page, 'total * 2')).toContainText(/\d/);
  await page.keyboard.press('Control+Shift+F5');
  await expect(page.getByRole('tab', { name: /B.*Stopped/ })).toBeVisible();
  await expect(row(page, 'total * 2')).toContainText("name 'total' is not defined");
});

test('an expression that runs code says so, runs when it is told to, and can be cancelled', async ({ workbench }) => {
  const { page } = workbench;
  await stopInLedger(workbench);
  await watch(workbench, 'account.balance()');
  await expect(row(page, 'account.balance()')).toContainText('account.balance() is a call: evaluating it runs code.');
  await row(page, 'account.balance()').getByRole('button', { name: 'Run' }).click();
  await expect(row(page, 'account.balance()')).toContainText('()10');
  await expect(row(page, 'account.balance()')).toContainText(/ms int/);

  await watch(workbench, 'spin(600)');
  await row(page, 'spin(600)').focus();
  await page.keyboard.press('Control+Enter');
  await row(page, 'spin(600)').getByRole('button', { name: 'Cancel' }).click();
  await expect(row(page, 'spin(600)')).toContainText(/It was interrupted after \d+\.\d s\./);
  await shows(workbench, 'console', '(Pdb)');

  await page.keyboard.press('F5');
  await expect(row(page, 'account.balance()')).toContainText('evaluating it runs code.');
});

test('a value is set where it stands; what is refused stays with its reason', async ({ workbench }) => {
  const { page } = workbench;
  await stopInLedger(workbench);
  await variable(workbench, 'total').focus();
  await page.keyboard.press('F2');
  const field = page.getByRole('textbox', { name: 'Value of total' });
  await expect(field).toHaveValue('0');
  await field.fill('nowhere + 1');
  await page.keyboard.press('Enter');
  await expect(page.locator('.row-form-error')).toContainText("name 'nowhere' is not defined");
  await expect(field).toHaveValue('nowhere + 1');
  await field.fill('1000');
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
  await expect(variable(workbench, 'total')).toContainText('1000');
  await expect(variable(workbench, 'total')).toBeFocused();
  await shows(workbench, 'console', 'Casebook: total = 1000');

  await variable(workbench, 'amount').locator('.vv').dblclick();
  await page.keyboard.type('7');
  await page.keyboard.press('Escape');
  await expect(variable(workbench, 'amount')).toContainText('10');

  await page.getByRole('option', { name: /main/ }).click();
  await looksAt(workbench, 'ledger.py');
  await variable(workbench, 'word').locator('.vv').dblclick();
  await page.getByRole('textbox', { name: 'Value of word' }).fill("'book'");
  await page.keyboard.press('Enter');
  await expect(variable(workbench, 'word')).toContainText("'book'");
  await type(workbench, 'console', 'clear 1\ncontinue\n');
  await shows(workbench, 'program', /total \d{4} of book/);
});

test('values are copied whole, by the row’s menu', async ({ workbench }) => {
  const { page } = workbench;
  await stopInLedger(workbench);
  await watch(workbench, 'account');
  await row(page, 'account').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy as JSON' }).click();
  await expect(page.getByText('Copied account.')).toBeVisible();
  expect(JSON.parse(await clipboardText(workbench))).toEqual({
    entries: [{ text: 'posting', amount: 10, kind: 'Kind.DEBIT' }],
    owner: 'Ann',
  });
});

test('the pointer over a name shows its value, and over code only a sentence', async ({ workbench }) => {
  const { page } = workbench;
  await stopInLedger(workbench);
  const said = page.locator('.monaco-hover:not(.hidden) .hover-row');
  await expect(page.locator('.inline-value').filter({ hasText: 'amount = 10' })).toBeVisible();
  await pointAt(workbench, ['total += amount', 'amount']);
  await expect(said.first()).toContainText('amount = 10');
  await expect(said.first()).toContainText('int');
  await page.mouse.move(5, 5);
  await expect(said).toHaveCount(0);
  await pointAt(workbench, ['account.entries.append', 'entries']);
  await expect(said.first()).toContainText('account.entries = [<Entry>]');
  await type(workbench, 'console', 'looked\n');
  await shows(workbench, 'console', /looked\n\[\]/);
});

test('a value behind a line is amber once it is another', async ({ workbench }) => {
  const { page } = workbench;
  await stopInLedger(workbench);
  await expect(page.locator('.inline-value').filter({ hasText: 'total' })).not.toHaveClass(/changed/);
  await page.keyboard.press('F5');
  await expect(page.locator('.inline-value.changed').filter({ hasText: 'total' })).toBeVisible();
});
