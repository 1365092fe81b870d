import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import type { Settings } from '../../preload/protocol/settings';
import { within } from '../helpers/within';

const ROOT = join(__dirname, '..', '..');
/** Folder of the programs that tests debug. */
export const PROGRAMS = join(ROOT, 'test', 'programs');

/** The workbench as a person has it before them, in a browser or on the desktop. */
export interface Workbench {
  readonly page: Page;
  /** Casebook's own folder for this test: settings, journals, spools. */
  readonly home: string;
  /** Of the process that owns the sessions. */
  readonly pid: number;
  readonly kind: 'web' | 'electron';
  /** Present on the desktop. */
  readonly app: ElectronApplication | undefined;
  /** What to open in the browser; empty on the desktop. */
  readonly url: string;
  /** Ends Casebook as a person does: the window's last, or the web host's. */
  quit(): Promise<void>;
}

interface Options {
  /** Added to the environment of the host. */
  readonly hostEnv: Readonly<Record<string, string>>;
  /** What the person had set before. */
  readonly kept: Partial<Settings>;
  /** Journals and spools are on a disk of their own with this many bytes; 0: on the usual one. Needs root. */
  readonly dataDisk: number;
  /** What the window may complain of, because the test itself brings it about. */
  readonly complaints: RegExp;
}

/** One spec, two hosts: which one is opened goes by the project's name. */
export const test = base.extend<Options & { workbench: Workbench }>({
  hostEnv: [{}, { option: true }],
  kept: [{}, { option: true }],
  dataDisk: [0, { option: true }],
  complaints: [/^$/, { option: true }],
  workbench: async ({ playwright, browser, hostEnv, kept, dataDisk, complaints, viewport, colorScheme }, use, info) => {
    void playwright;
    const home = await mkdtemp(join(tmpdir(), 'casebook-e2e-'));
    const unmount = await furnish(home, kept, dataDisk);
    const env = { HOME: home, ...inherited(), ...hostEnv, CASEBOOK_HOME: home };
    const size = viewport ?? { width: 1440, height: 900 };
    const errors: string[] = [];
    try {
      const open =
        info.project.name === 'electron'
          ? openElectron(env, home, size)
          : openWeb(env, home, () =>
              browser.newPage({ viewport: size, colorScheme: colorScheme ?? 'dark', permissions: ['clipboard-read', 'clipboard-write'] }),
            );
      const { workbench, close } = await open;
      workbench.page.on('pageerror', (error) => errors.push(error.message));
      workbench.page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await use(workbench);
      await close();
    } finally {
      unmount();
      await rm(home, { recursive: true, force: true });
    }
    const unexpected = errors.filter((error) => !complaints.test(error));
    if (unexpected.length) throw new Error(`The window complained:\n${unexpected.join('\n')}`);
  },
});
export { expect } from '@playwright/test';

/** Puts into Casebook's folder what is there before it starts. @returns takes the disk away again */
async function furnish(home: string, kept: Partial<Settings>, dataDisk: number): Promise<() => void> {
  await mkdir(join(home, 'config'));
  await mkdir(join(home, 'data'));
  if (Object.keys(kept).length) await writeFile(join(home, 'config', 'settings.json'), JSON.stringify(kept));
  if (!dataDisk) return () => undefined;
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${dataDisk}`, 'tmpfs', join(home, 'data')]);
  return () => void execFileSync('umount', [join(home, 'data')]);
}

const inherited = (): Record<string, string> =>
  Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

interface Opened {
  readonly workbench: Workbench;
  close(): Promise<void>;
}

async function openWeb(env: Record<string, string>, home: string, newPage: () => Promise<Page>): Promise<Opened> {
  const host = spawn(process.execPath, [join(ROOT, 'dist', 'main', 'web.cjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await within(15_000, 'address of the web host', addressOf(host));
  const page = await newPage();
  await page.goto(url);
  await page.locator('body[data-ready]').waitFor();
  return {
    workbench: { page, home, pid: host.pid ?? 0, kind: 'web', app: undefined, url, quit: () => ended(host) },
    async close() {
      await page.context().close();
      await ended(host);
    },
  };
}

async function openElectron(env: Record<string, string>, home: string, size: { width: number; height: number }): Promise<Opened> {
  const executablePath = env['CASEBOOK_ELECTRON'];
  const folder = env['CASEBOOK_APP'];
  if (!executablePath || !folder) throw new Error('Run this with npm test -- --only electron, which finds an Electron and a display.');
  const app = await _electron.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', folder],
    env,
  });
  const page = await app.firstWindow();
  await app.evaluate(({ BrowserWindow }, { width, height }) => BrowserWindow.getAllWindows()[0]?.setContentSize(width, height), size);
  await page.locator('body[data-ready]').waitFor();
  return {
    workbench: { page, home, pid: app.process().pid ?? 0, kind: 'electron', app, url: '', quit: () => app.close() },
    close: () => app.close(),
  };
}

function addressOf(host: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    let said = '';
    host.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /http:\S+(?=\n)/.exec(said)?.[0];
      if (url) found(url);
    });
    host.once('exit', (code) => failed(new Error(`the web host ended with code ${code}: ${said}`)));
  });
}

async function ended(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const gone = new Promise((resolve) => host.once('exit', resolve));
  host.kill('SIGTERM');
  await within(10_000, 'end of the web host', gone);
}
