import { mkdtempSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headlessScreen } from '../helpers/headlessScreen';
import { expect, PROGRAMS, test } from './host';
import type { Workbench } from './host';
import { grid, launch, running, screenText, shows, stoppedAt, type } from './session';
import type { Role } from './session';

const pane = ({ page }: Workbench, role: Role) => page.getByTestId(`terminal-${role}`);
const ended = ({ page }: Workbench) => page.locator('.stop.ended');
const messages = ({ page }: Workbench) => page.getByRole('log', { name: 'Messages' });

/** Where on the page a text of the screen begins, in the middle of its first cell. */
async function placeOf(workbench: Workbench, role: Role, text: string): Promise<{ x: number; y: number }> {
  const lines = (await screenText(workbench, role)).split('\n');
  const row = lines.findIndex((line) => line.includes(text));
  const { columns, rows, top } = await grid(workbench, role);
  const box = await pane(workbench, role).locator('.xterm-screen').boundingBox();
  if (row < top || !box) throw new Error(`${text} is not on the screen:\n${lines.join('\n')}`);
  const column = (lines[row] ?? '').indexOf(text) + 0.5;
  return { x: box.x + (column * box.width) / columns, y: box.y + ((row - top + 0.5) * box.height) / rows };
}

async function setClipboard({ page, app }: Workbench, text: string): Promise<void> {
  if (app) await app.evaluate(({ clipboard }, given) => clipboard.writeText(given), text);
  else await page.evaluate((given) => navigator.clipboard.writeText(given), text);
}

const clipboardText = ({ page, app }: Workbench): Promise<string> =>
  app ? app.evaluate(({ clipboard }) => clipboard.readText()) : page.evaluate(() => navigator.clipboard.readText());

/** All bytes that a terminal of the one session ever wrote. */
async function spooled({ home }: Workbench, role: Role): Promise<Buffer> {
  const [session = ''] = await readdir(join(home, 'data', 'sessions'));
  const folder = join(home, 'data', 'sessions', session, role);
  return Buffer.concat(await Promise.all((await readdir(folder)).sort().map((file) => readFile(join(folder, file)))));
}

test('search finds a text, says when there is none, and what it found can be copied', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await shows(workbench, 'console', '(Pdb)');
  await type(workbench, 'console', 'p "needle", 1\n');
  await shows(workbench, 'console', /\('needle', 1\)\n\(Pdb\)$/);
  await type(workbench, 'console', '');
  await page.keyboard.press('Control+Shift+F');
  const find = page.getByRole('textbox', { name: 'Find in the terminal' });
  await find.fill('no such text');
  await find.press('Enter');
  await expect(page.getByRole('search')).toContainText('Not found');
  await find.fill("('needle'");
  await find.press('Enter');
  await expect(page.getByRole('search')).not.toContainText('Not found');
  await find.press('Escape');
  await expect(page.getByRole('search')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+C');
  await expect(messages(workbench)).toContainText('Copied');
  expect(await clipboardText(workbench)).toBe("('needle'");
  await type(workbench, 'console', 'p 2\n');
  await shows(workbench, 'console', /\(Pdb\) p 2\n2\n\(Pdb\)$/);
});

test('a selection is copied by Ctrl+Shift+C, and by Ctrl+C only while there is one', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'waits.py', args: 'rest', stopOnEntry: false });
  await shows(workbench, 'program', 'begins');
  await running(workbench);
  const { x, y } = await placeOf(workbench, 'program', 'begins');
  await page.mouse.dblclick(x, y);
  await page.keyboard.press('Control+c');
  await expect(messages(workbench)).toContainText('Copied');
  expect(await clipboardText(workbench)).toBe('begins');
  await running(workbench);
  await page.keyboard.press('Control+Shift+C');
  await expect(messages(workbench)).toContainText('Nothing is selected');
  expect(await clipboardText(workbench)).toBe('begins');
  await page.keyboard.press('Control+c');
  await expect(page.locator('.status')).toContainText('stopped at waits.py');
});

