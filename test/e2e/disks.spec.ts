import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runs } from '../helpers/processes';
import { expect, test } from './host';
import type { Workbench } from './host';
import { launch, pidOf, printedLines, running, screenText, shows, stoppedAt, type } from './session';

const MIB = 1 << 20;
const held = ({ page }: Workbench, role: 'console' | 'program') => page.getByTestId(`terminal-${role}`).locator('.held');

/** What prints.py leaves on its terminal, byte for byte. */
function printed(last: number): string {
  const lines = Array.from({ length: last }, (_, i) => i + 1).map(
    (n) => `\x1b[${31 + (n % 7)}m${String(n).padEnd(63)}\x1b[0m end ${String(n % 1000).padEnd(4)}\r\n`,
  );
  return `begins\r\n${lines.join('')}printed ${last}\r\n`;
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
    await expect(page.locator('.title')).toContainText('Not saved');
    await note.getByRole('button', { name: 'Try again' }).click();
    await expect(note).toBeVisible();
    await running(workbench);

    await rm(ballast);
    await expect(note).toHaveCount(0);
    await expect(page.locator('.stop.ended')).toContainText('The program finished.');
    await expect(page.locator('.title')).not.toContainText('Not saved');
    await shows(workbench, 'program', /printed 75000$/);
    await page.keyboard.press('Control+w');
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
    await page.keyboard.press('Control+w');
    await expect(page.getByRole('log', { name: 'Messages' })).toContainText(/The last [\d,]+ bytes of output could not be saved/);
    await expect(page.getByRole('form', { name: 'New session' })).toBeVisible();
    await launch(workbench, { program: 'orders.py' });
    await expect(page.getByRole('form', { name: 'New session' })).toContainText(/disk is full/);
    await rm(join(home, 'data', 'ballast'));
    await page.getByRole('button', { name: 'Launch', exact: true }).click();
    await stoppedAt(workbench, 'orders.py:1');
  });
});

test.describe('the budget of a session', () => {
  test.use({ kept: { spoolBudget: MIB } });

  test('holds the program when it is used up, and goes on, or stops, as the person chooses', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'prints.py', stopOnEntry: false });
    const note = held(workbench, 'program');
    await expect(note).toContainText('This session’s output has reached its disk budget, so the program waits.');
    const first = printedLines(await screenText(workbench, 'program')).at(-1) ?? 0;
    await note.getByRole('button', { name: 'Continue' }).click();
    await shows(workbench, 'program', new RegExp(`^${first + 12_000} `, 'm'));
    await expect(note).toBeVisible();
    await note.getByRole('button', { name: 'Keep only the last 256 MB' }).click();
    await shows(workbench, 'program', new RegExp(`^${first + 24_000} `, 'm'));
    await expect(note).toBeVisible();
    await note.getByRole('button', { name: 'Interrupt' }).click();
    await expect(page.locator('.status')).toContainText('stopped at prints.py');
    await shows(workbench, 'console', /\(Pdb\)$/);
    await type(workbench, 'console', 'p number > 24000\n');
    await shows(workbench, 'console', /\(Pdb\) p number > 24000\nTrue\n\(Pdb\)$/);
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
