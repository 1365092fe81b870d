import { useEffect, useRef, useState } from 'react';
import type { SessionState } from '../../../preload/protocol/session';
import { Refusal } from '../../store/connect';
import { request } from '../../store/store';
import { read, scopeNode, valuesOf } from './variableTree';
import type { VariableNode } from './variableTree';

/** The tree as it is shown. */
export interface Variables {
  readonly roots: readonly VariableNode[] | undefined;
  readonly open: ReadonlySet<string>;
  /** Keys of variables whose value is another than at the stop before. */
  readonly changed: ReadonlySet<string>;
  readonly trouble: string;
  toggle(open: ReadonlySet<string>): void;
}

/** What was open in each session stays open over stops, and when the pane is moved. */
const kept = new Map<string, ReadonlySet<string>>();
const FIRST: ReadonlySet<string> = new Set(['Locals']);
const NOTHING: ReadonlySet<string> = new Set();

/** Reads the frame's variables at each stop, and whatever is open below them. */
export function useVariables(session: SessionState | undefined): Variables {
  const id = session?.id ?? '';
  const stop = session?.phase.phase === 'stopped' ? session.phase : undefined;
  const [open, setOpen] = useState(kept.get(id) ?? FIRST);
  const [shown, setShown] = useState<{ roots: readonly VariableNode[]; changed: ReadonlySet<string>; trouble: string }>();
  const before = useRef({ stop: -1, where: '', values: new Map<string, string>(), earlier: new Map<string, string>() });
  const where = stop ? `${stop.frame.path}:${stop.frame.name}` : '';

  useEffect(() => {
    if (!stop) return undefined;
    let wanted = true;
    const at = { session: id, stopId: stop.stopId };
    const readAll = async () => {
      const scopes = await request('session.scopes', { ...at, frame: stop.frame.id });
      const roots = await read(scopes.map(scopeNode), open, (reference, start, count) =>
        request('session.variables', { ...at, reference, start, count }),
      );
      if (!wanted) return;
      const memory = before.current;
      const values = valuesOf(roots);
      const earlier = memory.stop === stop.stopId ? memory.earlier : memory.where === where ? memory.values : new Map<string, string>();
      before.current = { stop: stop.stopId, where, values, earlier };
      const changed = new Set([...values].flatMap(([key, value]) => (earlier.has(key) && earlier.get(key) !== value ? [key] : [])));
      setShown({ roots, changed, trouble: '' });
    };
    readAll().catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      if (wanted && error.code !== 'stale' && error.code !== 'not-stopped')
        setShown((s) => ({ roots: s?.roots ?? [], changed: NOTHING, trouble: error.message }));
    });
    return () => {
      wanted = false;
    };
  }, [id, stop?.stopId, open]);

  const toggle = (next: ReadonlySet<string>) => {
    kept.set(id, next);
    setOpen(next);
  };
  return { roots: shown?.roots, open, changed: shown?.changed ?? NOTHING, trouble: shown?.trouble ?? '', toggle };
}
