import { once } from 'node:events';
import type { Page } from '@playwright/test';
import { within } from '../../helpers/within';
import { openWindow, withBrowser } from '../browser';
import { config, terminalOf } from '../casebook';
import { atMostAbovePeer } from '../goals';
import { BarePty } from '../peers/barePty';
import type { Pair, Row } from '../row';
import { timed } from '../timed';
import { withWebHost } from '../webHost';

const PROGRAM = 'echo.py';
/** What the program says first, in bytes as its terminal sends them. */
const GREETING_BYTES = 'ready\r\n'.length;
const PATIENCE_MS = 10_000;
/**
 * A key is held for this long, and comes this long after the last: eight a second, as a quick typist has them. Without
 * a pace the page is still drawing the last key, and Chromium keeps all other tasks waiting for its next frame.
 */
const PACE_MS = 60;

/** From keydown in Chromium to the cell in the xterm buffer, over web host and pty, against the pty alone. */
export const keyEcho: Row = {
  name: 'key-echo',
  unit: 'ms',
  goal: atMostAbovePeer(3, 'ms'),
  measure: (effort) =>
    withWebHost((host) =>
      withBrowser(async (browser) => {
        const terminal = terminalOf(await host.request('session.launch', config(PROGRAM, [])), 'program');
        const page = await openWindow(browser, host.url);
        await page.evaluate(([id, offset]) => window.screenWatch?.drawn(id, offset), [terminal, GREETING_BYTES] as const);
        await page.getByTestId('terminal-program').locator('textarea').focus();
        return measureKeys(page, effort.pairs(100, 15));
      }),
    ),
};

async function measureKeys(page: Page, count: number): Promise<readonly Pair[]> {
  const bare = new BarePty([PROGRAM]);
  try {
    await bare.received(GREETING_BYTES);
    const pairs: Pair[] = [];
    while (pairs.length < count) {
      const character = String.fromCharCode(97 + (pairs.length % 26));
      pairs.push([await press(page, character), await timed(() => bare.key(character))]);
    }
    const letters = (await page.evaluate(() => window.screenWatch?.text('program')))?.replace(/^ready|\s/g, '');
    if (letters?.length !== count) throw new Error(`${count} keys were timed, but the screen holds ${letters?.length} letters.`);
    return pairs;
  } finally {
    bare.close();
  }
}

/** Presses a key in the program's pane, once the page looks out for it. */
async function press(page: Page, character: string): Promise<number> {
  await once(AbortSignal.timeout(PACE_MS), 'abort');
  await page.evaluate(() => window.screenWatch?.expectEcho('program'));
  await page.keyboard.press(character, { delay: PACE_MS });
  const took = await within(
    PATIENCE_MS,
    'echo in the pane',
    page.evaluate(() => window.screenWatch?.echo()),
  );
  if (took === undefined) throw new Error('The page has no watch on its screens.');
  return took;
}
