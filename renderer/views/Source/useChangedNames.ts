import { useMemo } from 'react';
import type { SessionState, Variable } from '../../../preload/protocol/session';
import { changes, noMemory } from '../Variables/changes';
import type { Memory } from '../Variables/changes';

const NONE: ReadonlySet<string> = new Set();
const kept = new Map<string, Memory>();

/** The names among these locals whose value is another than at the stop before. */
export function useChangedNames(session: SessionState | undefined, locals: readonly Variable[]): ReadonlySet<string> {
  const stop = session?.phase.phase === 'stopped' ? session.phase : undefined;
  return useMemo(() => {
    if (!session || !stop || !locals.length) return NONE;
    const memory = kept.get(session.id) ?? noMemory();
    kept.set(session.id, memory);
    const where = `${stop.frame.path}:${stop.frame.name}`;
    return changes(memory, { stops: session.stops, where, values: new Map(locals.map(({ name, value }) => [name, value])) });
  }, [session?.id, stop?.stopId, locals]);
}
