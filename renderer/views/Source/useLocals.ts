import { useMemo } from 'react';
import type { SessionState, Variable } from '../../../preload/protocol/session';
import { useAnswer } from '../../store/useAnswer';

const NONE: readonly Variable[] = [];
/** As many as the Variables view reads at once, so that the question is the same. */
const SHOWN = 200;

/** The locals of the frame that is shown, for values behind lines. */
export function useLocals(session: SessionState | undefined): readonly Variable[] {
  const stop = session?.phase.phase === 'stopped' ? session.phase : undefined;
  const at = session && stop ? { session: session.id, stopId: stop.stopId } : undefined;
  const scopes = useAnswer('session.scopes', at && stop ? { ...at, frame: stop.frame.id } : undefined);
  const locals = scopes.busy ? undefined : scopes.value?.find((s) => s.name === 'Locals');
  const page = useAnswer(
    'session.variables',
    at && locals && locals.count > 0 ? { ...at, reference: locals.reference, start: 0, count: Math.min(locals.count, SHOWN) } : undefined,
  );
  return useMemo(() => (stop && page.value ? page.value.items : NONE), [stop?.stopId, page.value]);
}
