import { useEffect, useMemo, useState } from 'react';
import type { SessionState } from '../../../preload/protocol/session';
import type { QueryAnswer } from '../../../preload/protocol/queries/queries';
import { Refusal } from '../../store/connect';
import { request } from '../../store/store';
import { useAnswer } from '../../store/useAnswer';
import { read, scopeNode } from '../Variables/variableTree';
import type { VariableNode } from '../Variables/variableTree';
import { exceptionRows, frameOf, isOpenAtFirst } from './exceptionTree';
import type { ExceptionRow } from './exceptionTree';

/** What the view shows. */
export interface ExceptionTree {
  readonly info: QueryAnswer<'exceptionInfo'> | undefined;
  readonly rows: readonly ExceptionRow[];
  readonly open: ReadonlySet<string>;
  readonly trouble: string;
  setOpen(keys: ReadonlySet<string>): void;
}

type Values = ReadonlyMap<string, readonly VariableNode[]>;
const NOTHING: ReadonlySet<string> = new Set();
const NO_VALUES: Values = new Map();

/** Reads the exception of the stop while it is `seen`, and the variables of whatever frame of it is open. */
export function useExceptionTree(session: SessionState | undefined, seen: boolean): ExceptionTree {
  const stopId = seen && session?.phase.phase === 'stopped' ? session.phase.stopId : undefined;
  const id = session?.id ?? '';
  const asked = useMemo(() => (stopId === undefined ? undefined : { session: id, stopId }), [id, stopId]);
  const info = useAnswer('session.exceptionInfo', asked, id);
  const nodes = info.value?.nodes;
  const about = nodes?.map((node) => `${node.typeName} ${node.message} ${node.frameCount}`).join('\n') ?? '';
  // What is open belongs to one exception: another one begins anew.
  const [chosen, setChosen] = useState({ about, toggled: NOTHING });
  const toggled = chosen.about === about ? chosen.toggled : NOTHING;
  const [values, setValues] = useState<Values>(NO_VALUES);
  const [trouble, setTrouble] = useState('');

  const rows = useMemo(() => exceptionRows(nodes ?? [], (key) => values.get(key) ?? []), [nodes, values]);
  const open = useMemo(() => openKeys(rows, toggled), [rows, toggled]);
  const wanted = [...toggled].filter(frameOf).sort().join(' ');
  const deeper = [...toggled].join(' ');
  useEffect(() => {
    if (!asked || !wanted || info.busy) return undefined;
    let current = true;
    readFrames(asked, wanted.split(' '), toggled).then(
      (found) => {
        if (!current) return;
        setValues(found);
        setTrouble('');
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        if (current && error.code !== 'stale' && error.code !== 'not-stopped') setTrouble(error.message);
      },
    );
    return () => {
      current = false;
    };
    // The two texts stand for the keys that are open.
  }, [asked, wanted, deeper, info.busy]);

  const setOpen = (keys: ReadonlySet<string>) => {
    const next = new Set(toggled);
    for (const key of new Set([...keys, ...open])) {
      if (keys.has(key) === isOpenAtFirst(key)) next.delete(key);
      else next.add(key);
    }
    setChosen({ about, toggled: next });
  };
  return { info: info.value, rows, open, trouble: info.trouble || trouble, setOpen };
}

function openKeys(
  rows: readonly (ExceptionRow | VariableNode)[],
  toggled: ReadonlySet<string>,
  into = new Set<string>(),
): ReadonlySet<string> {
  for (const row of rows) {
    if (isOpenAtFirst(row.key) !== toggled.has(row.key)) into.add(row.key);
    if ('children' in row && row.children) openKeys(row.children, toggled, into);
  }
  return into;
}

/** The variables of frames, by their keys, with what is open below them. */
async function readFrames(
  at: { readonly session: string; readonly stopId: number },
  keys: readonly string[],
  toggled: ReadonlySet<string>,
): Promise<Values> {
  const locals = keys.map((key) => `${key}/Locals`).filter((key) => !toggled.has(key));
  const open = new Set([...locals, ...[...toggled].filter((key) => !isOpenAtFirst(key))]);
  const found = await Promise.all(
    keys.map(async (key) => {
      const place = frameOf(key);
      if (!place) return undefined;
      const scopes = await request('session.exceptionScopes', { ...at, ...place });
      const nodes = scopes.map((scope) => ({ ...scopeNode(scope), key: `${key}/${scope.name}` }));
      const ask = (reference: number, start: number, count: number) => request('session.variables', { ...at, reference, start, count });
      return [key, await read(nodes, open, ask)] as const;
    }),
  );
  return new Map(found.filter((entry) => entry !== undefined));
}
