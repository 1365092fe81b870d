import { useState } from 'react';
import type { Params, RequestName, Result } from '../../../preload/protocol/bridge';
import type { SessionState } from '../../../preload/protocol/session';
import { Refusal } from '../../store/connect';
import { request } from '../../store/store';

/** What was read of a process, and when; nothing is read before `read` is called. */
export interface Reading<T> {
  readonly value: T | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly busy: boolean;
  /** Why it could not be read; empty when it could. */
  readonly trouble: string;
  /** The program has moved since. */
  readonly stale: boolean;
}

interface Kept {
  readonly value: unknown;
  readonly at: number;
  readonly stop: string;
}

/** By session and section: a reading stays while the person looks at another session. */
const kept = new Map<string, Kept>();

/** The questions of one section answer all the same kind of thing. */
export function useReading<N extends RequestName>(section: N, session: SessionState) {
  const key = `${session.id} ${section}`;
  const [, setCount] = useState(0);
  const [state, setState] = useState({ busy: false, trouble: '' });
  const { phase } = session;
  const stop = phase.phase === 'stopped' ? `${session.stops} ${phase.stopId}` : '';
  const known = kept.get(key);

  /** Asks `name`, which answers as the section's own question does. */
  const read = async <M extends N>(name: M, params: Params<M>): Promise<void> => {
    setState({ busy: true, trouble: '' });
    try {
      const value = await request(name, params);
      kept.set(key, { value, at: Date.now(), stop });
      setState({ busy: false, trouble: '' });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setState({ busy: false, trouble: error.message });
    }
    setCount((count) => count + 1);
  };
  const reading: Reading<Result<N>> = {
    // Kept under the section's name, so it is of that section's type.
    value: known?.value as Result<N> | undefined,
    at: known?.at ?? 0,
    ...state,
    stale: known !== undefined && known.stop !== stop,
  };
  return { reading, read, canRead: phase.phase === 'stopped', stopId: phase.phase === 'stopped' ? phase.stopId : 0 };
}
