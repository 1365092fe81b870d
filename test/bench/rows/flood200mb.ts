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
  measure: (effort) => withWebHost((host) => inTurns(effort.pairs(5, 2), async () => flooded(await Flood.ready(host)))),
};

/** The same while one pane draws it; the peer has the machine to itself. */
export const flood200mbPane: Row = {
  name: 'flood-200mb-pane',
  unit: 'MB/s',
  goal: atLeastTimesPeer(0.85),
  measure: (effort) =>
    withBrowser((browser) =>
      withWebHost((host) =>
        inTurns(effort.pairs(5, 2), async () => {
          const flood = await Flood.ready(host);
          const page = await openFloodPane(browser, host, flood);
          try {
            return await flooded(flood);
          } finally {
            await page.close();
          }
        }),
      ),
    ),
};

async function inTurns(count: number, ours: () => Promise<number>): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  while (pairs.length < count) pairs.push([speed(await ours()), speed(await counted())]);
  return pairs;
}

async function flooded(flood: Flood): Promise<number> {
  const began = await flood.run();
  await flood.end();
  return (await flood.completedAt()) - began;
}

const speed = (ms: number): number => FLOOD_BYTES / 1e6 / (ms / 1000);

async function counted(): Promise<number> {
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
