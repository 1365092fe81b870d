import { useEffect, useState } from 'react';
import type { Params, RequestName, Result } from '../../preload/protocol/bridge';
import { Refusal } from './connect';
import { request } from './store';

/** A query's state: the last good value stays while the next is on its way, so that nothing flickers on a step. */
export interface Answered<T> {
  readonly value: T | undefined;
  readonly busy: boolean;
  /** Why it could not be read; empty when it could. */
  readonly trouble: string;
}

/**
 * Asks again whenever `params` change; `undefined` asks nothing. Answers that come too late are
 * dropped, and a stale one is no trouble: a newer question is on its way.
 */
export function useAnswer<N extends RequestName>(name: N, params: Params<N> | undefined): Answered<Result<N>> {
  const [state, setState] = useState<Answered<Result<N>>>({ value: undefined, busy: true, trouble: '' });
  const key = params === undefined ? '' : JSON.stringify(params);
  useEffect(() => {
    if (params === undefined) return undefined;
    let wanted = true;
    setState((s) => ({ ...s, busy: true }));
    request(name, params).then(
      (value) => wanted && setState({ value, busy: false, trouble: '' }),
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        if (wanted && error.code !== 'stale' && error.code !== 'not-stopped')
          setState((s) => ({ ...s, busy: false, trouble: error.message }));
      },
    );
    return () => {
      wanted = false;
    };
    // The key stands for params: a new object with the same content asks nothing again.
  }, [name, key]);
  return state;
}
