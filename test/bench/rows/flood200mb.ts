import { withBrowser } from '../browser';
import { Flood, FLOOD_BYTES, FLOOD_PROGRAM, GREETING_BYTES, openFloodPane } from '../flood';
import { atLeastTimesPeer } from '../goals';
import { BarePty } from '../peers/barePty';
import type { Pair, Row } from '../row';
import { timed } from '../timed';
import { withWebHost } from '../webHost';

/** From the first byte to the last on disk and hashed, while no window looks, against node-pty that only counts. */
export const flood200mb: Row = {
  name: 'flood-200mb',
  unit: 'MB/s',
  goal: atLeastTimesPeer(0.85),
  measure: (effort) =>
    withWebHost(async (host) => {
      const pairs: Pair[] = [];
      while (pairs.length < effort.pairs(5, 2)) {
        const flood = await Flood.ready(host);
        pairs.push(await inTurn(flood));
        await flood.end();
      }
      return pairs;
    }),
};

/**
 * The same while one pane draws it. The pane is still drawing when its peer has its turn: cores that something keeps
 * awake hand a pty's bytes on up to twice as fast as idle ones, and much slower when there is too much to do.
 */
export const flood200mbPane: Row = {
  name: 'flood-200mb-pane',
  unit: 'MB/s',
  goal: atLeastTimesPeer(0.85),
  measure: (effort) =>
    withBrowser((browser) =>
      withWebHost(async (host) => {
        const pairs: Pair[] = [];
        while (pairs.length < effort.pairs(5, 2)) {
          const flood = await Flood.ready(host);
          const page = await openFloodPane(browser, host, flood);
          pairs.push(await inTurn(flood));
          await page.close();
          await flood.end();
        }
        return pairs;
      }),
    ),
};

async function inTurn(flood: Flood): Promise<Pair> {
  const began = await flood.run();
  const counted = await countedIn();
  return [speed((await flood.completedAt()) - began), speed(counted)];
}

const speed = (ms: number): number => FLOOD_BYTES / 1e6 / (ms / 1000);

async function countedIn(): Promise<number> {
  const bare = new BarePty([FLOOD_PROGRAM, String(FLOOD_BYTES)]);
  try {
    await bare.received(GREETING_BYTES);
    return await timed(async () => {
      bare.type('\n');
      await bare.received(FLOOD_BYTES);
    });
  } finally {
    bare.close();
  }
}
