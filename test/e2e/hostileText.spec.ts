import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ask } from './ask';
import { expect, test } from './host';
import type { Workbench } from './host';
import { clickMargin, fillForm, launch, screenText, shows, stoppedAt, type } from './session';
import { withFolder } from './surroundings';

const PYTHON = process.env['CASEBOOK_TEST_PYTHON'] ?? '/usr/bin/python3';

test.describe('text of a program or a file name is shown, and commands nothing', () => {
  const ESC = '\x1b]0;owned\x07\x1b[31m';
  const BIDI = '\u202egpj';

  /** Texts and labels of the page that still hold what could command, hide or reorder. */
  const rawTexts = (page: Page): Promise<readonly string[]> =>
    page.evaluate(() => {
      const hidden = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
      const found: string[] = hidden.test(document.title) ? [`title ${JSON.stringify(document.title)}`] : [];
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        // A terminal is where a program's own bytes are shown; each of its cells is on its own there.
        if ((node instanceof Element ? node : node.parentElement)?.closest('.screen')) continue;
        if (node instanceof Element) {
          for (const name of ['title', 'aria-label', 'aria-valuetext', 'alt', 'placeholder']) {
            const value = node.getAttribute(name) ?? '';
            if (hidden.test(value)) found.push(`${name} ${JSON.stringify(value)}`);
          }
        } else if (hidden.test(node.textContent ?? '')) found.push(`${node.parentElement?.className} ${JSON.stringify(node.textContent)}`);
      }
      return found;
    });

  async function openHostile(workbench: Workbench, folder: string): Promise<void> {
    const inner = join(folder, `dir${ESC}`);
    await mkdir(inner);
    const program = join(inner, `shop${BIDI}${ESC}.py`);
    const name = JSON.stringify(`${ESC}${BIDI}`).replaceAll('\u202e', '\\u202e');
    const source = [`value = ${name}`, `table = {${name}: [${name}]}`, 'def sell():', `    raise ValueError(${name})`, 'sell()', ''].join(
      '\n',
    );
    await writeFile(program, source);
    await fillForm(workbench, { program, interpreter: PYTHON, args: `'${ESC}'` });
  }

  test('in the form, the file list, the source’s path, values, the stack, an exception and the end', async ({ workbench }) => {
    await withFolder(async (folder) => {
      const { page } = workbench;
      await openHostile(workbench, folder);
      await expect(page.locator('.rc')).toContainText('␛]0;owned');
      const form = await rawTexts(page);
      await page.getByRole('button', { name: 'Browse for program' }).click();
      await expect(page.getByRole('listbox', { name: 'Files' }).getByRole('option').first()).toContainText('<U+202E>');
      const list = await rawTexts(page);
      await page.getByRole('button', { name: 'Cancel' }).click();

      await page.getByRole('button', { name: 'Launch', exact: true }).click();
      await expect(page.locator('.status')).toContainText('stopped at shop<U+202E>gpj');
      for (const stop of ['stop 2', 'stop 3']) {
        await page.keyboard.press('F10');
        await expect(page.locator('.stop')).toContainText(stop);
      }
      const variables = page.getByRole('treegrid', { name: 'Variables' });
      await expect(variables).toContainText('table');
      await clickMargin(workbench, 4);
      const stopped = await rawTexts(page);

      await page.keyboard.press('F5');
      await expect(page.locator('.stop')).toContainText('stop 4');
      await page.keyboard.press('F5');
      await expect(page.locator('.stop')).toContainText('ValueError: ␛]0;owned␇␛[31m<U+202E>gpj');
      const raised = await rawTexts(page);
      await type(workbench, 'console', 'q\n');
      await expect(page.locator('.stop.ended')).toBeVisible();
      const ended = await rawTexts(page);
      await page.keyboard.press('Control+Shift+D');
      await page.getByRole('button', { name: 'New session' }).click();
      await expect(page.getByText('Recent', { exact: false }).first()).toBeVisible();
      const recent = await rawTexts(page);
      expect({ form, list, stopped, raised, ended, recent }).toEqual({
        form: [],
        list: [],
        stopped: [],
        raised: [],
        ended: [],
        recent: [],
      });
    });
  });
});

