import { execFileSync, spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, PROGRAMS, test } from './host';
import type { Workbench } from './host';
import { fillForm, shows, stoppedAt, variable } from './session';

/** The system's own Python, which has pytest. */
const SYSTEM = '/usr/bin/python3';

const form = (page: Page) => page.getByRole('form', { name: 'New session' });
const field = (page: Page, name: string) => form(page).getByRole('textbox', { name, exact: true });
const launchButton = (page: Page) => page.getByRole('button', { name: 'Launch', exact: true });
const python = (page: Page, path: string) => page.getByRole('radiogroup', { name: 'Interpreter' }).locator(`[data-path="${path}"]`);

/** Opens the form at a kind of launch, in a folder. */
async function openKind({ page }: Workbench, kind: string, folder = PROGRAMS): Promise<void> {
  await page.keyboard.press('Control+Shift+D');
  await page.getByRole('tab', { name: kind }).click();
  await field(page, 'Folder').fill(folder);
  await python(page, SYSTEM).click();
}

test('a module is named, found without being run, launched, and stands in the lists as a module', async ({ workbench }) => {
  const { page } = workbench;
  await openKind(workbench, 'Module');
  await field(page, 'Module').fill('shop');
  await expect(form(page)).toContainText(/Package, run by .*shop\/__main__\.py/);
  await field(page, 'Arguments').fill('4');
  await launchButton(page).click();
  await stoppedAt(workbench, '__main__.py:1');
  await page.keyboard.press('F5');
  await shows(workbench, 'program', 'order more: pear');

  await page.keyboard.press('Control+Shift+D');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const row = page.getByRole('region', { name: 'Recent launches' }).locator('.case').first();
  await expect(row).toContainText('shop 4');
  await expect(row).toContainText('Module,');
});

