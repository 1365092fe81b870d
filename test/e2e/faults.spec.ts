import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runs } from '../helpers/processes';
import { expect, test } from './host';
import type { Workbench } from './host';
import { clickMargin, launch, pidOf, printedLines, running, screenText, shows, stoppedAt, type, variable } from './session';

const ended = ({ page }: Workbench) => page.locator('.stop.ended');

/** The processes of stubborn.py, once both are. */
async function deaf(workbench: Workbench): Promise<number[]> {
  await shows(workbench, 'program', /(deaf \d+\s*){2}/);
  return [...(await screenText(workbench, 'program')).matchAll(/deaf (\d+)/g)].map(([, pid]) => Number(pid));
}

test.describe('a program that ends', () => {
  test('at once says so, with and without a stop at its start', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'leaves.py', args: 'end', stopOnEntry: false });
    await expect(ended(workbench)).toContainText('The program finished.');
    await shows(workbench, 'program', /arguments: [\s\S]*cleaned up/);
    await shows(workbench, 'console', 'The program finished.');
    await page.keyboard.press('Control+n');
    const empty = join(workbench.home, 'empty.py');
    await writeFile(empty, '');
    await launch(workbench, { program: empty });
    await expect(page.locator('.status')).toContainText(/B (stopped at empty\.py:|ended)/);
    if (await page.getByRole('button', { name: 'Continue' }).isEnabled()) await page.keyboard.press('F5');
    await expect(ended(workbench)).toContainText('The program finished.');
  });

  test('with an exit code, by sys.exit and by os._exit, has it in the banner', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'leaves.py', args: 'hard', stopOnEntry: false });
    await expect(ended(workbench)).toContainText('Ended with code 7.');
    await page.keyboard.press('Control+n');
    await page.getByRole('textbox', { name: 'Arguments' }).fill('exit');
    await page.getByRole('button', { name: 'Launch', exact: true }).click();
    await expect(ended(workbench)).toContainText('The program exited via sys.exit(). Exit status: 3');
  });

  test('by a kill from outside keeps what it said, stopped or running', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'waits.py', args: 'rest' });
    await stoppedAt(workbench, 'waits.py:1');
    process.kill(await pidOf(workbench), 'SIGKILL');
    await expect(ended(workbench)).toContainText('Ended by SIGKILL.');
    await shows(workbench, 'console', '(Pdb)');
    await page.getByRole('button', { name: 'Restart', exact: true }).first().click();
    await stoppedAt(workbench, 'waits.py:1');
    await page.keyboard.press('F5');
    await running(workbench);
    await shows(workbench, 'program', 'begins');
    process.kill(await pidOf(workbench), 'SIGKILL');
    await expect(ended(workbench)).toContainText('Ended by SIGKILL.');
    await shows(workbench, 'program', 'begins');
    await expect(page.getByRole('button', { name: 'Pause' })).toHaveAttribute('aria-disabled', 'true');
  });
});

test.describe('a program that runs on', () => {
  test('and prints without end is stopped by F6 and by Ctrl+C in the console', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'prints.py', stopOnEntry: false });
    await running(workbench);
    await shows(workbench, 'program', /\d+\s+end \d+/);
    await page.keyboard.press('F6');
    await expect(page.locator('.status')).toContainText('stopped at prints.py', { timeout: 2_000 });
    await shows(workbench, 'console', /\(Pdb\)$/);
    await page.keyboard.press('F5');
    await running(workbench);
    await type(workbench, 'console', '');
    await page.keyboard.press('Control+c');
    await expect(page.locator('.status')).toContainText('stopped at prints.py', { timeout: 2_000 });
    await expect(variable(workbench, 'number')).toBeVisible();
  });

  test('and prints without end into the console is stopped there too', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'prints.py', stopOnEntry: false, programTerminal: 'In the console' });
    await running(workbench);
    await shows(workbench, 'console', /\d+\s+end \d+/);
    await type(workbench, 'console', '');
    await page.keyboard.press('Control+c');
    await expect(page.locator('.status')).toContainText('stopped at prints.py', { timeout: 2_000 });
    await shows(workbench, 'console', /\(Pdb\)$/);
    await type(workbench, 'console', 'p 6*7\n');
    await shows(workbench, 'console', /\(Pdb\) p 6\*7\n42\n\(Pdb\)$/);
  });

  test('and sleeps is stopped where it sleeps', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'waits.py', args: 'rest', stopOnEntry: false });
    await shows(workbench, 'program', 'begins');
    await running(workbench);
    await page.keyboard.press('F6');
    await expect(page.getByRole('listbox', { name: 'Stack' }).getByRole('option').filter({ hasText: 'rest' })).toBeVisible();
    await expect(page.locator('.status')).toContainText('stopped at waits.py');
  });

  test('is ended by Stop within two seconds, and by closing its session, and leaves no process', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'waits.py', args: 'spin', stopOnEntry: false });
    await shows(workbench, 'program', 'begins');
    await running(workbench);
    const first = await pidOf(workbench);
    await page.keyboard.press('Shift+F5');
    await expect(ended(workbench)).toContainText('Ended by SIGTERM.', { timeout: 2_000 });
    expect(runs(first)).toBe(false);
    await page.getByRole('button', { name: 'Restart', exact: true }).first().click();
    await running(workbench);
    const second = await pidOf(workbench);
    expect(runs(second)).toBe(true);
    await page.keyboard.press('Control+w');
    await expect(page.getByRole('form', { name: 'New session' })).toBeVisible();
    expect(runs(second)).toBe(false);
  });
});

