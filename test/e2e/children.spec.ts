import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { within } from '../helpers/within';
import { expect, PROGRAMS, test } from './host';
import { clickMargin, launch, running, shows, stoppedAt, type, variable } from './session';
import type { Workbench } from './host';

const threads = ({ page }: Workbench) => page.getByRole('listbox', { name: 'Threads at a stop' }).getByRole('option');
const allThreads = ({ page }: Workbench) => page.getByRole('treegrid', { name: 'All threads' });

test('a job’s children that stop are sessions of their own, marked until they are opened', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'nightly.py', args: 'process spawn' });
  await stoppedAt(workbench, 'nightly.py:1');
  await clickMargin(workbench, 12);
  await page.keyboard.press('F5');
  const child = page.getByRole('tab', { name: /started by session A.*nightly\.py, pid \d+.*has stopped, not looked at yet.*Stopped/ });
  await expect(child).toHaveCount(3);
  await running(workbench);
  await expect(page.locator('.status')).toContainText('stopped');
  await child.first().click();
  await stoppedAt(workbench, 'nightly.py:12');
  await expect(child).toHaveCount(2);
  await expect(variable(workbench, 'shop')).toBeVisible();
  await expect(page.getByTestId('terminal-program')).toHaveCount(0);
  await page.keyboard.press('F10');
  await stoppedAt(workbench, 'nightly.py:13');
  await type(workbench, 'console', 'p result\n');
  await shows(workbench, 'console', /\n\d+\s+\(Pdb\)/);
  await expect(page.getByRole('button', { name: 'Restart' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('F5');
  await expect(page.locator('.stop.ended')).toContainText('Ended');
  for (const left of [1, 0]) {
    await child.first().click();
    await stoppedAt(workbench, 'nightly.py:12');
    await page.keyboard.press('F5');
    await expect(page.locator('.stop.ended')).toContainText('Ended');
    await expect(child).toHaveCount(left);
  }
  await page.getByRole('tab', { name: /^A/ }).click();
  await shows(workbench, 'program', 'nightly job done');
});

test('a running child is paused and ended by itself', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'lamp.py' });
  await stoppedAt(workbench, 'lamp.py:1');
  await clickMargin(workbench, 11);
  await page.keyboard.press('F5');
  const child = page.getByRole('tab', { name: /lamp\.py, pid/ });
  await child.click();
  await stoppedAt(workbench, 'lamp.py:11');
  await clickMargin(workbench, 11);
  await page.keyboard.press('F5');
  await expect(child).toContainText('Running');
  await page.keyboard.press('F6');
  await stoppedAt(workbench, 'lamp.py');
  await expect(page.locator('.stop')).toContainText('Paused');
  await page.keyboard.press('Shift+F5');
  await expect(child).toContainText('Ended');
  await page.getByRole('tab', { name: /^A/ }).click();
  await shows(workbench, 'program', 'out');
});

test('threads that wait for the prompt are listed, and one is given it by a key', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'pickers.py', args: 'main', stopOnEntry: false });
  await expect(threads(workbench)).toHaveCount(3);
  await expect(threads(workbench).first()).toContainText(/picker-\d.*prompt/);
  const chosen = threads(workbench).filter({ hasText: 'MainThread' });
  await expect(chosen).toContainText(/waits.*pickers\.py:4[12]/);
  await threads(workbench).first().focus();
  await page.keyboard.press('End');
  await expect(threads(workbench).last()).toBeFocused();
  await threads(workbench).first().focus();
  await expect(page.getByRole('option', { name: /MainThread, waits for the prompt: (breakpoint|step), pickers\.py/ })).toBeVisible();
  const place = await chosen.getAttribute('data-key');
  for (let at = 0; at < 3 && (await page.locator(':focus').getAttribute('data-key')) !== place; at++)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(threads(workbench).first()).toContainText(/MainThread.*prompt/);
  await stoppedAt(workbench, 'pickers.py:4');
  await shows(workbench, 'console', /thread [12]/);
  await page.keyboard.press('F5');
  await expect(threads(workbench).first()).toContainText(/picker-\d.*prompt/);
});

test('every thread’s stack is read on request, equal ones folded, and a frame opens its source', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'pickers.py', args: 'main', stopOnEntry: false });
  await expect(threads(workbench)).toHaveCount(3);
  await expect(page.getByText('Runs nothing of the program')).toBeVisible();
  await page.getByRole('button', { name: 'Read all' }).click();
  await expect(page.getByText(/^5 threads, read in [\d.]+ ms$/)).toBeVisible();
  const watchman = allThreads(workbench).getByRole('row', { name: /watchman/ });
  await expect(watchman).toContainText(/runs.*pickers\.py:28/);
  await watchman.focus();
  await page.keyboard.press('ArrowRight');
  await allThreads(workbench).getByRole('row', { name: /^idle/ }).click();
  await expect(page.getByTestId('source')).toContainText('def idle');
  await page.keyboard.press('F5');
  await expect(page.getByText(/5 threads, read in [\d.]+ ms, as of stop 1/)).toBeVisible();
  await page.getByRole('button', { name: 'Read all again' }).click();
  await expect(page.getByText(/as of stop/)).toHaveCount(0);
});

/** What a program prints up to its first line's end, in however many pieces. */
const firstLine = (output: Readable): Promise<string> => once(createInterface(output), 'line').then(([line]) => String(line));

test('a program that was started elsewhere stops here by the copied command', async ({ workbench }) => {
  const { page } = workbench;
  await page.keyboard.press('Control+Shift+D');
  await page.getByRole('tab', { name: 'Waiting for a program' }).click();
  await page.getByRole('textbox', { name: /folder/i }).fill(PROGRAMS);
  await page.getByRole('button', { name: 'Launch', exact: true }).click();
  await expect(page.getByRole('tab', { name: /^A.*Waiting/ })).toBeVisible();
  await page.getByRole('button', { name: 'Copy command' }).click();
  await expect(page.getByText('Copied the command.')).toBeVisible();
  const command = await page.getByLabel('Command', { exact: true }).textContent();
  const typed = `exec env ${(command ?? '').replace(/\S+ your\.py\s*$/, `/usr/bin/python3 ${join(PROGRAMS, 'thermostat.py')}`)}`;
  const program = spawn('/bin/sh', ['-c', typed], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(program, 'exit');
  try {
    program.stdin.write('99\n');
    await stoppedAt(workbench, 'thermostat.py:9');
    await expect(variable(workbench, 'degrees')).toContainText('99');
    const printed = firstLine(program.stdout);
    await page.keyboard.press('F5');
    expect(await within(10_000, 'output', printed)).toBe('rest');
    program.stdin.end();
    expect(await within(10_000, 'end', ended)).toEqual([0, null]);
    await expect(page.locator('.stop.ended')).toContainText('Ended');
  } finally {
    program.kill('SIGKILL');
  }
});
