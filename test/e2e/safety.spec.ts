import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import type { Browser } from '@playwright/test';
import { CONTENT_SECURITY_POLICY, staticFile } from '../../main/hosts/staticFiles';
import { within } from '../helpers/within';
import { ask } from './ask';
import { expect, PROGRAMS, test } from './host';
import type { Workbench } from './host';
import { openPlainDesktop } from './plainDesktop';
import { clickMargin, fillForm, launch, shows, stoppedAt, type } from './session';
import { withFolder, withServer } from './surroundings';

const PYTHON = process.env['CASEBOOK_TEST_PYTHON'] ?? '/usr/bin/python3';

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
    // The browser's host has its one. On the desktop these are Playwright's own, which the next test does without.
    expect(before).not.toEqual([]);
    for (const address of before) expect(address).toMatch(/^127\.0\.0\.1:\d+$/);
  });

  /** What listens while a session stands, in Casebook as a person starts it. */
  const whileStopped = {
    async web(workbench: Workbench): Promise<readonly string[]> {
      await launch(workbench, { program: 'orders.py' });
      await stoppedAt(workbench, 'orders.py:1');
      return listening(workbench.pid);
    },
    async electron(_: Workbench, folder: string): Promise<readonly string[]> {
      const desktop = await openPlainDesktop(join(folder, 'home'));
      try {
        const phase = await desktop.evaluate(`new Promise((settled) => {
          const { subscribe, request } = casebook;
          subscribe(({ type, session }) => type === 'session' && session.phase.phase === 'stopped' && settled('stopped'));
          request('session.launch', ${JSON.stringify(config(join(folder, 'orders.py'), folder))}).then((answer) => answer.ok || settled(answer));
        })`);
        expect(phase).toBe('stopped');
        return listening(desktop.pid);
      } finally {
        await desktop.close();
      }
    },
  };

  test('by Casebook as a person starts it, but for the browser its one', async ({ workbench }) => {
    const { kind, url } = workbench;
    const own = { web: [new URL(url || 'http://127.0.0.1').host.replace('localhost', '127.0.0.1')], electron: [] };
    await withFolder(async (folder) => {
      await writeFile(join(folder, 'orders.py'), 'total = 0\ntotal = 1\n');
      expect(await whileStopped[kind](workbench, folder)).toEqual(own[kind]);
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
      const serve = async (request: IncomingMessage, response: ServerResponse) => {
        if (request.url === '/report') {
          results = JSON.parse(await textOf(request));
          if (Object.keys(EXPECTED).every((name) => name in results)) complete();
        }
        const file = await staticFile(folder, (request.url ?? '/').replace(/\?.*$/, ''));
        if (file) response.writeHead(200, file.headers).end(file.body);
        else response.writeHead(404).end();
      };
      await withServer(foreign, (elsewhere) =>
        withServer(
          (request, response) => void serve(request, response),
          async (origin) => {
            const page = await browser.newPage();
            await page.goto(`${origin}/probe.html?other=${elsewhere}`, { waitUntil: 'commit' });
            await within(10_000, 'outcome of every attempt', allTried).catch((error: unknown) => reached.push(String(error)));
            await page.close();
          },
        ),
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

test.describe('a page elsewhere', () => {
  test.use({ complaints: /^Not allowed to (?:load local resource|navigate top frame to data URL)/ });

  const page = '<!doctype html><title>elsewhere</title>';
  const elsewhere: RequestListener = (_, response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end(page);

  /** Tries a name of somebody else's that leads to the web host, and a page of another origin. */
  async function attackHost({ url }: Workbench, browser: Browser): Promise<void> {
    const { port, hash } = new URL(url);
    const rebound = await browser.newPage();
    const answered = rebound.waitForResponse(/evil\.test/);
    // Chromium shows a page of its own for a refusal without a body.
    await expect(rebound.goto(`http://evil.test:${port}/${hash}`)).rejects.toThrow('ERR_HTTP_RESPONSE_CODE_FAILURE');
    expect((await answered).status()).toBe(403);
    await withServer(elsewhere, async (origin) => {
      const other = await browser.newPage();
      await other.goto(origin.replace('127.0.0.1', 'evil.test'));
      const reached = await other.evaluate(async (at) => {
        const knock = (host: string) =>
          new Promise<string>((done) => {
            const socket = new WebSocket(`ws://${host}:${at}/bridge`);
            socket.onopen = () => done(`socket of ${host}`);
            socket.onerror = () => done('');
          });
        const read = fetch(`http://localhost:${at}/`).then(
          () => 'page',
          () => '',
        );
        return Promise.all([read, knock('localhost'), knock('127.0.0.1'), knock('evil.test')]);
      }, port);
      expect(reached).toEqual(['', '', '', '']);
    });
  }

  /** Tries to take the desktop's window elsewhere, or to open another. */
  async function attackWindow(workbench: Workbench): Promise<void> {
    const { page: own, app } = workbench;
    const before = own.url();
    await withServer(elsewhere, async (origin) => {
      for (const url of [origin, 'file:///etc/passwd', 'casebook://evil/index.html', 'data:text/html,x']) {
        const opened = await own.evaluate((to) => {
          const made = window.open(to);
          location.href = to;
          return made !== null;
        }, url);
        expect([url, opened, own.url()]).toEqual([url, false, before]);
      }
    });
    expect(await app?.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(await ask(workbench, 'app.hello', {})).toMatchObject({ ok: true });
  }

  test('reaches neither the web host nor the desktop’s window', async ({ workbench, playwright, launchOptions }) => {
    const rules = ['--host-resolver-rules=MAP evil.test 127.0.0.1'];
    const browser = await playwright.chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), ...rules] });
    try {
      await { web: () => attackHost(workbench, browser), electron: () => attackWindow(workbench) }[workbench.kind]();
    } finally {
      await browser.close();
    }
  });
});
