import { hasEnded, runs } from '../helpers/processes';
import { within } from '../helpers/within';
import { reloadTab, seen } from './crashed';
import { expect, test } from './host';
import type { Workbench } from './host';
import { launch, pidOf, printedLines, running, screenText, shows, stoppedAt, type } from './session';

// Only the browser reaches its host over a link. Chromium has words of its own for one that cannot be opened.
test.use({ complaints: /WebSocket connection to 'ws:.*' failed/ });

const messages = ({ page }: Workbench) => page.getByRole('log', { name: 'Messages' });

test('says that the link is cut when the host hangs, keeps what it shows, and goes on where it was', async ({ workbench }) => {
  const { page, pid } = workbench;
  await launch(workbench, { program: 'prints.py', stopOnEntry: false, programTerminal: 'In the console' });
  await shows(workbench, 'console', /\d+ +end \d+/);
  process.kill(pid, 'SIGSTOP');
  try {
    await expect(page.locator('.status .lost')).toContainText('Link cut', { timeout: 7_000 });
    await expect(messages(workbench)).toContainText('The link to Casebook is cut. It is tried again every second');
    expect(printedLines(await screenText(workbench, 'console')).length).toBeGreaterThan(0);
    await type(workbench, 'console', 'x');
    await expect(messages(workbench)).toContainText('The link to Casebook is cut. It is tried again by itself');
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  await expect(page.locator('.status .lost')).toHaveCount(0);
  await expect(messages(workbench)).toContainText(/Back after \d+ s\. Nothing was lost\./);
  await page.keyboard.press('Control+c');
  await expect(page.locator('.status')).toContainText('stopped at prints.py');
  await shows(workbench, 'console', /\(Pdb\)$/);
  expect(printedLines(await screenText(workbench, 'console')).length).toBeGreaterThan(100);
});

test('says so when the socket is dropped, and has the console neither doubled nor short', async ({ workbench }) => {
  const { page } = workbench;
  await launch(workbench, { program: 'prints.py', args: '2000', stopOnEntry: true, programTerminal: 'In the console' });
  await stoppedAt(workbench, 'prints.py:1');
  await shows(workbench, 'console', /\(Pdb\)$/);
  const before = await screenText(workbench, 'console');
  const offline = await page.context().newCDPSession(page);
  await offline.send('Network.enable');
  await offline.send('Network.emulateNetworkConditions', { offline: true, latency: 0, downloadThroughput: 0, uploadThroughput: 0 });
  await expect(page.locator('.status .lost')).toContainText('Link cut', { timeout: 7_000 });
  await expect(messages(workbench)).toContainText('Casebook does not answer');
  await offline.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await expect(page.locator('.status .lost')).toHaveCount(0);
  expect(await screenText(workbench, 'console')).toBe(before);
  await page.keyboard.press('F5');
  await shows(workbench, 'console', /printed 2000\n/);
  expect(printedLines(await screenText(workbench, 'console'))).toHaveLength(2000);
});

test('says for good that nobody answers when the host was killed, whose debuggers end with it', async ({ workbench }) => {
  const { page, pid } = workbench;
  await launch(workbench, { program: 'waits.py', args: 'rest', stopOnEntry: false });
  await running(workbench);
  const debuggee = await pidOf(workbench);
  process.kill(pid, 'SIGKILL');
  await expect(messages(workbench)).toContainText(/Casebook does not answer: it was ended, .*If it was started anew, open the address/);
  await expect(page.locator('.status .lost')).toContainText('Link cut');
  await shows(workbench, 'program', 'begins');
  await hasEnded(debuggee);
  expect(runs(debuggee)).toBe(false);
});

test('a crashed tab is at the same place after Reload, and so is another tab of the printed address', async ({ workbench, browser }) => {
  const { page, url } = workbench;
  await launch(workbench, { program: 'orders.py' });
  await stoppedAt(workbench, 'orders.py:1');
  await page.keyboard.press('F10');
  await stoppedAt(workbench, 'orders.py:4');
  const crashed = page.waitForEvent('crash');
  const session = await page.context().newCDPSession(page);
  session.send('Page.crash').catch((error: unknown) => expect(String(error)).toMatch(/crash|closed/i));
  await crashed;
  const run = await reloadTab(await browser.newBrowserCDPSession(), url.replace(/#.*/, ''));
  await within(10_000, 'the tab as it was', run(seen('.status', 'stopped at orders.py:4')));
  await within(10_000, 'the console as it was', run(seen('[data-testid=terminal-console] .screen', '(Pdb) next')));

  const other = await browser.newPage();
  await other.goto(url);
  await stoppedAt({ ...workbench, page: other }, 'orders.py:4');
  await shows({ ...workbench, page: other }, 'console', /\(Pdb\) next/);
  await other.keyboard.press('F10');
  await within(10_000, 'the step in the first tab too', run(seen('.status', 'stopped at orders.py:10')));
  await other.close();
});
