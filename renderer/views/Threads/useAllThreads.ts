import { useEffect, useState } from 'react';
import type { QueryAnswer } from '../../../preload/protocol/queries/queries';
import type { SessionState } from '../../../preload/protocol/session';
import { Refusal } from '../../store/connect';
import { request } from '../../store/store';

/** What reading all threads gave, and of which stop. */
interface Read {
  readonly session: string;
  readonly stopId: number;
  readonly stop: number;
  readonly answer: QueryAnswer<'threads'>;
}

/** All threads' stacks, read only when asked for, and kept until the session is left. */
export function useAllThreads(session: SessionState | undefined) {
  const [known, setKnown] = useState<Read>();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState('');
  const id = session?.id ?? '';
  const stopId = session?.phase.phase === 'stopped' ? session.phase.stopId : -1;
  useEffect(() => setTrouble(''), [id, stopId]);
  const mine = known?.session === id ? known : undefined;
  const read = async () => {
    if (stopId < 0) return;
    setBusy(true);
    try {
      const answer = await request('session.threads', { session: id, stopId });
      setKnown({ session: id, stopId, stop: session?.stops ?? 0, answer });
      setTrouble('');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code !== 'stale') setTrouble(error.message);
    } finally {
      setBusy(false);
    }
  };
  return { answer: mine?.answer, stop: mine?.stop ?? 0, stale: mine !== undefined && mine.stopId !== stopId, busy, trouble, read };
}