test('a folder with a __main__.py is chosen by browsing, and runs', async ({ workbench }) => {
  const { page } = workbench;
  await fillForm(workbench, { program: 'orders.py' });
  await page.getByRole('button', { name: 'Browse for program' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('option', { name: 'kiosk' }).dblclick();
  await dialog.getByRole('button', { name: 'Run this folder' }).click();
  await expect(field(page, 'Program')).toHaveValue(join(PROGRAMS, 'kiosk'));
  await expect(form(page)).toContainText(/Folder that Python runs by its __main__\.py/);
  await launchButton(page).click();
  await stoppedAt(workbench, '__main__.py:1');
});

test('a zip application runs', async ({ workbench }) => {
  const { page, home } = workbench;
  const archive = join(home, 'kiosk.pyz');
  execFileSync(SYSTEM, ['-m', 'zipapp', join(PROGRAMS, 'kiosk'), '-o', archive, '-p', '/usr/bin/env python3']);
  await fillForm(workbench, { program: archive, stopOnEntry: false });
  await expect(form(page)).toContainText(/Zip application, [\d,]+ bytes/);
  await launchButton(page).click();
  await shows(workbench, 'program', 'to pay:');
});

test('a test is chosen from the collected ones, and the session stands where it fails', async ({ workbench }) => {
  const { page } = workbench;
  await openKind(workbench, 'pytest', join(PROGRAMS, 'shopTests'));
  await expect(form(page)).toContainText('All tests that pytest finds in the folder.');
  await page.getByRole('button', { name: 'Collect tests' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/imports the tests of .*No test is run/);
  await expect(dialog.getByRole('listbox')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Collect', exact: true }).click();
  await dialog.getByRole('searchbox', { name: 'Filter tests' }).fill('last stock');
  await expect(dialog.getByRole('option')).toHaveText(['test_stock.py::test_sells_the_last_one']);
  await dialog.getByRole('option').click();
  await dialog.getByRole('button', { name: 'Use this test' }).click();
  await expect(field(page, 'Tests')).toHaveValue('test_stock.py::test_sells_the_last_one');
  await page.locator('.switch', { has: page.getByRole('switch', { name: 'Stop at start' }) }).click();
  await launchButton(page).click();
  await expect(page.locator('.stop.bad')).toContainText(/SoldOut/);
  await expect(variable(workbench, 'left')).toHaveText(/-1/);
});

test('a collection says what it could not collect, and can be cancelled', async ({ workbench }) => {
  const { page, home } = workbench;
  const suite = join(home, 'suite');
  await mkdir(suite);
  await writeFile(join(suite, 'test_fine.py'), 'def test_fine(): pass\n');
  await writeFile(join(suite, 'test_broken.py'), 'import no_such_module\n');
  await openKind(workbench, 'pytest', suite);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Collect tests' }).click();
  await dialog.getByRole('button', { name: 'Collect', exact: true }).click();
  await expect(dialog).toContainText('Some tests could not be collected');
  await expect(dialog).toContainText("No module named 'no_such_module'");
  await expect(dialog.getByRole('option')).toHaveText(['test_fine.py::test_fine']);
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  await writeFile(join(suite, 'test_broken.py'), 'while True: pass\n');
  await page.getByRole('button', { name: 'Collect tests' }).click();
  await dialog.getByRole('button', { name: 'Collect', exact: true }).click();
  await expect(dialog).toContainText('Collecting. It is ended after 60 s');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toContainText('Cancelled.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
});

test('what cannot be launched gets its sentence beside the field, for each kind', async ({ workbench }) => {
  const { page } = workbench;
  const wrong = [
    ['Module', 'Module', 'shop.gone', /There is no module gone in .*\/shop\. There is .*stock/],
    ['Module', 'Module', 'regions', /regions is a package without a __main__\.py/],
    ['Module', 'Module', 'shop/stock.py', /without \.py and slashes/],
    ['Module', 'Module', 'no_such_module', /There is no module no_such_module in .*, nor in Python 3/],
    ['pytest', 'Tests', 'test_gone.py::test_x', /There is no file test_gone\.py in /],
    ['pytest', 'Tests', '-k stock', /-k is an option of pytest\. Put it into Arguments/],
    ['pytest', 'Tests', "'open", /A single quote is not closed/],
    ['Running process', 'Pid', '4194305', /There is no process 4194305/],
    ['Running process', 'Pid', 'abc', /abc is no pid/],
    ['Running process', 'Pid', String(process.pid), /is no Python: it is node/],
  ] as const;
  for (const [kind, name, typed, sentence] of wrong) {
    await openKind(workbench, kind);
    await field(page, name).fill(typed);
    await expect(field(page, name)).toHaveAccessibleDescription(sentence);
    await expect(launchButton(page)).toBeDisabled();
    await expect(field(page, name)).toHaveValue(typed);
  }
  // What was typed for one kind is there again.
  await page.getByRole('tab', { name: 'Module' }).click();
  await expect(field(page, 'Module')).toHaveValue('no_such_module');
});

test('kinds are chosen by keys, and each shows only the fields that it needs', async ({ workbench }) => {
  const { page } = workbench;
  await page.keyboard.press('Control+Shift+D');
  await expect(field(page, 'Program')).toBeFocused();
  await page.getByRole('tab', { name: 'Script' }).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('tab', { name: 'Running process' })).toBeFocused();
  await expect(field(page, 'Pid')).toBeVisible();
  await expect(field(page, 'Arguments')).toHaveCount(0);
  await expect(page.getByRole('switch', { name: 'Stop at start' })).toHaveCount(0);
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'Waiting for a program' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('radiogroup', { name: 'Children' })).toBeVisible();
  await expect(page.getByRole('radiogroup', { name: 'Program’s terminal' })).toHaveCount(0);
  await page.keyboard.press('Home');
  await expect(field(page, 'Arguments')).toBeVisible();
});

test('a running Python that is too old for it is listed with the reason', async ({ workbench }) => {
  const { page } = workbench;
  const running = spawn(SYSTEM, ['-c', 'input()', 'the believable one'], { stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    await openKind(workbench, 'Running process');
    await page.getByRole('button', { name: 'Read the list again' }).click();
    const row = page.getByRole('listbox', { name: 'Python processes' }).getByRole('option', { name: 'the believable one' });
    await expect(row).toContainText(/Python 3\.\d+: pdb attaches from 3\.14 on; use gdb\./);
    await row.click();
    await expect(field(page, 'Pid')).toHaveValue(String(running.pid));
    await expect(field(page, 'Pid')).toHaveAccessibleDescription(/pdb attaches from 3\.14 on/);
    await expect(launchButton(page)).toBeDisabled();
  } finally {
    running.kill('SIGKILL');
  }
});

test('a process is entered only when the person has agreed to it', async ({ workbench }) => {
  const { page, home } = workbench;
  // The version is read from the program's name: this one is a real Python, and no 3.14.
  const posing = join(home, 'python3.14');
  await copyFile(SYSTEM, posing);
  const running = spawn(posing, ['-c', 'input()', 'posing'], { stdio: ['pipe', 'ignore', 'ignore'] });
  try {
    await openKind(workbench, 'Running process');
    await page.getByRole('button', { name: 'Read the list again' }).click();
    await page.getByRole('listbox', { name: 'Python processes' }).getByRole('option', { name: 'posing' }).click();
    await expect(form(page)).toContainText(/Process \d+ runs Python 3\.14, and only that version can attach to it\. Choose a Python 3\.14/);
    await page.getByRole('button', { name: 'Other' }).click();
    await field(page, 'Path of another Python').fill(posing);
    const consent = page.getByRole('checkbox', { name: /Stop process \d+ and run Casebook.s bridge in it/ });
    await expect(consent).not.toBeChecked();
    await expect(launchButton(page)).toBeDisabled();
    await page.keyboard.press('F5');
    await expect(form(page)).toBeVisible();
    await form(page).locator('.consent').click();
    await expect(launchButton(page)).toBeEnabled();
    // Another process needs another consent.
    await field(page, 'Pid').fill('4194305');
    await field(page, 'Pid').fill(String(running.pid));
    await expect(consent).toBeChecked();
    await launchButton(page).click();
    await expect(page.locator('body')).toContainText(/must be 3\.14 or later/);
  } finally {
    running.kill('SIGKILL');
  }
});

test('an interpreter says what it lacks, is remembered for its folder, and a broken environment is last', async ({ workbench }) => {
  const { page } = workbench;
  const shop = await mkdtemp(join(tmpdir(), 'casebook-shop-'));
  await writeFile(join(shop, 'main.py'), 'import no_such_thing\nprint("open")\n');
  await mkdir(join(shop, '.venv', 'bin'), { recursive: true });
  await writeFile(join(shop, '.venv', 'pyvenv.cfg'), 'home = /usr/bin\nversion = 3.11.2\n');
  await symlink(SYSTEM, join(shop, '.venv', 'bin', 'python'));
  await mkdir(join(shop, 'old-env', 'bin'), { recursive: true });
  await writeFile(join(shop, 'old-env', 'pyvenv.cfg'), 'home = /gone/bin\nversion = 3.9.1\n');
  const own = join(shop, '.venv', 'bin', 'python');
  await page.keyboard.press('Control+Shift+D');
  await field(page, 'Program').fill(join(shop, 'main.py'));
  // The folder's own is proposed.
  await expect(python(page, own)).toHaveAttribute('data-selected', 'true');
  await expect(python(page, own)).toContainText('No no_such_thing');
  const broken = page.getByRole('radiogroup', { name: 'Interpreter' }).locator('.ip').last();
  await expect(broken).toContainText('venv old-env');
  await expect(broken).toContainText('Its base Python is gone');
  await broken.click();
  await expect(launchButton(page)).toBeDisabled();
  await expect(form(page).locator('.ipl')).toContainText(/Make it anew: python3 -m venv --clear/);
  await writeFile(join(shop, 'main.py'), 'print("open")\n');
  await python(page, SYSTEM).click();
  await launchButton(page).click();
  await stoppedAt(workbench, 'main.py:1');
  expect(await remembered(workbench)).toEqual({ [shop]: SYSTEM });

  await page.getByRole('button', { name: 'New session' }).click();
  await field(page, 'Folder').fill(PROGRAMS);
  await field(page, 'Folder').fill(shop);
  await expect(python(page, SYSTEM)).toHaveAttribute('data-selected', 'true');
  await rm(shop, { recursive: true });
});

/** The interpreters that are kept, by folder. */
async function remembered({ home }: Workbench): Promise<unknown> {
  const kept: { readonly interpreters?: unknown } = JSON.parse(await readFile(join(home, 'config', 'settings.json'), 'utf8'));
  return kept.interpreters;
}
