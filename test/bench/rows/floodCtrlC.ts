import { openWindow, withBrowser } from '../browser';
import { config, terminalOf } from '../casebook';
import type { Casebook } from '../casebook';
import { drawnAt, FLOOD_PROGRAM, GREETING_BYTES } from '../flood';
import { atMost } from '../goals';
import type { Pair, Row } from '../row';
import { timed } from '../timed';
import { withWebHost } from '../webHost';

const PROMPT = '(Pdb) ';
/** How much more of the flood must have come before the key is pressed: it is in full spate, and the pane is behind. */
const SPATE_BYTES = 20_000_000;

/** From Ctrl-C into an endless flood in the debugger's own console, which a pane draws, to the prompt in its stream. */
export const floodCtrlC: Row = {
  name: 'flood-ctrl-c',
  unit: 'ms',
  goal: atMost(100, 'ms'),
  measure: (effort) =>
    withBrowser((browser) =>
      withWebHost(async (host) => {
        const launch = host.request('session.launch', config(FLOOD_PROGRAM, ['0'], 'console'));
        const [session] = await Promise.all([launch, grown(host, GREETING_BYTES, 0)]);
        const terminal = terminalOf(session, 'console');
        const page = await openWindow(browser, host.url);
        await drawnAt(page, terminal, GREETING_BYTES);
        const pairs: Pair[] = [];
        while (pairs.length < effort.pairs(20, 5)) {
          const start = { terminal, data: pairs.length ? 'continue\n' : '\n' };
          await Promise.all([grown(host, SPATE_BYTES), host.request('terminal.write', start)]);
          pairs.push([await interrupt(host, terminal), null]);
        }
        await host.request('session.close', { session });
        return pairs;
      }),
    ),
};

/** Presses Ctrl-C, listening from the end of the stream on. @returns milliseconds until the prompt came */
async function interrupt(host: Casebook, terminal: string): Promise<number> {
  const { offset } = await host.request('terminal.attach', { terminal, offset: Number.MAX_SAFE_INTEGER });
  await host.request('terminal.acknowledge', { terminal, offset });
  const took = await timed(() => Promise.all([prompt(host, terminal), host.request('terminal.write', { terminal, data: '\x03' })]));
  await host.request('terminal.detach', { terminal });
  return took;
}

/** Settles when the stream brings a prompt; what comes is acknowledged at once, so that nothing waits for us. */
function prompt({ told, request }: Casebook, terminal: string): Promise<true> {
  let end = '';
  return told.next('prompt in the stream', (event) => {
    if (event.type !== 'output' || event.terminal !== terminal) return undefined;
    void request('terminal.acknowledge', { terminal, offset: event.offset + event.data.length });
    const text = end + Buffer.from(event.data).toString('latin1');
    end = text.slice(1 - PROMPT.length);
    return text.includes(PROMPT) || undefined;
  });
}

/** Settles when a console has so many bytes more than `from`, or than at the first news of it. */
function grown({ told }: Casebook, bytes: number, from?: number): Promise<true> {
  let first = from;
  return told.next(`${bytes} bytes more in main`, (event) => {
    if (event.type !== 'terminal' || !event.terminal.id.endsWith('.console')) return undefined;
    first ??= event.terminal.size;
    return event.terminal.size >= first + bytes ? true : undefined;
  });
}
