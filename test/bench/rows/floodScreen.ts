import { createReadStream } from 'node:fs';
import { Terminal } from '@xterm/headless';
import { withBrowser } from '../browser';
import { drawnAt, Flood, FLOOD_BYTES, openFloodPane } from '../flood';
import { atMost } from '../goals';
import type { Pair, Row } from '../row';
import type { ScreenSize } from '../screenWatch';
import { withWebHost } from '../webHost';

/** Lines that a pane keeps for scrolling back. */
const SCROLLBACK = 10_000;

/** From the flood's last byte on disk to a pane whose every row is what a headless terminal makes of the whole flood. */
export const floodScreen: Row = {
  name: 'flood-screen',
  unit: 'ms',
  goal: atMost(15_000, 'ms'),
  measure: (effort) =>
    withBrowser((browser) =>
      withWebHost(async (host) => {
        const expected = new Map<string, string>();
        const pairs: Pair[] = [];
        while (pairs.length < effort.pairs(3, 1)) {
          const flood = await Flood.ready(host);
          const page = await openFloodPane(browser, host, flood);
          await flood.run();
          const drawn = await drawnAt(page, flood.terminal, FLOOD_BYTES);
          pairs.push([drawn - (await flood.completedAt()), null]);
          const { text, size } = await page.evaluate(
            (id) => ({ text: window.screenWatch?.text('program'), size: window.screenWatch?.size(id) }),
            flood.terminal,
          );
          await page.close();
          if (!size) throw new Error('The pane never said its size.');
          const key = JSON.stringify(size);
          expected.set(key, expected.get(key) ?? (await parsed(await flood.files(), size)));
          if (text !== expected.get(key))
            throw new Error(`The pane shows something else than a headless terminal: ${difference(text ?? '', expected.get(key) ?? '')}.`);
          await flood.end();
        }
        return pairs;
      }),
    ),
};

/** All rows that a terminal of this size is left with. */
async function parsed(files: readonly string[], { cols, rows }: ScreenSize): Promise<string> {
  const terminal = new Terminal({ cols, rows, scrollback: SCROLLBACK, allowProposedApi: true });
  for (const file of files) {
    for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 }))
      await new Promise<void>((done) => terminal.write(piece, done));
  }
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, row) => active.getLine(row)?.translateToString(true) ?? '');
  terminal.dispose();
  return lines.join('\n').trimEnd();
}

function difference(shown: string, expected: string): string {
  const [a, b] = [shown.split('\n'), expected.split('\n')];
  const row = a.findIndex((line, i) => line !== b[i]);
  return `${a.length} rows for ${b.length}; row ${row} is ${JSON.stringify(a[row])}, not ${JSON.stringify(b[row])}`;
}
