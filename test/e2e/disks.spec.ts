import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runs } from '../helpers/processes';
import { expect, test } from './host';
import type { Workbench } from './host';
import { launch, pidOf, running, screenText, shows, type } from './session';

const MIB = 1 << 20;
const held = ({ page }: Workbench, role: 'console' | 'program') => page.getByTestId(`terminal-${role}`).locator('.held');

const closeSession = ({ page }: Workbench) =>
  page
    .getByRole('tab', { name: /prints\.py/ })
    .locator('.x')
    .click();

/** What prints.py leaves on its terminal, byte for byte. */
function printed(last: number): string {
  const lines = Array.from({ length: last }, (_, i) => i + 1).map(
    (n) => `\x1b[${31 + (n % 7)}m${String(n).padEnd(63)}\x1b[0m end ${String(n % 1000).padEnd(4)}\r\n`,
  );
  return `begins\r\n${lines.join('')}printed ${last}\r\n`;
}

/** The newest line's number on the program's screen, however that is wrapped. */
async function lastNumber(workbench: Workbench): Promise<number> {
  const numbers = [...(await screenText(workbench, 'program')).matchAll(/^(\d+) +$/gm)];
  return Number(numbers.at(-1)?.[1]);
}

/** The folder of the one session that there is. */
async function sessionFolder({ home }: Workbench): Promise<string> {
  const [name = ''] = await readdir(join(home, 'data', 'sessions'));
  return join(home, 'data', 'sessions', name);
}

async function spooled(workbench: Workbench, role: 'console' | 'program'): Promise<string> {
  const folder = join(await sessionFolder(workbench), role);
  const files = (await readdir(folder)).sort();
  return (await Promise.all(files.map((file) => readFile(join(folder, file), 'latin1')))).join('');
}

test.describe('a disk with little room', () => {
  test.skip(process.getuid?.() !== 0, 'Only root can mount a small disk.');
  test.use({ dataDisk: 12 * MIB });

  test('that is full holds the program, says so, and loses nothing once there is room', async ({ workbench }) => {
    const { page, home } = workbench;
    const ballast = join(home, 'data', 'ballast');
    await writeFile(ballast, Buffer.alloc(8 * MIB));
    await launch(workbench, { program: 'prints.py', args: '75000', stopOnEntry: false });
    const note = held(workbench, 'program');
    await expect(note).toContainText('The disk is full, so the program waits. Nothing is lost.');
    await note.getByRole('button', { name: 'Try again' }).click();
    await expect(note).toBeVisible();
    await running(workbench);

    await rm(ballast);
    await expect(note).toHaveCount(0);
    await expect(page.locator('.stop.ended')).toContainText('The program finished.');
    await shows(workbench, 'program', /printed 75000$/);
    await closeSession(workbench);
    await expect(page.getByRole('form', { name: 'New session' })).toBeVisible();
    expect(await spooled(workbench, 'program')).toBe(printed(75_000));
    const journal = await readFile(join(await sessionFolder(workbench), 'entries.jsonl'), 'utf8');
    const numbers = journal
      .trimEnd()
      .split('\n')
      .map((line): number => JSON.parse(line).seq);
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
  });

  test('that stays full keeps nobody from pausing, stopping, closing or quitting', async ({ workbench }) => {
    const { page, home } = workbench;
    await writeFile(join(home, 'data', 'ballast'), Buffer.alloc(8 * MIB));
    await launch(workbench, { program: 'prints.py', stopOnEntry: false });
    await expect(held(workbench, 'program')).toBeVisible();
    await page.keyboard.press('F6');
    await expect(page.locator('.status')).toContainText('stopped at prints.py');
    await shows(workbench, 'console', /\(Pdb\)$/);
    const pid = await pidOf(workbench);
    await page.keyboard.press('F5');
    await running(workbench);
    await page.keyboard.press('Shift+F5');
    await expect(page.locator('.stop.ended')).toContainText('Ended by SIGTERM.');
    expect(runs(pid)).toBe(false);
    await closeSession(workbench);
    await expect(page.getByRole('log', { name: 'Messages' })).toContainText(/The last [\d,]+ bytes of output could not be saved/);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
    await page.keyboard.press('Control+Shift+F5');
    await expect(page.getByRole('log', { name: 'Messages' })).toContainText(/Free some space there, then close the session again/);
    const last = await lastNumber(workbench);
    await rm(join(home, 'data', 'ballast'));
    await closeSession(workbench);
    await expect(page.getByRole('form', { name: 'New session' })).toBeVisible();
    expect(await spooled(workbench, 'program')).toContain(`m${last} `);
  });

  test('that is full when Casebook quits leaves no process', async ({ workbench }) => {
    await writeFile(join(workbench.home, 'data', 'ballast'), Buffer.alloc(8 * MIB));
    await launch(workbench, { program: 'prints.py', stopOnEntry: false });
    await expect(held(workbench, 'program')).toBeVisible();
    const pid = await pidOf(workbench);
    await workbench.quit();
    expect(runs(pid)).toBe(false);
  });
});

test.describe('the budget of a session', () => {
  test.use({ kept: { spoolBudget: MIB } });

  test('holds the program when it is used up, and goes on, or stops, as the person chooses', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'prints.py', stopOnEntry: false });
    const note = held(workbench, 'program');
    await expect(note).toContainText('This session’s output has reached its disk budget, so the program waits.');
    // A line is 83 bytes long, so there are 12,633 to a budget.
    await shows(workbench, 'program', /\n12[5-9]\d\d /);
    await note.getByRole('button', { name: 'Continue' }).click();
    await shows(workbench, 'program', /\n25[0-2]\d\d /);
    await expect(note).toBeVisible();
    await note.getByRole('button', { name: 'Keep only the last 256 MB' }).click();
    await shows(workbench, 'program', /\n37[5-8]\d\d /);
    await expect(note).toBeVisible();
    await note.getByRole('button', { name: 'Interrupt' }).click();
    await expect(page.locator('.status')).toContainText('stopped at prints.py');
    await shows(workbench, 'console', /\(Pdb\)$/);
    await type(workbench, 'console', 'p number > 37500\n');
    await shows(workbench, 'console', /\(Pdb\) p number > 37500\nTrue\n\(Pdb\)$/);
    const pid = await pidOf(workbench);
    await page.keyboard.press('F5');
    await running(workbench);
    await expect(note).toBeVisible();
    await page
      .getByRole('tab', { name: /prints\.py/ })
      .locator('.x')
      .click();
    await expect(page.getByRole('form', { name: 'New session' })).toBeVisible();
    expect(runs(pid)).toBe(false);
  });
});
