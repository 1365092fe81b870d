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

/**
 * The seam over a WebSocket, for the browser.
 *
 * @param closed called once when the link is gone; `refused` when the token was not right
 * @returns settles when the host has let us in
 */
export function openWebBridge(closed: (refused: boolean) => void): Promise<HostBridge> {
  const socket = new WebSocket(`ws://${location.host}/bridge`);
  socket.binaryType = 'arraybuffer';
  const listeners = new Set<(event: BridgeEvent) => void>();
  const waiting = new Map<number, (answer: Answer<never>) => void>();
  let asked = 0;
  const tell = (event: BridgeEvent) => listeners.forEach((listener) => listener(event));
  const send = (message: ClientMessage) => socket.send(JSON.stringify(message));
  const bridge: HostBridge = {
    request: (name, params) =>
      new Promise((resolve) => {
        if (socket.readyState !== WebSocket.OPEN) return resolve(LOST);
        const id = ++asked;
        waiting.set(id, resolve);
        send({ id, name, params });
      }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return new Promise((resolve) => {
    socket.onopen = () => send({ token: takeToken() });
    socket.onclose = ({ code }) => {
      for (const settle of waiting.values()) settle(LOST);
      waiting.clear();
      closed(code === 4403);
    };
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== 'string') return tell({ type: 'output', ...decodeOutput(data) });
      const message: ServerMessage = JSON.parse(data);
      if ('welcome' in message) return resolve(bridge);
      if ('event' in message) return tell(message.event);
      waiting.get(message.id)?.(message.answer);
      waiting.delete(message.id);
    };
  });
}
