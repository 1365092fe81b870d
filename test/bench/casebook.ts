import type { BridgeEvent, Params, RequestName, Result } from '../../preload/protocol/bridge';
import type { LaunchConfig } from '../../preload/protocol/launch';
import type { StopId, TerminalRole } from '../../preload/protocol/session';
import { within } from '../helpers/within';

/** Nothing that is measured takes longer, even on a machine with other work. */
const PATIENCE_MS = 60_000;
/** Debian's, on which the peers run too. */
export const PYTHON = '/usr/bin/python3';
/** The repository's folder: the bench is started there. */
export const ROOT = process.cwd();
/** The programs that are debugged here. */
export const PROGRAMS = `${ROOT}/test/programs/bench`;

/** What main tells a window, as something to wait for. */
export class Told {
  private readonly listeners = new Set<(event: BridgeEvent) => void>();

  hear(event: BridgeEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  /** What `pick` makes of the first event from now on of which it makes something. */
  next<T>(awaited: string, pick: (event: BridgeEvent) => T | undefined): Promise<T> {
    let stop = (): void => undefined;
    const found = new Promise<T>((resolve) => {
      const listener = (event: BridgeEvent) => {
        const picked = pick(event);
        if (picked !== undefined) resolve(picked);
      };
      this.listeners.add(listener);
      stop = () => void this.listeners.delete(listener);
    });
    return within(PATIENCE_MS, awaited, found).finally(stop);
  }
}

/** Casebook as a window has it, in this process or in one of its own. */
export interface Casebook {
  readonly told: Told;
  /** The folder of journals and spools. */
  readonly dataFolder: string;
  request<N extends RequestName>(name: N, params: Params<N>): Promise<Result<N>>;
}

/** A launch of one of test/programs/bench. */
export function config(program: string, args: readonly string[], programTerminal: LaunchConfig['programTerminal'] = 'own'): LaunchConfig {
  return {
    kind: 'script',
    program: `${PROGRAMS}/${program}`,
    args: [...args],
    folder: PROGRAMS,
    env: {},
    interpreter: PYTHON,
    stopOnEntry: false,
    programTerminal,
    children: 'follow',
  };
}

/** The name of a session's terminal. */
export const terminalOf = (session: string, role: TerminalRole): string => `${session}.${role}`;

/** Settles with the next stop after `stopId`. */
export const stopped = ({ told }: Casebook, after: StopId): Promise<StopId> =>
  told.next(`stop after stop ${after}`, (event) => {
    if (event.type !== 'session' || event.session.phase.phase !== 'stopped') return undefined;
    const { stopId } = event.session.phase;
    return stopId > after ? stopId : undefined;
  });

/** Settles when a session's program and debugger are gone. */
export const ended = ({ told }: Casebook): Promise<true> =>
  told.next('end of the session', (event) => (event.type === 'session' && event.session.phase.phase === 'ended' ? true : undefined));