test('a line is pasted as it is; several are shown first, and cannot act as typed', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await shows(workbench, 'console', '(Pdb)');
  await setClipboard(workbench, 'p "one line"');
  await type(workbench, 'console', '');
  await page.keyboard.press('Control+Shift+V');
  await shows(workbench, 'console', /\(Pdb\) p "one line"$/);
  await page.keyboard.press('Enter');
  await shows(workbench, 'console', /'one line'\n\(Pdb\)$/);

  await setClipboard(workbench, 'p 1+\x1b[201~1\np 2+2\x1b[200~\n\u202ep 3+3');
  await page.keyboard.press('Control+Shift+V');
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Paste 3 lines?');
  await expect(dialog.locator('pre')).toHaveText(/^p 1\+1\np 2\+2\n[^\u202e]*p 3\+3$/);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect(await screenText(workbench, 'console')).toMatch(/\(Pdb\)$/);

  await setClipboard(workbench, 'p 1+\x1b[201~1\np 2+2\x1b[200~\n');
  await type(workbench, 'console', '');
  await page.keyboard.press('Control+Shift+V');
  await dialog.getByRole('button', { name: /^Paste/ }).click();
  await page.keyboard.press('Enter');
  await shows(workbench, 'console', /\n2\n[\s\S]*\n4\n[\s\S]*\(Pdb\)$/);
});

test('a link says where it leads before it is opened, and a place in a source is shown', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'links.py', stopOnEntry: false, programTerminal: 'In the console' });
  await expect(ended(workbench)).toBeVisible();
  await shows(workbench, 'console', 'line 11, in discount');
  const click = async (text: string) => {
    const { x, y } = await placeOf(workbench, 'console', text);
    await page.mouse.move(x + 30, y);
    await page.mouse.click(x + 30, y);
  };
  const dialog = page.getByRole('alertdialog');
  await click('http://example.test');
  await expect(dialog.locator('.target')).toHaveText('http://example.test/a?b=1&c=2');
  await expect(dialog.getByRole('button', { name: 'Do not open' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await click('http://good.test');
  await expect(dialog.locator('.target')).toHaveText('http://evil.test/steal');
  await dialog.getByRole('button', { name: 'Copy' }).click();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  // Not the web: no link at all.
  await click('a file');
  await click('File "');
  await expect(page.locator('.files .tab.on')).toContainText('orders.py');
  await expect(page.locator('.status')).toContainText('Ln 11');
  await expect(dialog).toHaveCount(0);
});

/** Cells, by Unicode's East Asian Width and its rules for grapheme clusters. */
const WIDTHS: readonly (readonly [string, number])[] = [
  ['plain', 5],
  ['日本', 4],
  ['한글', 4],
  ['ｱﾝ', 2],
  ['Ａ', 2],
  ['e\u0301', 1],
  ['a\u0302\u0323x', 2],
  ['👍', 2],
  ['👍🏽', 2],
  ['👨‍👩‍👧', 2],
  ['🇩🇪', 2],
  ['❤️', 2],
  ['½×', 2],
];

test('wide, combined and joined characters take the cells that they should', async ({ workbench }) => {
  const args = WIDTHS.map(([text]) => `'${text}'`).join(' ');
  await launch(workbench, { program: 'widths.py', args, stopOnEntry: false });
  await expect(ended(workbench)).toContainText('The program finished.');
  await shows(workbench, 'program', 'widths:');
  const told = /widths: ([\d\s]+)/
    .exec(await screenText(workbench, 'program'))?.[1]
    ?.trim()
    .split(/\s+/)
    .map(Number);
  expect(WIDTHS.map(([text], i) => [text, told?.[i]])).toEqual(WIDTHS);
});

test('the program sees its pane’s size, and every change of it', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'sizes.py', stopOnEntry: false });
  await shows(workbench, 'program', 'ready');
  const told = async (word: string) => {
    await type(workbench, 'program', `${word}\n`);
    const { columns, rows } = await grid(workbench, 'program');
    await shows(workbench, 'program', `${word} ${columns} ${rows} stty ${rows} ${columns}`);
    return { columns, rows };
  };
  const first = await told('a');
  await page.getByRole('tab', { name: /sizes/ }).click();
  await page.keyboard.press('Control+=');
  await page.keyboard.press('Control+=');
  await page.keyboard.press('Control+=');
  await expect(page.locator('.screen').first()).toBeVisible();
  await sizeChanges(workbench, first.rows);
  const second = await told('b');
  expect(second.rows).toBeLessThan(first.rows);
  expect(second.columns).toBeLessThan(first.columns);
});

/** Waits until the program's screen has another number of rows. */
const sizeChanges = ({ page }: Workbench, from: number) =>
  page.waitForFunction((rows) => {
    const screen = document.querySelector('[data-testid=terminal-program] .screen');
    const read: unknown = screen && Reflect.get(screen, 'readGrid');
    return typeof read === 'function' && read.call(screen).rows !== rows;
  }, from);

