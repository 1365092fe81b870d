import { readFile, writeFile } from 'node:fs/promises';
import { withBrowser } from '../browser';
import { drawnAt, Flood, FLOOD_BYTES, openFloodPane } from '../flood';
import { atMost } from '../goals';
import type { Pair, Row } from '../row';
import { withWebHost } from '../webHost';

/** Resets a process's high-water mark to what it has now. @see proc(5), clear_refs */
const RESET_PEAK = '5';

/** How far the host's peak of memory rises in a flood that a pane draws to its end. A new process for each figure. */
export const floodRss: Row = {
  name: 'flood-rss',
  unit: 'MB',
  goal: atMost(100, 'MB'),
  measure: (effort) =>
    withBrowser(async (browser) => {
      const pairs: Pair[] = [];
      while (pairs.length < effort.pairs(3, 1)) {
        await withWebHost(async (host) => {
          const flood = await Flood.ready(host);
          const page = await openFloodPane(browser, host, flood);
          await writeFile(`/proc/${host.pid}/clear_refs`, RESET_PEAK);
          const before = await peakMegabytes(host.pid);
          await flood.run();
          await drawnAt(page, flood.terminal, FLOOD_BYTES);
          pairs.push([(await peakMegabytes(host.pid)) - before, null]);
          await page.close();
          await flood.end();
        });
      }
      return pairs;
    }),
};

async function peakMegabytes(pid: number): Promise<number> {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1024) / 1e6;
}
