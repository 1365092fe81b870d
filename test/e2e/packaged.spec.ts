import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';

/** Chromium's sandbox cannot start as root, and the screen of the tests has no graphics card. */
const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu'];

test('the packaged program opens a window that is ready to use', async () => {
  const executablePath = process.env['CASEBOOK_PACKAGED'];
  if (!executablePath) throw new Error('CASEBOOK_PACKAGED must name the program: run npm test -- --only packaged');
  const home = await mkdtemp(join(tmpdir(), 'casebook-packaged-'));
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const env = { ...Object.fromEntries(inherited), HOME: home, XDG_CONFIG_HOME: join(home, 'config') };
  const app = await _electron.launch({ executablePath, args, env });
  try {
    const window = await app.firstWindow();
    await expect(window.locator('body[data-ready]')).toBeVisible();
    await expect(window).toHaveTitle(/Casebook/);
    expect(await app.evaluate(({ app: running }) => running.isPackaged)).toBe(true);
  } finally {
    await app.close();
    await rm(home, { recursive: true, force: true });
  }
});
