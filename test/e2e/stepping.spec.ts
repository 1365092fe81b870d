import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, PROGRAMS, test } from './host';
import type { Workbench } from './host';
import { clickMargin, launch, looksAt, shows, sourceLine, stoppedAt, type } from './session';

const lineIn = (program: string, text: string) =>
  readFileSync(join(PROGRAMS, program), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

/** Runs a program to the line with this text, by its breakpoint. */
async function runTo(workbench: Workbench, program: string, text: string): Promise<void> {
  await launch(workbench, { program });
  await stoppedAt(workbench, `${program}:1`);
  await shows(workbench, 'console', '(Pdb)');
  await type(workbench, 'console', `tbreak ${lineIn(program, text)}\n`);
  await type(workbench, 'console', 'continue\n');
  await stoppedAt(workbench, `${program}:${lineIn(program, text)}`);
  await sourceLine(workbench, text).click();
}

const menu = ({ page }: Workbench) => page.getByRole('menu', { name: 'Step into' });
/** The source's own menu, at a line. */
async function choose(workbench: Workbench, text: string, entry: string): Promise<void> {
  await sourceLine(workbench, text).click({ button: 'right' });
  await workbench.page.getByRole('menuitem', { name: entry }).hover();
  await workbench.page.keyboard.press('Enter');
}

test('one of several calls on a line is stepped into by keys', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, 'delivery.py', 'total = price');
  await page.keyboard.press('Control+F11');
  await expect(menu(workbench).getByRole('menuitem')).toHaveText([/weigh/, /zone/, /price/]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await looksAt(workbench, 'zone');
  await shows(workbench, 'console', '--Call--');
});

test('a single call needs no menu, and a line without one is said to have none', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, 'delivery.py', 'spare = Parcel');
  await page.getByRole('toolbar', { name: 'Debug' }).getByRole('button', { name: 'Step into…' }).click();
  await looksAt(workbench, '__post_init__');
  await page.keyboard.press('F10');
  await stoppedAt(workbench, `delivery.py:${lineIn('delivery.py', 'if self.grams')}`);
  await page.keyboard.press('Control+F11');
  await expect(page.getByText('There is no call on this line.')).toBeVisible();
  await expect(menu(workbench)).toHaveCount(0);
});

test('the next line is chosen by a jump, and a jump that cannot be is refused in pdb’s words', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, 'delivery.py', 'route = sorted');
  await choose(workbench, 'spare = Parcel', 'Jump to cursor');
  await stoppedAt(workbench, `delivery.py:${lineIn('delivery.py', 'spare = Parcel')}`);
  await choose(workbench, 'def ledger', 'Jump to cursor');
  await expect(page.getByText(/^Jump failed: line/)).toBeVisible();
  await stoppedAt(workbench, `delivery.py:${lineIn('delivery.py', 'spare = Parcel')}`);
});

test('it runs to the cursor from the source’s menu, and until a later line from the palette', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, 'delivery.py', 'route = sorted');
  await choose(workbench, 'spare = Parcel', 'Run to cursor');
  await stoppedAt(workbench, `delivery.py:${lineIn('delivery.py', 'spare = Parcel')}`);
  await page.keyboard.press('F1');
  await page.getByRole('searchbox', { name: 'Command' }).fill('until a later');
  await page.keyboard.press('Enter');
  await stoppedAt(workbench, `delivery.py:${lineIn('delivery.py', 'log.info')}`);
});

test('what Step goes past is set by switches', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, 'delivery.py', 'log.info');
  await page.keyboard.press('F11');
  await stoppedAt(workbench, `delivery.py:${lineIn('delivery.py', 'return total + sum')}`);
  await page.getByRole('button', { name: 'Settings' }).click();
  const library = page.getByRole('switch', { name: 'The standard library and installed packages' });
  await expect(library).toBeChecked();
  await library.focus();
  await page.keyboard.press('Space');
  await expect(library).not.toBeChecked();
  await expect(page.getByRole('switch', { name: /^Decorators/ })).not.toBeChecked();
  await page.getByRole('button', { name: 'Debug', exact: true }).click();
  await page.keyboard.press('Control+Shift+F5');
  await expect(page.getByRole('tab', { name: /B.*Stopped/ })).toBeVisible();
  await shows(workbench, 'console', '(Pdb)');
  await type(workbench, 'console', `tbreak ${lineIn('delivery.py', 'log.info')}\n`);
  await type(workbench, 'console', 'continue\n');
  await stoppedAt(workbench, `delivery.py:${lineIn('delivery.py', 'log.info')}`);
  await page.keyboard.press('F11');
  await looksAt(workbench, 'info');
});

test('a notebook’s cell is shown, and stops at a breakpoint in its margin', async ({ workbench }) => {
  const { page } = workbench;
  await runTo(workbench, 'tariffs.py', "namespace = {'price'");
  await page.keyboard.press('F11');
  await stoppedAt(workbench, 'tariffs.py:31');
  await page.keyboard.press('F11');
  await looksAt(workbench, '<ipython-input-1-5f2a>');
  await expect(page.getByTestId('source')).toContainText('baskets = [12.5, 40.0]');
  await clickMargin(workbench, 3);
  await page.keyboard.press('F5');
  await stoppedAt(workbench, '<ipython-input-1-5f2a>:3');
});

test('a module in a zip is shown', async ({ workbench }) => {
  const zip = join(workbench.home, 'kiosk.pyz');
  execFileSync('/usr/bin/python3', ['-m', 'zipapp', join(PROGRAMS, 'kiosk'), '-o', zip]);
  await launch(workbench, { program: zip, args: 'cola' });
  await stoppedAt(workbench, '__main__.py:1');
  await expect(workbench.page.getByTestId('source')).toContainText('A kiosk');
});

test('an edit of code that runs is said, and Restart runs the new text', async ({ workbench }) => {
  const { page, home } = workbench;
  const program = join(home, 'orders.py');
  const text = readFileSync(join(PROGRAMS, 'orders.py'), 'utf8');
  writeFileSync(program, text);
  await launch(workbench, { program });
  await stoppedAt(workbench, 'orders.py:1');
  writeFileSync(program, text.replace('"""Adds', '"""A first line more.\n\nAdds'));
  await page.keyboard.press('F10');
  const banner = page.locator('.stop.doubt');
  await expect(banner).toContainText('orders.py was edited after it was loaded: lines may be wrong. Restart to run the new text.');
  await banner.getByRole('button', { name: 'Restart' }).click();
  await expect(page.getByRole('tab', { name: /B.*Stopped/ })).toBeVisible();
  await expect(banner).toHaveCount(0);
  await expect(page.getByTestId('source')).toContainText('A first line more.');
});
