import type { Answer, ClientMessage, HostBridge, ServerMessage } from '../../preload/protocol/answer';
import type { BridgeEvent } from '../../preload/protocol/bridge';
import { decodeOutput } from '../../preload/protocol/outputFrame';

const KEPT_TOKEN = 'casebook.token';
const LOST: Answer<never> = {
  ok: false,
  failure: { code: 'not-available', message: 'The link to Casebook is cut. It is tried again by itself; sessions go on meanwhile.' },
};

/** The token of the address's fragment, moved out of sight into this tab's own storage. */
function takeToken(): string {
  const given = /^#t=([0-9a-f]+)$/.exec(location.hash)?.[1];
  if (given) {
    sessionStorage.setItem(KEPT_TOKEN, given);
    history.replaceState(undefined, '', location.pathname);
  }
  return sessionStorage.getItem(KEPT_TOKEN) ?? '';
}

/** How a link ended: it stood and was cut, there never was one, or the token was not right. */
export type LinkEnd = 'cut' | 'unanswered' | 'refused';

/** A host is asked this often whether it is there, and is taken for gone when it has not answered in that time (ui.md §7: 4.5 s in all). */
const ASK_EVERY_MS = 1500;
const ANSWER_WITHIN_MS = 3000;

/**
 * The seam over a WebSocket, for the browser.
 *
 * @param ended called once when the link is gone
 * @returns settles when the host has let us in
 */
export function openWebBridge(ended: (how: LinkEnd) => void): Promise<HostBridge> {
  const socket = new WebSocket(`ws://${location.host}/bridge`);
  socket.binaryType = 'arraybuffer';
  const listeners = new Set<(event: BridgeEvent) => void>();
  const waiting = new Map<number, (answer: Answer<never>) => void>();
  let asked = 0;
  let state: 'opening' | 'open' | 'ended' = 'opening';
  const tell = (event: BridgeEvent) => listeners.forEach((listener) => listener(event));
  const send = (message: ClientMessage) => socket.send(JSON.stringify(message));
  const bridge: HostBridge = {
    request: (name, params) =>
      new Promise((resolve) => {
        if (state !== 'open') return resolve(LOST);
        const id = ++asked;
        waiting.set(id, resolve);
        send({ id, name, params });
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const end = (how: LinkEnd) => {
    if (state === 'ended') return;
    state = 'ended';
    for (const settle of waiting.values()) settle(LOST);
    waiting.clear();
    ended(how);
  };
  return new Promise((resolve) => {
    socket.onopen = () => send({ token: takeToken() });
    socket.onclose = ({ code }) => end(code === 4403 ? 'refused' : state === 'open' ? 'cut' : 'unanswered');
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (state === 'ended') return undefined;
      if (typeof data !== 'string') return tell({ type: 'output', ...decodeOutput(data) });
      const message: ServerMessage = JSON.parse(data);
      if ('welcome' in message) {
        state = 'open';
        watch(bridge, () => {
          end('cut');
          socket.close();
        });
        return resolve(bridge);
      }
      if ('event' in message) return tell(message.event);
      waiting.get(message.id)?.(message.answer);
      waiting.delete(message.id);
    };
  });
}

/** Asks the host again and again whether it is there: a host that hangs, or a tunnel that is dead, closes nothing. */
function watch(bridge: HostBridge, silent: () => void): void {
  let late: ReturnType<typeof setTimeout> | undefined;
  const ask = async () => {
    const began = performance.now();
    // A page that slept meanwhile has not waited: it asks once more.
    late = setTimeout(() => (performance.now() - began < 2 * ANSWER_WITHIN_MS ? silent() : void ask()), ANSWER_WITHIN_MS);
    const { ok } = await bridge.request('app.alive', {});
    clearTimeout(late);
    if (ok) setTimeout(() => void ask(), ASK_EVERY_MS);
  };
  void ask();
}
