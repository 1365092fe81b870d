import type { HostBridge } from '../../preload/protocol/answer';
import type { Bridge, BridgeEvent, Params, RequestName, Result } from '../../preload/protocol/bridge';
import type { FailureCode } from '../../preload/protocol/failure';
import { openWebBridge } from './webBridge';
import type { LinkEnd } from './webBridge';

declare global {
  interface Window {
    /** Put there by the desktop's preload script. */
    readonly casebook?: HostBridge;
  }
}

/** A refusal as it arrives in a window. */
export class Refusal extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
  ) {
    super(message);
    this.name = 'Refusal';
  }
}

/** Between two tries to reach a host that went away. */
const AGAIN_MS = 1000;

/** What a window learns of its link. */
export interface LinkListener {
  /** There is a host; everything must be asked again. */
  open(bridge: Bridge): void;
  /** `final`: it will not be tried again. */
  lost(message: string, final: boolean): void;
  event(event: BridgeEvent): void;
}

const SENTENCES: Readonly<Record<LinkEnd, string>> = {
  cut: 'The link to Casebook is cut. It is tried again every second; sessions go on meanwhile, and what is shown is as it was.',
  unanswered:
    'Casebook does not answer: it was ended, or the way to it is down. It is tried again every second. If it was started anew, open the address that it printed.',
  refused: 'This address does not open Casebook any more. Open the one that Casebook printed when it was started.',
};

/** Connects this window with its host, and again whenever the link is lost. */
export function connect(listener: LinkListener): void {
  if (window.casebook) return listener.open(typed(window.casebook, listener));
  const ended = (how: LinkEnd) => {
    listener.lost(SENTENCES[how], how === 'refused');
    if (how !== 'refused') setTimeout(() => connect(listener), AGAIN_MS);
  };
  void openWebBridge(ended).then((host) => listener.open(typed(host, listener)));
}

function typed(host: HostBridge, listener: LinkListener): Bridge {
  host.subscribe((event) => listener.event(event));
  return {
    async request<N extends RequestName>(name: N, params: Params<N>): Promise<Result<N>> {
      const answer = await host.request(name, params);
      if (!answer.ok) throw new Refusal(answer.failure.code, answer.failure.message);
      return answer.result;
    },
    subscribe: (heard) => host.subscribe(heard),
  };
}
