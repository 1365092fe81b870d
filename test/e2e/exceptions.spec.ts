import { expect, test } from './host';
import { clipboardText, launch, stoppedAt } from './session';

const PYTHON_WITH_COLUMNS = '/usr/bin/python3';

/** The parts of the failing expression as the source marks them, a word or sign each. */
const failed = (page: import('@playwright/test').Page) => page.getByTestId('source').locator('.failed-here');

/** Opens the Exception view by its command. */
async function showException(page: import('@playwright/test').Page): Promise<import('@playwright/test').Locator> {
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('searchbox', { name: 'Command' }).fill('Show the exception');
  await page.getByRole('menuitem').filter({ hasText: 'Show the exception' }).click();
  return page.getByRole('treegrid', { name: 'Exception' });
}

test('a chain of exceptions is read by clicks: words, notes, frames, the failing columns, and the locals of each frame', async ({
  workbench,
}) => {
  const { page } = workbench;
  await launch(workbench, { program: 'prices.py', args: 'all', stopOnEntry: false, interpreter: PYTHON_WITH_COLUMNS });
  await stoppedAt(workbench, 'prices.py:51');
  await expect(page.locator('.panel-tab', { hasText: 'Exception' }).locator('.cnt')).toHaveText('1');
  await expect(failed(page)).toHaveText(['prices', '[', "'bread'", ']']);

  const tree = await showException(page);
  await expect(tree.locator('.exc-exception')).toHaveText([
    /KeyError'bread'/,
    /while handling\s*PriceError'bread', 'a price is missing'/,
    /caused by\s*ValueErrorcould not convert string to float/,
  ]);
  await expect(tree).toContainText('Ask the bakery.');

  await tree.getByRole('row', { name: 'price prices.py:33' }).click();
  await expect(failed(page)).toHaveText(['float', '(', 'amount', ')']);
  await expect(tree.locator('.var.variable', { hasText: 'name' }).first()).toContainText("'spelt'");

  await page.getByRole('button', { name: 'Copy as a traceback' }).click();
  await expect(page.getByText('Copied the traceback.')).toBeVisible();
  const copied = await clipboardText(workbench);
  expect(copied).toMatch(/^Traceback \(most recent call last\):\n {2}File ".*prices\.py", line 39, in read_list/);
  expect(copied).toContain('The above exception was the direct cause of the following exception:');
  expect(copied).toMatch(/KeyError: 'bread'$/);
});

test('by keys: the tree is walked, a frame opens and shows its locals, and a recursion is one row', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'prices.py', args: 'deep', stopOnEntry: false, interpreter: PYTHON_WITH_COLUMNS });
  await stoppedAt(workbench, 'prices.py:78');
  const tree = await showException(page);
  await expect(tree.locator('.exc-fold')).toHaveText('discounted:79, 900 times');
  await tree.getByRole('row').first().focus();
  await page.keyboard.press('End');
  await expect(tree.getByRole('row', { name: 'discounted prices.py:78' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(tree.locator('.var.variable', { hasText: 'rounds' })).toContainText('rounds0');
  await tree.locator('.exc-fold').focus();
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByText('703 frames left out')).toBeAttached();
});

test('without an exception the view says so, also while the program runs', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'waits.py', args: 'rest' });
  await stoppedAt(workbench, 'waits.py:1');
  await page.locator('.panel-tab', { hasText: 'Exception' }).click();
  await expect(page.getByText('There is no exception at this stop.')).toBeVisible();
  await page.keyboard.press('F5');
  await expect(page.getByText('The program is running. An exception that stops it is shown here.')).toBeVisible();
});

test('members of a group and a hidden context are told as what they are', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'prices.py', args: 'check', stopOnEntry: false, interpreter: PYTHON_WITH_COLUMNS });
  await stoppedAt(workbench, 'prices.py:73');
  const tree = await showException(page);
  await expect(tree.locator('.exc-exception .chip')).toHaveText([
    'member 1 of 3',
    'caused by',
    'member 2 of 3',
    'caused by',
    'member 3 of 3',
  ]);
});
