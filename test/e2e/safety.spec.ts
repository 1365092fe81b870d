import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { CONTENT_SECURITY_POLICY, staticFile } from '../../main/hosts/staticFiles';
import { within } from '../helpers/within';
import { ask } from './ask';
import { expect, PROGRAMS, test } from './host';
import type { Workbench } from './host';
import { openPlainDesktop } from './plainDesktop';
import { clickMargin, fillForm, launch, screenText, shows, stoppedAt, type } from './session';

const PYTHON = process.env['CASEBOOK_TEST_PYTHON'] ?? '/usr/bin/python3';

/** A folder for the length of one test. */
async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'casebook-safety-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A server for the length of one test. @returns its address */
async function withServer(answer: RequestListener, use: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await within(5_000, 'server of the test', once(server, 'listening'));
  const { port } = server.address() as AddressInfo;
  try {
    await use(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test.describe('opening a folder runs nothing of it', () => {
  /** Modules of Python's own that a debugger needs, and files that interpreters and debuggers run by themselves. */
  const MODULES = [
    ...['code', 'cmd', 'json', 'readline', 'sitecustomize', 'usercustomize', 'pdb', 'bdb', 'linecache', 'traceback', 'inspect', 'tokenize'],
    ...[
      'rlcompleter',
      'pprint',
      'socket',
      'threading',
      'signal',
      'shlex',
      'glob',
      'dis',
      'ast',
      'codeop',
      'runpy',
      'io',
      'types',
      'typing',
    ],
    ...['collections', 'functools', 'importlib', 'encodings', 'conftest', 'setup', 'casebook_pdb', 'casebook_bridge', '__init__'],
  ];
  const SCRIPT = ['total = 0', 'for price in (1, 2, 3):', '    total += price', 'print(total)', 'import conftest', 'print("end")', ''].join(
    '\n',
  );

  /** @returns reads which of the droppers have run */
  async function dropInto(folder: string): Promise<() => Promise<readonly string[]>> {
    const canary = join(folder, 'canary.txt');
    await writeFile(canary, '');
    const touch = (name: string) => `open(${JSON.stringify(canary)}, 'a').write(${JSON.stringify(`${name}\n`)})\n`;
    for (const name of MODULES) await writeFile(join(folder, `${name}.py`), touch(name));
    await writeFile(join(folder, '.pdbrc'), `import builtins; ${touch('.pdbrc')}`);
    await writeFile(join(folder, '.gdbinit'), `shell echo .gdbinit >> ${canary}\n`);
    for (const venv of ['.venv', 'venv', 'env']) {
      await mkdir(join(folder, venv, 'bin'), { recursive: true });
      await writeFile(join(folder, venv, 'pyvenv.cfg'), 'version = 3.11.2\n');
      await writeFile(join(folder, venv, 'bin', 'python'), `#!/bin/sh\necho ${venv} >> ${canary}\necho 3.11.2\n`);
      await chmod(join(folder, venv, 'bin', 'python'), 0o755);
    }
    for (const name of ['python3', 'python', 'pdb']) {
      await writeFile(join(folder, name), `#!/bin/sh\necho ${name} >> ${canary}\n`);
      await chmod(join(folder, name), 0o755);
    }
    await writeFile(join(folder, 'innocent.py'), SCRIPT);
    return async () => (await readFile(canary, 'utf8')).split('\n').filter(Boolean);
  }

  test('not looking at it, not the form, not a session that stops, steps and is asked; only what the program itself imports', async ({
    workbench,
  }) => {
    await withFolder(async (folder) => {
      const canaries = await dropInto(folder);
      const { page } = workbench;
      await fillForm(workbench, { program: join(folder, 'innocent.py'), interpreter: PYTHON });
      await expect(page.getByText('Files that stay unread')).toBeVisible();
      await expect(page.getByText('.pdbrc')).toBeVisible();
      await page.getByRole('button', { name: 'Browse for program' }).click();
      const row = page.getByRole('listbox', { name: 'Files' }).getByRole('option');
      await expect(row.filter({ hasText: 'innocent.py' })).toBeVisible();
      await page.getByRole('button', { name: 'Cancel' }).click();
      const found = await ask(workbench, 'launch.interpreters', { folder });
      expect(JSON.stringify(found)).toContain('venv .venv');
      expect(await canaries()).toEqual([]);

      await page.getByRole('button', { name: 'Launch', exact: true }).click();
      await stoppedAt(workbench, 'innocent.py:1');
      expect(await canaries()).toEqual([]);
      await page.keyboard.press('F10');
      await stoppedAt(workbench, 'innocent.py:2');
      await clickMargin(workbench, 3);
      await page.keyboard.press('F5');
      await stoppedAt(workbench, 'innocent.py:3');
      for (const command of ['p total', 'pp total', 'w', 'whatis total', 'l', 'ignore 1', 'display total', 'help p', 'alias x p 1'])
        await type(workbench, 'console', `${command}\n`);
      await type(workbench, 'console', 'p tot\t\t');
      await type(workbench, 'console', '\n');
      await type(workbench, 'console', 'p "asked"\n');
      await shows(workbench, 'console', "'asked'");
      expect(await canaries()).toEqual([]);

      await type(workbench, 'console', 'clear 1\n');
      await type(workbench, 'console', 'until 6\n');
      await stoppedAt(workbench, 'innocent.py:6');
      expect(await canaries()).toEqual(['conftest']);
    });
  });
});

/** Listening TCP sockets of these processes and all that they started, as `address:port`. */
function listening(pid: number): readonly string[] {
  const parents = new Map(
    execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/).map(Number))
      .map(([child = 0, parent = 0]) => [child, parent]),
  );
  const isOurs = (of: number): boolean => of === pid || (of > 1 && isOurs(parents.get(of) ?? 0));
  const lines = execFileSync('ss', ['-ltnpH'], { encoding: 'utf8' }).split('\n');
  const ours = lines.filter((line) => [...line.matchAll(/pid=(\d+)/g)].some(([, of]) => isOurs(Number(of))));
  return ours.map((line) => line.trim().split(/\s+/)[3] ?? '').sort((a, b) => a.localeCompare(b));
}

const config = (program: string, folder: string) => ({
  ...{ program, folder, args: [], env: {}, interpreter: PYTHON },
  ...{ stopOnEntry: true, programTerminal: 'own' },
});

test.describe('no port is opened', () => {
  test('by a session: the same sockets listen before it and while it stands', async ({ workbench }) => {
    const before = listening(workbench.pid);
    await launch(workbench, { program: 'orders.py' });
    await stoppedAt(workbench, 'orders.py:1');
    expect(listening(workbench.pid)).toEqual(before);
    // The browser's host has its one, on the loopback address; on the desktop these are Playwright's own two.
    const own = { web: [`127.0.0.1:${new URL(workbench.url || 'http://x').port}`], electron: before };
    expect(before).toEqual(own[workbench.kind]);
  });

  test('by the desktop program as a person starts it, with a session in it', async ({ workbench }, info) => {
    // Started without Playwright's own ports; in the browser there is no such program.
    if (info.project.name !== 'electron') return expect(workbench.kind).toBe('web');
    await withFolder(async (folder) => {
      await writeFile(join(folder, 'orders.py'), 'total = 0\ntotal = 1\n');
      const desktop = await openPlainDesktop(join(folder, 'home'));
      try {
        const wanted = JSON.stringify(config(join(folder, 'orders.py'), folder));
        const phase = await desktop.evaluate(`new Promise((stopped) => {
          casebook.subscribe((event) => event.type === 'session' && event.session.phase.phase === 'stopped' && stopped(event.session.phase.phase));
          casebook.request('session.launch', ${wanted}).then((answer) => answer.ok || stopped(JSON.stringify(answer)));
        })`);
        expect(phase).toBe('stopped');
        expect(listening(desktop.pid)).toEqual([]);
      } finally {
        await desktop.close();
      }
    });
  });
});

test.describe('a page of ours runs only its own scripts', () => {
  /** What becomes of each attempt of test/programs/policyProbe.js. */
  const EXPECTED = {
    ...{ eval: 'EvalError', 'new Function': 'EvalError', AsyncFunction: 'EvalError', 'timer with text': 'ran' },
    ...{ fetch: 'failed', socket: 'failed', worker: 'failed', 'own page': 'reached', srcdoc: 'loaded' },
    ...{ 'script-src eval': 'blocked', 'script-src-elem inline': 'blocked', 'script-src-elem elsewhere': 'blocked' },
    ...{ 'script-src-attr inline': 'blocked', 'frame-src elsewhere': 'blocked', 'connect-src elsewhere': 'blocked' },
    ...{ 'img-src elsewhere': 'blocked', 'media-src elsewhere': 'blocked', 'object-src elsewhere': 'blocked' },
    ...{ 'style-src-elem elsewhere': 'blocked', 'form-action elsewhere': 'blocked', 'base-uri elsewhere': 'blocked' },
    'worker-src blob': 'blocked',
  };

  test('and reaches nothing but its own server: no inline script, eval, foreign script, frame, request or worker', async ({ browser }) => {
    const reached: string[] = [];
    let results: Readonly<Record<string, string>> = {};
    let complete = () => {};
    const allTried = new Promise<void>((tried) => (complete = tried));
    await withFolder(async (folder) => {
      await cp(resolve(__dirname, '../../dist/renderer'), folder, { recursive: true });
      await cp(join(PROGRAMS, 'policyProbe.js'), join(folder, 'assets', 'probe.js'));
      const inline = '<img src="x" onerror="document.body.dataset.onerror=1"><script>document.body.dataset.parsed="ran"</script>';
      await writeFile(join(folder, 'probe.html'), `<!doctype html><body>${inline}<script src="/assets/probe.js"></script>`);
      const foreign: RequestListener = (request, response) => {
        reached.push(request.url ?? '');
        response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('document.body.dataset.foreign = "ran"');
      };
      const served: RequestListener = async (request, response) => {
        if (request.url === '/report') {
          results = JSON.parse(await text(request));
          if (Object.keys(EXPECTED).every((name) => name in results)) complete();
        }
        const file = await staticFile(folder, (request.url ?? '/').replace(/\?.*$/, ''));
        if (file) response.writeHead(200, file.headers).end(file.body);
        else response.writeHead(404).end();
      };
      await withServer(foreign, (elsewhere) =>
        withServer(served, async (origin) => {
          const page = await browser.newPage();
          await page.goto(`${origin}/probe.html?other=${elsewhere}`, { waitUntil: 'commit' });
          await within(10_000, 'outcome of every attempt', allTried).catch((error: unknown) => reached.push(String(error)));
          await page.close();
        }),
      );
    });
    expect(results).toEqual(EXPECTED);
    expect(reached).toEqual([]);
  });

  test('because the window’s own page comes with that very policy', async ({ workbench }) => {
    const policy = await workbench.page.evaluate(async () => (await fetch(location.pathname)).headers.get('content-security-policy'));
    expect(policy).toBe(CONTENT_SECURITY_POLICY);
  });
});

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
      await page.keyboard.press('F10');
      await page.keyboard.press('F10');
      const variables = page.getByRole('treegrid', { name: 'Variables' });
      await expect(variables).toContainText('table');
      await clickMargin(workbench, 4);
      const stopped = await rawTexts(page);

      await page.keyboard.press('F5');
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

test.describe('a page elsewhere', () => {
  /** In the browser: a name of somebody else's that leads to this machine, and a page of another origin. */
  test('is refused by the web host, under a wrong name or from a wrong origin', async ({ workbench, playwright, launchOptions }, info) => {
    // The desktop has no host to reach: its own test is the next.
    if (info.project.name !== 'web') return expect(workbench.url).toBe('');
    const { port, hash } = new URL(workbench.url);
    const rules = ['--host-resolver-rules=MAP evil.test 127.0.0.1'];
    const browser = await playwright.chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), ...rules] });
    try {
      const page = await browser.newPage();
      const answered = page.waitForResponse(/evil\.test/);
      // Chromium shows a page of its own for a refusal without a body.
      await expect(page.goto(`http://evil.test:${port}/${hash}`)).rejects.toThrow('ERR_HTTP_RESPONSE_CODE_FAILURE');
      expect((await answered).status()).toBe(403);
      await withServer(
        (_, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>elsewhere</title>'),
        async (elsewhere) => {
          const other = await browser.newPage();
          await other.goto(elsewhere.replace('127.0.0.1', 'evil.test'));
          const tried = await other.evaluate(async (at) => {
            const read = fetch(`http://localhost:${at}/`).then(
              async (r) => r.text(),
              () => 'refused',
            );
            const knock = (url: string) =>
              new Promise((done) => {
                const socket = new WebSocket(url);
                socket.onopen = () => done('open');
                socket.onerror = () => done('refused');
              });
            return [
              await read,
              await knock(`ws://localhost:${at}/bridge`),
              await knock(`ws://127.0.0.1:${at}/bridge`),
              await knock(`ws://evil.test:${at}/bridge`),
            ];
          }, port);
          expect(tried).toEqual(['refused', 'refused', 'refused', 'refused']);
        },
      );
    } finally {
      await browser.close();
    }
  });

  test('does not take the desktop’s window: it neither navigates nor opens another', async ({ workbench }, info) => {
    if (info.project.name !== 'electron') return expect(workbench.app).toBeUndefined();
    await withServer(
      (_, response) => void response.end('reached'),
      async (elsewhere) => {
        const { page, app } = workbench;
        const before = page.url();
        for (const url of [elsewhere, 'file:///etc/passwd', 'casebook://evil/index.html', 'data:text/html,x']) {
          const answer = await page.evaluate((to) => {
            const made = window.open(to);
            location.href = to;
            return made === null;
          }, url);
          expect([url, answer, page.url()]).toEqual([url, true, before]);
        }
        expect(await app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
        expect(await ask(workbench, 'app.hello', {})).toMatchObject({ ok: true });
      },
    );
  });
});
