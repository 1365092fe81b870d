import { useEffect, useState } from 'react';
import type { Params, RequestName, Result } from '../../preload/protocol/bridge';
import { Refusal } from './connect';
import { request, useView } from './store';

/** A query's state: the last good value stays while the next is on its way, so that nothing flickers on a step. */
export interface Answered<T> {
  readonly value: T | undefined;
  readonly busy: boolean;
  /** Why it could not be read; empty when it could. */
  readonly trouble: string;
  /** The parameters, as JSON, that `value` answers; empty for none or for an earlier view's. */
  readonly answers: string;
}

/** The last good values of views that were left, by request and what they were kept for. */
const kept = new Map<string, unknown>();

/**
 * Asks again whenever `params` change; `undefined` asks nothing. Answers that come too late are
 * dropped, and a stale one is no trouble: a newer question is on its way.
 *
 * @param keepFor a session: its last value is there again when the view is left and opened anew
 */
export function useAnswer<N extends RequestName>(name: N, params: Params<N> | undefined, keepFor = ''): Answered<Result<N>> {
  const keptAs = `${name} ${keepFor}`;
  // Kept under the request's name, so it is of that request's type.
  const [state, setState] = useState<Answered<Result<N>>>(() => ({
    value: kept.get(keptAs) as Result<N> | undefined,
    busy: true,
    trouble: '',
    answers: '',
  }));
  const key = params === undefined ? '' : JSON.stringify(params);
  // Another greeting is another link: what was refused for want of one is asked again.
  const hello = useView((v) => v.hello);
  useEffect(() => {
    if (params === undefined) return undefined;
    let wanted = true;
    setState((s) => ({ ...s, busy: true }));
    request(name, params).then(
      (value) => {
        if (!wanted) return;
        if (keepFor) kept.set(keptAs, value);
        setState({ value, busy: false, trouble: '', answers: key });
      },
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
  }, [name, key, hello]);
  return state;
}
