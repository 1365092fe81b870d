import type { BridgeEvent, Params, RequestName, Result } from './bridge';
import type { FailureBody } from './failure';

/** How a request comes back over a wire that cannot carry an Error. */
export type Answer<T> = { readonly ok: true; readonly result: T } | { readonly ok: false; readonly failure: FailureBody };

/** What a preload script or a socket gives a window: names and parameters are checked on the other side. */
export interface HostBridge {
  request<N extends RequestName>(name: N, params: Params<N>): Promise<Answer<Result<N>>>;
  subscribe(listener: (event: BridgeEvent) => void): () => void;
}

/** From a window to the web host, as JSON text. The first message of a socket is the token alone. */
export type ClientMessage = { readonly token: string } | { readonly id: number; readonly name: string; readonly params: unknown };

/** From the web host to a window, as JSON text; `output` events go as binary frames (see outputFrame.ts). */
export type ServerMessage =
  | { readonly welcome: true }
  | { readonly id: number; readonly answer: Answer<never> }
  | { readonly event: BridgeEvent };