test('a program that ignores every wish to end is ended all the same', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'stubborn.py', stopOnEntry: false });
  const pids = await deaf(workbench);
  await page.keyboard.press('Shift+F5');
  await expect(ended(workbench)).toContainText('Ended by SIGKILL.', { timeout: 2_000 });
  expect(pids.filter(runs)).toEqual([]);
});

test('quitting with sessions that run and stand still leaves no process behind', async ({ workbench }) => {
  await launch(workbench, { program: 'stubborn.py', stopOnEntry: false });
  const busy = await deaf(workbench);
  await workbench.page.keyboard.press('Control+n');
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  const still = await pidOf(workbench);
  await workbench.quit();
  expect([...busy, still].filter(runs)).toEqual([]);
});

test('input is typed where the program reads it, in its own pane or in the console', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'asks.py', stopOnEntry: false });
  await shows(workbench, 'program', /name\?$/);
  await type(workbench, 'program', 'Ada\n');
  await shows(workbench, 'program', /name\? Ada\nhello Ada \/dev\/pts\/\d+\nbye/);
  await expect(ended(workbench)).toContainText('The program finished.');
  await page.getByRole('button', { name: 'New session' }).click();
  await page.getByRole('radio', { name: 'In the console' }).click();
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
  await shows(workbench, 'console', /name\?$/);
  await type(workbench, 'console', 'Grace\n');
  await shows(workbench, 'console', /name\? Grace\nhello Grace/);
  await expect(page.getByTestId('terminal-program')).toHaveCount(0);
});

for (const programTerminal of ['Own pane', 'In the console'] as const) {
  test(`fake prompts, fake markers and a lost sys.stdout deceive no view (${programTerminal.toLowerCase()})`, async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'pretends.py', programTerminal });
    await stoppedAt(workbench, 'pretends.py:1');
    for (const line of [2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]) {
      await page.keyboard.press('F10');
      await stoppedAt(workbench, `pretends.py:${line}`);
    }
    await expect(variable(workbench, 'heard')).toHaveText(/kept quiet/);
    await expect(page.locator('.status')).not.toContainText('other.py');
    await page.keyboard.press('F5');
    await expect(ended(workbench)).toContainText('The program finished.');
  });
}

test('two sessions run side by side, and a restart keeps the breakpoints and shows the new one', async ({ workbench }) => {
  const { page } = workbench;
  const tabs = page.getByRole('tablist', { name: 'Sessions' }).getByRole('tab');
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await clickMargin(workbench, 19);
  await page.keyboard.press('Control+n');
  await launch(workbench, { program: 'waits.py', args: 'rest', stopOnEntry: false });
  await running(workbench);
  await expect(tabs).toHaveText([/A.*orders\.py.*Stopped/, /B.*waits\.py.*Running/]);
  await page.keyboard.press('Control+Tab');
  await stoppedAt(workbench, 'orders.py:1');
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'orders.py:19');
  await page.keyboard.press('Control+Shift+F5');
  await expect(tabs).toHaveText([/B.*waits\.py.*Running/, /C.*orders\.py.*Stopped/]);
  await stoppedAt(workbench, 'orders.py:1');
  await page.keyboard.press('F5');
  await stoppedAt(workbench, 'orders.py:19');
});

test.describe('without a socket for the bridge', () => {
  test.use({ hostEnv: { CASEBOOK_PDB_CHANNEL: 'osc' } });

  test('stepping, values and breakpoints work through the console, and the loss is said', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'orders.py' });
    await stoppedAt(workbench, 'orders.py:1');
    await expect(page.locator('.note.warn', { hasText: 'values are shown one level deep and cannot be expanded' })).toBeVisible();
    await clickMargin(workbench, 19);
    await shows(workbench, 'console', /break \S*orders\.py:19[\s\S]*Breakpoint 1 at/);
    await page.keyboard.press('F5');
    await stoppedAt(workbench, 'orders.py:19');
    await expect(variable(workbench, 'total')).toHaveText(/total\s*0/);
    await page.keyboard.press('F10');
    await stoppedAt(workbench, 'orders.py:18');
    await expect(variable(workbench, 'total')).toHaveText(/20/);
    await variable(workbench, 'orders').getByRole('button', { name: 'Open orders' }).click();
    await expect(
      page.locator('.note.err:visible', { hasText: 'This session has no channel for requests, so values cannot be expanded' }),
    ).toBeVisible();
    await page.keyboard.press('Shift+F11');
    await expect(page.locator('.status')).toContainText(/stopped at orders\.py:(19|21)/);
    await clickMargin(workbench, 19);
    await shows(workbench, 'console', /clear 1[\s\S]*Deleted breakpoint 1/);
    await type(workbench, 'console', 'p 1');
    await page.keyboard.press('F10');
    await expect(page.getByRole('log', { name: 'Messages' })).toContainText('A line is half typed in the console');
    await type(workbench, 'console', '\n');
    await page.keyboard.press('F5');
    await expect(ended(workbench)).toContainText('The program finished.');
  });
});

test('a window reloaded in a flood draws it on, and the program never noticed', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'prints.py', args: '200000', stopOnEntry: false, programTerminal: 'In the console' });
  await shows(workbench, 'console', /\d+ +end \d+/);
  await page.reload();
  await page.locator('body[data-ready]').waitFor();
  await shows(workbench, 'console', /printed 200000\n/);
  const numbers = printedLines(await screenText(workbench, 'console'));
  expect(numbers.at(-1)).toBe(200_000);
  expect(numbers.length).toBeGreaterThan(1000);
});
