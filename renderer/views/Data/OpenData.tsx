import { useEffect } from 'react';
import type { RefObject } from 'react';
import type { SessionState, Variable } from '../../../preload/protocol/session';
import { Icon } from '../../widgets/Icon';
import type { MenuEntry } from '../../widgets/ContextMenu';
import { openData } from './dataTarget';
import { expressionOf } from './expression';
import type { Named } from './expression';
import './openData.css';

/** A row of a tree of values that may have a data view. */
export interface Viewable extends Named {
  readonly reference: number;
  readonly viewer: Variable['viewer'];
  readonly children: readonly Viewable[] | undefined;
}

function nodeOf(nodes: readonly Viewable[], key: string): Viewable | undefined {
  for (const node of nodes) {
    const found = node.key === key ? node : node.children && nodeOf(node.children, key);
    if (found) return found;
  }
  return undefined;
}

/** Opens the data view of a row; nothing when it has none or the program runs. */
function open(session: SessionState | undefined, roots: readonly Viewable[], key: string): void {
  const node = nodeOf(roots, key);
  if (!node?.viewer || session?.phase.phase !== 'stopped') return;
  const { stopId, frame } = session.phase;
  const isLocal = roots[0]?.name === 'Locals' && nodeOf(roots.slice(0, 1), key) !== undefined;
  openData(session.id, {
    expression: expressionOf(roots, key) ?? node.name,
    opened: { reference: node.reference, stopId },
    frame: isLocal ? frame.name : '',
  });
}

/** What the menu of a row offers when there is more to it than a line. */
export function dataEntries(session: SessionState | undefined, roots: readonly Viewable[] | undefined, key: string): readonly MenuEntry[] {
  const node = nodeOf(roots ?? [], key);
  if (!roots || !node?.viewer || node.kind !== 'variable' || session?.phase.phase !== 'stopped') return [];
  return [{ title: 'Open data view', act: () => open(session, roots, key) }];
}

/** Lets the icons of a pane's rows open the data view. */
export function useOpeningData(
  pane: RefObject<HTMLElement | null>,
  session: SessionState | undefined,
  roots: readonly Viewable[] | undefined,
): void {
  useEffect(() => {
    const element = pane.current;
    const pressed = (event: MouseEvent) => {
      const icon = event.target instanceof Element ? event.target.closest('.data-icon') : null;
      const key = icon?.closest('[data-key]')?.getAttribute('data-key');
      if (key && roots) open(session, roots, key);
    };
    element?.addEventListener('click', pressed);
    return () => element?.removeEventListener('click', pressed);
  });
}

/** On a row that has a data view. By keyboard the row's menu does the same. */
export function DataIcon({ viewer }: { readonly viewer: Variable['viewer'] }) {
  if (!viewer) return null;
  const icons = { array: 'graph', table: 'table', bytes: 'file-binary' };
  return (
    <button type="button" className="data-icon" tabIndex={-1} aria-label="Open data view" title="Open data view">
      <Icon name={icons[viewer]} size="xs" />
    </button>
  );
}
