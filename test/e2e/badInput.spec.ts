import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ask } from './ask';
import { expect, PROGRAMS, test } from './host';
import type { Workbench } from './host';
import { fillForm, launch, shows, stoppedAt } from './session';

const ORDERS = join(PROGRAMS, 'orders.py');
/** Even root may not read this one: the kernel asks for the file's own permission. */
const UNREADABLE = '/proc/sys/net/ipv4/route/flush';
const NONSENSE = `\u202e💥 'a" ${'../'.repeat(20)}\\x1b[2J <img src=x onerror=alert(1)>; rm -rf / $(id)`;

const form = (page: Page) => page.getByRole('form', { name: 'New session' });
const field = (page: Page, name: string) => form(page).getByRole('textbox', { name, exact: true });
const launchButton = (page: Page) => page.getByRole('button', { name: 'Launch', exact: true });

/** A folder with one of each thing that is no script. */
async function oddities(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-odd-'));
  await writeFile(join(folder, 'empty.py'), '');
  await writeFile(join(folder, 'plain.txt'), 'print(1)\n');
  await mkdir(join(folder, 'inside'));
  execFileSync('mkfifo', [join(folder, 'pipe.py')]);
  return folder;
}

/** No stack trace, nothing of the machinery, nothing that spins for ever. */
async function staysCalm({ page }: Workbench): Promise<void> {
  await expect(page.locator('body')).not.toContainText(/Casebook itself failed|\bat \S+ \(?\S+:\d+:\d+|ZodError|undefined|\[object/);
  await expect(page.locator('.codicon-loading')).toHaveCount(0);
}

test('a program that cannot be debugged is refused beside its field, and what was typed stays', async ({ workbench }) => {
  const { page } = workbench;
  const folder = await oddities();
  await fillForm(workbench, { program: 'orders.py' });
  const wrong = [
    [join(folder, 'gone.py'), /There is no file .*gone\.py\. Check the path/],
    [folder, /is a folder\. Choose a script in it/],
    ['/bin/ls', /is a binary, not Python source/],
    [join(folder, 'pipe.py'), /is a device, a pipe or a socket\. Choose a script/],
    [UNREADABLE, /may not be read by you/],
    ['orders.py', /Give the whole path, starting with \//],
    ['~/no/orders.py', /There is no file .*no\/orders\.py/],
    [`/${'deep/'.repeat(1000)}x.py`, /longer than any file.s path can be/],
    [`/tmp/${NONSENSE}`, /There is no file/],
  ] as const;
  for (const [path, sentence] of wrong) {
    await field(page, 'Program').fill(path);
    await expect(field(page, 'Program')).toHaveAccessibleDescription(sentence);
    await expect(launchButton(page)).toBeDisabled();
    await expect(field(page, 'Program')).toHaveValue(path);
    await staysCalm(workbench);
  }
  const doubtful = [
    [join(folder, 'empty.py'), /The file is empty: it ends at once/],
    [join(folder, 'plain.txt'), /does not end in \.py/],
  ] as const;
  for (const [path, sentence] of doubtful) {
    await field(page, 'Program').fill(path);
    await expect(form(page)).toContainText(sentence);
    await expect(launchButton(page)).toBeEnabled();
  }
  await rm(folder, { recursive: true });
});

test('a folder or interpreter that will not do is refused beside its field', async ({ workbench }) => {
  const { page } = workbench;
  await fillForm(workbench, { program: 'orders.py' });
  for (const [path, sentence] of [
    ['/no/such/folder', /There is no folder \/no\/such\/folder/],
    [ORDERS, /is a file\. Choose the folder it is in/],
    ['test', /Give the whole path, starting with \//],
    [`/${'deep/'.repeat(1000)}`, /longer than any file.s path can be/],
  ] as const) {
    await field(page, 'Folder').fill(path);
    await expect(field(page, 'Folder')).toHaveAccessibleDescription(sentence);
    await expect(launchButton(page)).toBeDisabled();
  }
  await field(page, 'Folder').fill('/no/such/folder');
  await page.getByRole('button', { name: 'Browse for folder' }).click();
  const browsing = page.getByRole('dialog');
  await expect(browsing).toContainText(/There is no folder \/no\/such\/folder/);
  await browsing.getByRole('button', { name: 'Parent folder' }).click();
  await expect(browsing).not.toContainText(/There is no folder/);
  await browsing.getByRole('button', { name: 'Cancel' }).click();
  await field(page, 'Folder').fill(PROGRAMS);
  await page.getByRole('button', { name: 'Other' }).click();
  const named = field(page, 'Path of another Python');
  for (const [path, sentence] of [
    ['/no/python', /There is no file \/no\/python\. Choose another Python/],
    ['/usr/bin', /is a folder\. Choose the python in its bin folder/],
    [ORDERS, /may not be run\. Choose another Python/],
    ['python3', /Give the whole path, starting with \//],
  ] as const) {
    await named.fill(path);
    await expect(form(page).locator('.ipl')).toContainText(sentence);
    await expect(launchButton(page)).toBeDisabled();
    await expect(named).toHaveValue(path);
  }
  await named.fill('/bin/true');
  await launchButton(page).click();
  await expect(form(page).locator('.ipl')).toContainText(/\/bin\/true: It does not answer as a Python does\. Choose another/);
  await expect(named).toHaveValue('/bin/true');
  await staysCalm(workbench);
  // On its way it is the path of one that is listed.
  await named.fill('');
  await named.pressSequentially('/usr/bin/python3x');
  await expect(named).toHaveValue('/usr/bin/python3x');
  await named.press('Backspace');
  await launchButton(page).click();
  await stoppedAt(workbench, 'orders.py:1');
});

test('a line of arguments that is not finished starts nothing, and stays as it was typed', async ({ workbench }) => {
  const { page } = workbench;
  await fillForm(workbench, { program: 'leaves.py' });
  await field(page, 'Arguments').fill("fine 'not closed");
  await expect(field(page, 'Arguments')).toHaveAccessibleDescription(/A single quote is not closed/);
  await expect(launchButton(page)).toBeDisabled();
  await field(page, 'Arguments').press('Enter');
  await page.keyboard.press('F5');
  await expect(form(page)).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Debug', exact: true }).click();
  await expect(field(page, 'Arguments')).toHaveValue("fine 'not closed");
  await field(page, 'Arguments').fill('a\u0000b');
  await expect(field(page, 'Arguments')).toHaveAccessibleDescription(/NUL character/);
  await field(page, 'Arguments').fill('x'.repeat(120_000));
  await expect(field(page, 'Arguments')).toHaveAccessibleDescription(/longer than 100,000 characters/);
  await expect(launchButton(page)).toBeDisabled();
  await staysCalm(workbench);
  await field(page, 'Arguments').fill(`'it''s' "two words" \\$x ''`);
  await launchButton(page).click();
  await stoppedAt(workbench, 'leaves.py:1');
  await page.keyboard.press('F5');
  // The pane is narrow: a line may go on in the next row anywhere.
  const printed = [..."'its', 'two words', '$x', '']"].map((char) => char.replace(/[$\]]/g, '\\$&')).join('\\n?');
  await shows(workbench, 'program', new RegExp(printed));
});

test('a variable that no environment can have is refused, and one that was typed but not added goes along', async ({ workbench }) => {
  const { page } = workbench;
  await fillForm(workbench, { program: 'environment.py', args: 'COLOUR', stopOnEntry: false });
  const name = field(page, 'Name of a new variable');
  await name.fill('COLOUR=red');
  await expect(name).toHaveAccessibleDescription(/A name has no = in it/);
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeDisabled();
  await name.fill('COLOUR');
  await field(page, 'Value of the new variable').fill('red');
  await launchButton(page).click();
  await shows(workbench, 'program', /COLOUR is 'red'/);
});

test('nonsense in every field gets its sentences, and is still there after a look elsewhere', async ({ workbench }) => {
  const { page } = workbench;
  await fillForm(workbench, { program: 'orders.py' });
  await page.getByRole('button', { name: 'Other' }).click();
  const names = ['Program', 'Folder', 'Arguments', 'Path of another Python'];
  for (const name of names) await field(page, name).fill(NONSENSE);
  await field(page, 'Name of a new variable').fill(NONSENSE);
  await field(page, 'Value of the new variable').fill(NONSENSE);
  await expect(launchButton(page)).toBeDisabled();
  await expect(field(page, 'Program')).toHaveAccessibleDescription(/whole path/);
  await expect(field(page, 'Folder')).toHaveAccessibleDescription(/whole path/);
  await expect(field(page, 'Arguments')).toHaveAccessibleDescription(/quote is not closed/);
  await expect(form(page).locator('.ipl')).toContainText(/whole path/);
  await staysCalm(workbench);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Debug', exact: true }).click();
  for (const name of names) await expect(field(page, name)).toHaveValue(NONSENSE);
});

test.describe('where there is no Python', () => {
  test.use({ hostEnv: { PATH: '/no/such/folder', PYENV_ROOT: '', HOME: '/no/such/home' } });

  test('the form says so, says what helps, and takes one by its path', async ({ workbench }) => {
    const { page } = workbench;
    await page.keyboard.press('Control+Shift+D');
    await field(page, 'Program').fill(ORDERS);
    await expect(form(page)).toContainText(/No Python here\. Install one .*or give its path under Other/);
    await expect(form(page)).toContainText(/Choose a Python\. If the list is empty, install python3/);
    await expect(launchButton(page)).toBeDisabled();
    await staysCalm(workbench);
    await page.getByRole('button', { name: 'Other' }).click();
    await field(page, 'Path of another Python').fill('/usr/bin/python3');
    await launchButton(page).click();
    await stoppedAt(workbench, 'orders.py:1');
  });
});

test('a script with a syntax error ends with its sentence, and runs once it is mended', async ({ workbench }) => {
  const { page } = workbench;
  const script = join(workbench.home, 'mended.py');
  await writeFile(script, await readFile(join(PROGRAMS, 'unfinished.py')));
  await launch(workbench, { program: script });
  await expect(page.locator('.stop.ended')).toContainText('SyntaxError: invalid syntax');
  await shows(workbench, 'console', /mended\.py", line 2[\s\S]*SyntaxError/);
  await writeFile(script, 'whole = 1\n');
  await page.getByRole('button', { name: 'Restart', exact: true }).first().click();
  await stoppedAt(workbench, 'mended.py:1');
});

test('a place where no session can be kept is said before anything is started, and the form stays', async ({ workbench }) => {
  const { page, home } = workbench;
  const inTheWay = join(home, 'data', 'sessions');
  await writeFile(inTheWay, '');
  await launch(workbench, { program: 'orders.py' });
  await expect(form(page)).toContainText(/Sessions cannot be kept in \S+: .*CASEBOOK_HOME set to another folder/);
  await rm(inTheWay);
  await launchButton(page).click();
  await stoppedAt(workbench, 'orders.py:1');
});

test('a request that no form makes is refused with a sentence, and the workbench goes on', async ({ workbench }) => {
  const { home } = workbench;
  const good = {
    program: ORDERS,
    args: [],
    folder: PROGRAMS,
    env: {},
    interpreter: '/usr/bin/python3',
    stopOnEntry: true,
    programTerminal: 'own',
  };
  const asked: readonly (readonly [string, unknown, RegExp])[] = [
    ['no.such.request', {}, /^bad-request .*Reload it/],
    ['session.launch', 'all of it', /^bad-request /],
    ['session.launch', { ...good, program: 'orders.py' }, /^bad-request .*whole path/],
    ['session.launch', { ...good, program: '/gone.py' }, /^bad-request .*no file/],
    ['session.launch', { ...good, folder: '/gone' }, /^bad-request .*no folder/],
    ['session.launch', { ...good, interpreter: '/bin/true' }, /^interpreter-unusable /],
    ['session.launch', { ...good, interpreter: 'python3' }, /^bad-request .*whole path/],
    ['session.launch', { ...good, env: { 'A=B': '1' } }, /^bad-request /],
    ['session.launch', { ...good, env: { A: 'x\0y' } }, /^bad-request .*NUL/],
    ['session.launch', { ...good, args: ['x\0y'] }, /^bad-request .*NUL/],
    ['session.launch', { ...good, args: [7] }, /^bad-request /],
    ['session.next', { session: 'Z' }, /^unknown-session /],
    ['session.variables', { session: 'Z', stopId: 1, reference: 1, start: 0, count: 10 }, /^unknown-session /],
    ['terminal.write', { terminal: 'Z.console', data: 'x' }, /^unknown-terminal /],
    ['terminal.resize', { terminal: 'Z.console', cols: 0, rows: -1 }, /^bad-request /],
    ['files.list', { folder: '/gone' }, /^folder-unusable /],
    ['files.list', { folder: ORDERS }, /^not-readable .*is not a folder/],
    ['files.source', { path: '/bin/ls' }, /^not-readable .*binary/],
    ['files.source', { path: PROGRAMS }, /^not-readable .*folder/],
    ['files.source', { path: UNREADABLE }, /^not-readable .*permission denied/],
    ['settings.change', { spoolBudget: -1 }, /^bad-request /],
    ['breakpoints.set', { breakpoints: [{ path: '', line: 0, condition: '', enabled: true }] }, /^bad-request /],
    ['link.open', { url: 'file:///etc/passwd' }, /^rejected .*http/],
  ];
  for (const [name, params, wanted] of asked) {
    const answer = await ask(workbench, name, params);
    expect(answer.ok ? 'taken' : `${answer.failure.code} ${answer.failure.message}`, `${name} ${JSON.stringify(params)}`).toMatch(wanted);
    expect(answer.ok || answer.failure.message).toMatch(/^[A-Z/a-z].*\.$/s);
  }
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  for (const [path, wanted] of [
    ['out.txt', /^rejected .*whole path/],
    [home, /^rejected .*it is a folder/],
    [join(home, 'gone', 'out.txt'), /^rejected .*no such folder/],
    ['/proc/out.txt', /^rejected /],
  ] as const) {
    const answer = await ask(workbench, 'terminal.save', { terminal: 'A.console', path });
    expect(answer.ok ? 'saved' : `${answer.failure.code} ${answer.failure.message}`).toMatch(wanted);
  }
  await workbench.page.keyboard.press('F10');
  await stoppedAt(workbench, 'orders.py:4');
});