test('a console answers no query of the output; a program’s own pane does', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'queries.py', stopOnEntry: false, programTerminal: 'In the console' });
  await shows(workbench, 'console', 'asked');
  const { x, y } = await placeOf(workbench, 'console', 'asked');
  await page.mouse.move(x + 50, y);
  await page.mouse.click(x, y);
  await page.keyboard.type('mine\n');
  await shows(workbench, 'console', "heard b'mine\\n'");
  await page.getByRole('button', { name: 'New session' }).click();
  await launch(workbench, { program: 'queries.py', stopOnEntry: false, programTerminal: 'Own pane' });
  await shows(workbench, 'program', 'asked');
  // The past is drawn anew, and must not be answered anew.
  await page.reload();
  await shows(workbench, 'program', 'asked');
  await type(workbench, 'program', 'mine\n');
  await shows(workbench, 'program', /heard b'[\s\S]*mine\\n'/);
  const heard = (await screenText(workbench, 'program')).replaceAll('\n', '');
  expect(heard).toMatch(/x1b\[\?1;2c/);
  expect(heard.match(/x1b\[0n/g)).toHaveLength(1);
  expect(heard).toMatch(/x1b\[\d+;\d+R/);
});

test('screen-reader mode gives the terminals a text that can be read out', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await shows(workbench, 'console', '(Pdb)');
  await expect(pane(workbench, 'console').locator('.xterm-accessibility')).toHaveCount(0);
  await page.keyboard.press('F1');
  await page.getByRole('searchbox').fill('screen-reader');
  await page.keyboard.press('Enter');
  await expect(pane(workbench, 'console').locator('.xterm-accessibility')).toContainText('(Pdb)');
});

test.describe('with a home of its own', () => {
  const home = mkdtempSync(join(tmpdir(), 'casebook-saves-'));
  test.use({ hostEnv: { HOME: home } });

  test('all output is saved byte for byte, also what was cleared from the screen', async ({ workbench }) => {
    const { page } = workbench;
    await launch(workbench, { program: 'prints.py', args: '3000', stopOnEntry: false, programTerminal: 'In the console' });
    await expect(ended(workbench)).toContainText('The program finished.');
    await shows(workbench, 'console', 'The program finished.');
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    expect(await screenText(workbench, 'console')).not.toContain('2999');
    await page.getByRole('button', { name: 'Save all output' }).click();
    await expect(messages(workbench)).toContainText(/Saved [\d,]+ bytes to \S+casebook-console-\S+\.txt/);
    const [, file = ''] = /to (\S+\.txt)/.exec((await messages(workbench).textContent()) ?? '') ?? [];
    expect(await readFile(file, 'latin1')).toBe((await spooled(workbench, 'console')).toString('latin1'));
  });
});

test('the screen is what a terminal of its size makes of the output, line for line', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'prints.py', args: '5000', programTerminal: 'In the console' });
  await stoppedAt(workbench, 'prints.py:1');
  await page.keyboard.press('F5');
  await expect(ended(workbench)).toContainText('The program finished.');
  await shows(workbench, 'console', /The program finished\.$/);
  const shown = await screenText(workbench, 'console');
  expect(shown).toBe(await headlessScreen(await spooled(workbench, 'console'), await grid(workbench, 'console')));
});

test('a flood of 20 MB is drawn to its right end, also after a jump, and says how far behind it is', async ({ workbench }) => {
  const behind = pane(workbench, 'console').locator('.behind');
  await launch(workbench, {
    program: join(PROGRAMS, 'bench', 'flood.py'),
    args: '20000000',
    stopOnEntry: false,
    programTerminal: 'In the console',
  });
  await shows(workbench, 'console', 'ready');
  await expect(behind).toHaveCount(0);
  await type(workbench, 'console', 'g');
  await expect(behind).toContainText(/Behind by \d+ MB\. Everything is kept\./);
  await behind.getByRole('button', { name: 'Jump to end' }).click();
  await expect(behind).toHaveCount(0);
  await type(workbench, 'console', 'g');
  await expect(ended(workbench)).toContainText('The program finished.');
  await shows(workbench, 'console', /The program finished\.$/);
  const size = await grid(workbench, 'console');
  const bytes = await spooled(workbench, 'console');
  expect(bytes.length).toBeGreaterThan(20_000_000);
  const last = (text: string) => text.split('\n').slice(-size.rows);
  expect(last(await screenText(workbench, 'console'))).toEqual(last(await headlessScreen(bytes.subarray(-100_000), size)));
});
