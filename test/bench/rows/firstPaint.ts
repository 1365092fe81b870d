import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext } from '@playwright/test';
import { serve } from '../../../main/hosts/web/webServer';
import { within } from '../../helpers/within';
import { VIEWPORT, withBrowser } from '../browser';
import { ROOT } from '../casebook';
import { watchPaint } from '../paintWatch';
import { atMostAbovePeer } from '../goals';
import { withApp } from '../inProcess';
import type { Pair, Row } from '../row';

const PATIENCE_MS = 30_000;
/** Chromium keeps the compiled form of a script from its second use on. */
const VISITS_BEFORE = 2;
const EMPTY = '<!doctype html><title>Empty</title><p>Nothing</p>';

/** From navigation to the frame in which Start is drawn and its first button answers, against an empty page of the same server. */
export const firstPaint: Row = {
  name: 'first-paint',
  unit: 'ms',
  goal: atMostAbovePeer(250, 'ms'),
  measure: (effort) =>
    withApp(async (app, home) => {
      const folder = join(home, 'renderer');
      await cp(join(ROOT, 'dist/renderer'), folder, { recursive: true });
      await writeFile(join(folder, 'empty.html'), EMPTY);
      const server = await serve(app, folder, { port: 0 });
      try {
        return await withBrowser((browser) => measurePaints(browser, server.url, effort.pairs(15, 3)));
      } finally {
        await server.close();
      }
    }),
};

async function measurePaints(browser: Browser, url: string, count: number): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  while (pairs.length < count) {
    const context = await browser.newContext({ viewport: VIEWPORT });
    await context.addInitScript(watchPaint);
    for (let i = 0; i < VISITS_BEFORE; i++) await visit(context, url);
    pairs.push([await visit(context, url), await visit(context, new URL('/empty.html', url).href)]);
    await context.close();
  }
  return pairs;
}

/** Opens an address in a page of its own. @returns milliseconds from the navigation until it was painted and usable */
async function visit(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'commit' });
  const took = await within(
    PATIENCE_MS,
    `first paint of ${new URL(url).pathname}`,
    page.evaluate(() => window.usableAfter),
  );
  await page.close();
  if (took === undefined) throw new Error('The page has no watch on its paints.');
  return took;
}
