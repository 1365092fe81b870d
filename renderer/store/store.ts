import { create } from 'zustand';
import type { Bridge, BridgeEvent, Params, RequestName, Result } from '../../preload/protocol/bridge';
import { connect, Refusal } from './connect';
import { beginning, reduce } from './view';
import type { Act, View } from './view';

/** The mirrored state. Main owns sessions; this only shows them. */
export const useView = create<View>(() => beginning);

/** Changes the view by one event or act. */
export const dispatch = (change: BridgeEvent | Act): void => useView.setState((view) => reduce(view, change));

let bridge: Bridge | undefined;
const heard = new Set<(event: BridgeEvent) => void>();

/** Hears what never enters the view: output, notes, menu commands. @returns stops hearing */
export function onEvent(listener: (event: BridgeEvent) => void): () => void {
  heard.add(listener);
  return () => heard.delete(listener);
}

/** Questions about a stop have one answer: views that ask the same are given the same. */
const ABOUT_A_STOP: ReadonlySet<RequestName> = new Set(['session.stackTrace', 'session.scopes', 'session.variables']);
let asked = new Map<string, Promise<unknown>>();
onEvent((event) => {
  if (event.type === 'session') asked = new Map<string, Promise<unknown>>();
});

/** Asks main. @throws Refusal with a code and a sentence */
export function request<N extends RequestName>(name: N, params: Params<N>): Promise<Result<N>> {
  if (!bridge) return Promise.reject(new Refusal('not-available', 'There is no link to Casebook yet.'));
  if (!ABOUT_A_STOP.has(name)) return bridge.request(name, params);
  const key = name + JSON.stringify(params);
  const answer = asked.get(key) ?? bridge.request(name, params);
  asked.set(key, answer);
  // The key begins with the request's name, so what is kept under it is of that request's type.
  return answer as Promise<Result<N>>;
}

let toasts = 0;
/** Says something at the bottom right. */
export const toast = (kind: 'error' | 'info', text: string): void => dispatch({ type: 'toast', toast: { id: ++toasts, kind, text } });

/** Asks main for an act; a refusal is shown. Settles with whether it was accepted. */
export async function perform<N extends RequestName>(name: N, params: Params<N>): Promise<boolean> {
  try {
    await request(name, params);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code !== 'stale') toast('error', error.message);
    return false;
  }
}

/** When the link was cut, in milliseconds since 1970. */
let cutAt: number | undefined;

async function greet(opened: Bridge): Promise<void> {
  try {
    const hello = await opened.request('app.hello', {});
    const back = useView.getState().hello !== undefined && cutAt !== undefined;
    if (back) toast('info', `Back after ${Math.max(1, Math.round((Date.now() - (cutAt ?? 0)) / 1000))} s. Nothing was lost.`);
    cutAt = undefined;
    dispatch({ type: 'opened', hello });
  } catch (error) {
    // Cut again already, which is told and tried again by itself.
    if (!(error instanceof Refusal)) throw error;
    dispatch({ type: 'lost', message: error.message, final: false });
  }
}

/** Links the store with main, for as long as the window lives. */
export function start(): void {
  connect({
    open(opened) {
      bridge = opened;
      void greet(opened);
    },
    lost(message, final) {
      cutAt ??= Date.now();
      dispatch({ type: 'lost', message, final });
    },
    event(event) {
      if (event.type !== 'output' && event.type !== 'note') dispatch(event);
      for (const listener of heard) listener(event);
    },
  });
}