test.describe('a link in a program’s output', () => {
  const PRINTED = [
    '\\x1b]8;;http://evil.invalid/pay\\x07https://bank.invalid/\\x1b]8;;\\x07',
    '\\x1b]8;;javascript:alert(1)\\x07script\\x1b]8;;\\x07',
    '\\x1b]8;;file:///etc/passwd\\x07file\\x1b]8;;\\x07',
    '\\x1b]8;;vscode://x/y\\x07handler\\x1b]8;;\\x07',
    'https://plain.invalid/a?b=1',
    '\\x1b]8;;http://bank.invalid@evil.invalid/\\x07user\\x1b]8;;\\x07',
  ];

  /** Moves the pointer over a row of the program's terminal, at its third character. */
  async function pointAt(workbench: Workbench, text: string): Promise<{ readonly x: number; readonly y: number }> {
    const { page } = workbench;
    const row = (await screenText(workbench, 'program')).split('\n').findIndex((line) => line.startsWith(text));
    expect(row, `row of ${text}`).toBeGreaterThanOrEqual(0);
    const pane = page.getByTestId('terminal-program');
    const box = await pane.locator('.xterm-screen').boundingBox();
    const cell = await pane
      .locator('textarea')
      .evaluate((area) => ({ width: Number.parseFloat(area.style.width), height: Number.parseFloat(area.style.lineHeight) }));
    const at = { x: (box?.x ?? 0) + 2.5 * cell.width, y: (box?.y ?? 0) + (row + 0.5) * cell.height };
    await page.mouse.move(at.x + 1, at.y);
    await page.mouse.move(at.x, at.y);
    return at;
  }

  /** Counts what is opened outside: pages of the browser, or calls of the desktop's shell. */
  async function watchOpened({ page, app }: Workbench): Promise<() => Promise<readonly string[]>> {
    const opened: string[] = [];
    page.context().on('page', (other) => opened.push(other.url()));
    await page.context().route(/\.invalid/, (route) => route.fulfill({ body: 'reached' }));
    await app?.evaluate(({ shell }) => {
      const urls: string[] = [];
      Object.assign(globalThis, { openedUrls: urls });
      shell.openExternal = async (url: string) => void urls.push(url);
    });
    return async () => (app ? app.evaluate((): string[] => Reflect.get(globalThis, 'openedUrls')) : opened);
  }

  test('is shown with its real target and opened only after a click on the target; other schemes are no links', async ({ workbench }) => {
    await withFolder(async (folder) => {
      const { page } = workbench;
      const program = join(folder, 'links.py');
      await writeFile(program, `${PRINTED.map((text) => `print('${text}')`).join('\n')}\nprint('all', flush=True)\nlast = 1\n`);
      const opened = await watchOpened(workbench);
      await launch(workbench, { program, programTerminal: 'Own pane' });
      await stoppedAt(workbench, 'links.py:1');
      await page.getByText('Program', { exact: true }).first().click();
      await type(workbench, 'console', 'until 8\n');
      await shows(workbench, 'program', 'all');
      const target = page.locator('.link-target');
      const dialog = page.getByRole('alertdialog');

      for (const text of ['script', 'file', 'handler']) {
        const { x, y } = await pointAt(workbench, text);
        await page.mouse.click(x, y);
      }
      await expect(dialog).toHaveCount(0);

      const first = await pointAt(workbench, 'https://bank');
      await expect(target).toHaveText('http://evil.invalid/pay');
      expect(await opened()).toEqual([]);
      await page.mouse.click(first.x, first.y);
      await expect(dialog.locator('.target')).toHaveText('http://evil.invalid/pay');
      await expect(dialog.getByRole('button', { name: 'Do not open' })).toBeFocused();
      expect(await opened()).toEqual([]);
      await dialog.getByRole('button', { name: 'Do not open' }).click();
      await expect(dialog).toHaveCount(0);
      expect(await opened()).toEqual([]);

      const user = await pointAt(workbench, 'user');
      await expect(target).toHaveText('http://bank.invalid@evil.invalid/');
      await page.mouse.click(user.x, user.y);
      await expect(dialog).toContainText('This link is not opened');
      await expect(dialog.getByRole('button', { name: 'Open in the browser' })).toHaveCount(0);
      await dialog.getByRole('button', { name: 'Do not open' }).click();
      await expect(dialog).toHaveCount(0);

      const plain = await pointAt(workbench, 'https://plain');
      await expect(target).toHaveText('https://plain.invalid/a?b=1');
      await page.mouse.click(plain.x, plain.y);
      const another = workbench.kind === 'web' ? page.context().waitForEvent('page') : undefined;
      await dialog.getByRole('button', { name: 'Open in the browser' }).click();
      await another;
      await expect(dialog).toHaveCount(0);
      expect(await opened()).toEqual([expect.stringMatching(/^https:\/\/plain\.invalid\/a\?b=1$|^about:blank$|^$/)]);
    });
  });

  test('is opened by main only when it is a web address without a user name', async ({ workbench }) => {
    const opened = await watchOpened(workbench);
    const urls = [
      ...[
        'javascript:alert(1)',
        'file:///etc/passwd',
        'data:text/html,x',
        'vscode://x',
        'ms-msdt:/id',
        'smb://h/s',
        'mailto:a@b',
        'ftp://h/',
      ],
      ...[
        'https://user@evil.invalid',
        'https://user:pass@evil.invalid',
        'https://',
        '//evil.invalid',
        'evil.invalid',
        '',
        ' ',
        'http://[',
        'casebook://app/',
      ],
    ];
    for (const url of urls)
      expect([url, await ask(workbench, 'link.open', { url })]).toEqual([
        url,
        { ok: false, failure: { code: expect.stringMatching(/^(rejected|not-available|bad-request)$/), message: expect.any(String) } },
      ]);
    expect(await opened()).toEqual([]);
  });
});
