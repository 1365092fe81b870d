import { useEffect, useState } from 'react';
import type { SessionState } from '../../../preload/protocol/session';
import { Refusal } from '../../store/connect';
import { request } from '../../store/store';
import { changes, noMemory } from './changes';
import type { Memory } from './changes';
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

interface Shown {
  readonly roots: readonly VariableNode[];
  readonly changed: ReadonlySet<string>;
  readonly trouble: string;
}

/** A session's tree while nobody looks at it, and the values that the next stop is compared with. */
interface Kept extends Memory {
  open: ReadonlySet<string>;
  shown: Shown | undefined;
}

const NOTHING: ReadonlySet<string> = new Set();
const kept = new Map<string, Kept>();

function keptOf(session: string): Kept {
  const known = kept.get(session) ?? { open: new Set(['Locals']), shown: undefined, ...noMemory() };
  kept.set(session, known);
  return known;
}

/** Reads the frame's variables at each stop, and whatever is open below them. */
export function useVariables(session: SessionState | undefined): Variables {
  const id = session?.id ?? '';
  const stops = session?.stops ?? 0;
  const stop = session?.phase.phase === 'stopped' ? session.phase : undefined;
  const [open, setOpen] = useState(() => keptOf(id).open);
  const [shown, setShown] = useState(() => keptOf(id).shown);

  useEffect(() => {
    if (!stop) return undefined;
    let wanted = true;
    const at = { session: id, stopId: stop.stopId };
    const show = (next: Shown) => {
      keptOf(id).shown = next;
      setShown(next);
    };
    const readAll = async () => {
      const scopes = await request('session.scopes', { ...at, frame: stop.frame.id });
      const roots = await read(scopes.map(scopeNode), open, (reference, start, count) =>
        request('session.variables', { ...at, reference, start, count }),
      );
      if (!wanted) return;
      const where = `${stop.frame.path}:${stop.frame.name}`;
      show({ roots, changed: changes(keptOf(id), { stops, where, values: valuesOf(roots) }), trouble: '' });
    };
    readAll().catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      if (wanted && error.code !== 'stale' && error.code !== 'not-stopped')
        show({ roots: keptOf(id).shown?.roots ?? [], changed: NOTHING, trouble: error.message });
    });
    return () => {
      wanted = false;
    };
  }, [id, stop?.stopId, open]);

  const toggle = (next: ReadonlySet<string>) => {
    keptOf(id).open = next;
    setOpen(next);
  };
  return { roots: shown?.roots, open, changed: shown?.changed ?? NOTHING, trouble: shown?.trouble ?? '', toggle };
}
