import { useMemo } from 'react';
import type { SessionState, Variable } from '../../../preload/protocol/session';
import { useAnswer } from '../../store/useAnswer';

const NONE: readonly Variable[] = [];
/** As many as the Variables view reads at once, so that the question is the same. */
const SHOWN = 200;

/** The locals of the frame that is shown, for values behind lines; none while they are not read yet. */
export function useLocals(session: SessionState | undefined): readonly Variable[] {
  const stop = session?.phase.phase === 'stopped' ? session.phase : undefined;
  const frame = session && stop ? { session: session.id, stopId: stop.stopId, frame: stop.frame.id } : undefined;
  const scopes = useAnswer('session.scopes', frame);
  const locals = frame && scopes.answers === JSON.stringify(frame) ? scopes.value?.find((s) => s.name === 'Locals') : undefined;
  const wanted =
    session && stop && locals && locals.count > 0
      ? { session: session.id, stopId: stop.stopId, reference: locals.reference, start: 0, count: Math.min(locals.count, SHOWN) }
      : undefined;
  const page = useAnswer('session.variables', wanted);
  const shown = wanted && page.answers === JSON.stringify(wanted) ? page.value : undefined;
  return useMemo(() => shown?.items ?? NONE, [shown]);
}
