import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentWithout } from '../helpers/crippledPython';
import { expect, test } from './host';
import { launch, shows, type } from './session';

/** A Python whose library has no json, as one that was stripped for a small machine. */
function strippedPython(): string {
  const path = process.env['CASEBOOK_TEST_PYTHON'] ?? '/usr/bin/python3';
  const env = Object.entries(environmentWithout(path, ['json'])).map(([name, value]) => `export ${name}='${value}'\n`);
  const file = join(mkdtempSync(join(tmpdir(), 'casebook-stripped-')), 'python3');
  writeFileSync(file, `#!/bin/sh\n${env.join('')}exec '${path}' "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

test('where the bridge cannot load, the session is a terminal that says what is missing, and buttons and keys type', async ({
  workbench,
}) => {
  const { page } = workbench;
  await launch(workbench, { program: 'orders.py', interpreter: strippedPython(), programTerminal: 'In the console' });
  await shows(workbench, 'console', /orders\.py\(1\)<module>\(\)/);
  await expect(page.getByRole('status').filter({ hasText: "No module named 'json'" })).toContainText('the console works');
  await expect(page.locator('.status')).toContainText(/plain pdb/i);
  await expect(page.getByText('Plain pdb tells nothing of the program. Ask it in the console.').first()).toBeVisible();

  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await shows(workbench, 'console', /\(Pdb\) next[\s\S]*orders\.py\(4\)<module>\(\)/);
  await page.keyboard.press('F10');
  await shows(workbench, 'console', /orders\.py\(10\)<module>\(\)/);
  await type(workbench, 'console', 'p 6 * 7\n');
  await shows(workbench, 'console', /\(Pdb\) p 6 \* 7\s+42/);
  await page.getByRole('button', { name: 'Continue' }).click();
  await shows(workbench, 'console', 'total: 276.0');
});
