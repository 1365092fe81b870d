import { Button, Collection, Tree, TreeItem, TreeItemContent } from 'react-aria-components';
import { useEffect, useRef } from 'react';
import { visible } from '../../../preload/protocol/visible';
import { useView } from '../../store/store';
import { activeSession } from '../../store/view';
import { Icon } from '../../widgets/Icon';
import { ContextMenu } from '../../widgets/ContextMenu';
import type { MenuEntry } from '../../widgets/ContextMenu';
import { IconButton } from '../../widgets/IconButton';
import { copyText } from '../copyText';
import { useDimmed } from '../useDimmed';
import { useVariables } from './useVariables';
import { opens } from './variableTree';
import type { VariableNode } from './variableTree';

/** Tells the pane in the dock that the button in its header was pressed. */
let collapse: (() => void) | undefined;

/** Locals and globals of the frame, described without running the program's code. */
export function VariablesPanel() {
  const session = useView(activeSession);
  const { roots, open, changed, trouble, toggle } = useVariables(session);
  const dimmed = useDimmed(session);
  useEffect(() => {
    collapse = () => toggle(new Set(['Locals']));
    return () => {
      collapse = undefined;
    };
  });
  const pane = useRef<HTMLDivElement>(null);
  useCopying(pane, roots);
  if (!session) return null;
  if (!roots)
    return (
      <p className="empty small">
        {session.phase.phase === 'ended'
          ? 'The program ended before it stopped.'
          : session.phase.phase === 'running'
            ? 'The program is running. Pause it to see its variables.'
            : 'Starting…'}
      </p>
    );
  const row = (node: VariableNode) => <Row key={node.key} node={node} changed={changed} row={row} />;
  return (
    <div className={`pb ${dimmed}`} ref={pane}>
      {session.capabilities.degraded ? <p className="note warn">{session.capabilities.degraded}</p> : null}
      {trouble ? <p className="note err">{visible(trouble)}</p> : null}
      <Tree
        aria-label="Variables"
        items={roots}
        expandedKeys={open}
        onExpandedChange={(keys) => toggle(new Set([...keys].map(String)))}
        selectionMode="none"
      >
        {row}
      </Tree>
      <ContextMenu pane={pane} entries={(key) => menuOf(find(roots, key))} />
    </div>
  );
}

const copied = (what: string, text: string) => () => void copyText(text, `Copied ${visible(what)}.`);

function menuOf(node: VariableNode | undefined): readonly MenuEntry[] {
  if (node?.kind !== 'variable') return [];
  return [
    { title: 'Copy value', keys: 'Ctrl+C', act: copied(node.name, node.value) },
    { title: 'Copy name', act: copied(node.name, node.name) },
    { title: 'Copy type', act: copied(`the type of ${node.name}`, node.type) },
  ];
}

/** Ctrl+C on a row copies its value. */
function useCopying(pane: React.RefObject<HTMLDivElement | null>, roots: readonly VariableNode[] | undefined): void {
  useEffect(() => {
    const element = pane.current;
    const copy = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'c') return;
      const focused = event.target instanceof Element ? event.target.closest('[role="row"]') : null;
      const key = focused?.querySelector('[data-key]')?.getAttribute('data-key');
      const node = key ? find(roots ?? [], key) : undefined;
      if (node) copied(node.name, node.value)();
    };
    element?.addEventListener('keydown', copy);
    return () => element?.removeEventListener('keydown', copy);
  });
}

interface RowProps {
  readonly node: VariableNode;
  readonly changed: ReadonlySet<string>;
  row(node: VariableNode): React.ReactElement;
}

function Row({ node, changed, row }: RowProps) {
  const isNew = changed.has(node.key);
  const name = visible(node.name);
  const value = visible(node.value);
  return (
    <TreeItem
      id={node.key}
      textValue={`${name} ${value}${isNew ? ' changed' : ''}`}
      hasChildItems={opens(node)}
      className={`tr var ${node.kind} ${isNew ? 'new' : ''}`}
    >
      <TreeItemContent>
        {({ isExpanded, hasChildItems, level }) => (
          <span
            className="var-row"
            data-level={level}
            data-key={node.key}
            title={node.kind === 'variable' ? `${name}: ${visible(node.type)}\n${value}` : undefined}
          >
            {hasChildItems ? (
              <Button slot="chevron" className="tw" aria-label={isExpanded ? 'Close' : 'Open'}>
                <Icon name={isExpanded ? 'chevron-down' : 'chevron-right'} size="xs" />
              </Button>
            ) : (
              <span className="tw" />
            )}
            <span className={node.kind === 'variable' ? 'mono vn' : 'lab'}>{name}</span>
            {node.kind === 'variable' ? (
              <>
                <span className={`mono vv el ${node.lazy ? 'fg3' : ''}`}>{value}</span>
                <span className="xs fg3 mono ty0 el">{visible(node.type)}</span>
              </>
            ) : (
              <span className="xs fg3">{node.kind === 'scope' ? node.count.toLocaleString('en') : ''}</span>
            )}
          </span>
        )}
      </TreeItemContent>
      <Collection items={node.children ?? []}>{row}</Collection>
    </TreeItem>
  );
}

function find(nodes: readonly VariableNode[], key: string): VariableNode | undefined {
  for (const node of nodes) {
    const found = node.key === key ? node : node.children && find(node.children, key);
    if (found) return found;
  }
  return undefined;
}

/** The pane's buttons. */
export function VariablesActions() {
  return <IconButton icon="collapse-all" label="Collapse all" small onPress={() => collapse?.()} />;
}
