import { Tree } from 'react-aria-components';
import { useEffect, useRef, useState } from 'react';
import { visible } from '../../../preload/protocol/visible';
import { useView } from '../../store/store';
import { activeSession } from '../../store/view';
import { ContextMenu } from '../../widgets/ContextMenu';
import type { MenuEntry } from '../../widgets/ContextMenu';
import { IconButton } from '../../widgets/IconButton';
import { dataEntries, useOpeningData } from '../Data/OpenData';
import { whileRunning } from '../phases';
import { useDimmed } from '../useDimmed';
import { focusRow, RowForm } from './RowForm';
import { useRowKeys } from './useRowKeys';
import { useVariables } from './useVariables';
import { cancel, copies, copyValue, settable, setValue, typable } from './values';
import { VariableRow } from './VariableRow';
import { findNode } from './variableTree';
import type { VariableNode } from './variableTree';

/** Tells the pane in the dock that the button in its header was pressed. */
let collapse: (() => void) | undefined;

/** Locals, closure and globals of the frame, described without running the program's code. */
export function VariablesPanel() {
  const session = useView(activeSession);
  const { roots, open, changed, trouble, toggle } = useVariables(session);
  const dimmed = useDimmed(session);
  const pane = useRef<HTMLDivElement>(null);
  const [editing, setEditing] = useState('');
  useEffect(() => {
    collapse = () => toggle(new Set(['Locals']));
    return () => {
      collapse = undefined;
    };
  });
  const nodeOf = (key: string) => findNode(roots ?? [], key);
  const edit = (key: string) => settable(nodeOf(key), session) && setEditing(key);
  useRowKeys(pane, {
    edit,
    copy: (key) => {
      const node = nodeOf(key);
      if (node) copyValue(node);
    },
  });
  useOpeningData(pane, session, roots);
  if (!session) return null;
  if (!roots)
    return (
      <p className="empty small">
        {session.phase.phase === 'ended'
          ? 'The program ended before it stopped.'
          : session.phase.phase === 'running'
            ? whileRunning(session, 'The program is running. Pause it to see its variables.')
            : session.awaits
              ? 'No program has come yet.'
              : 'Starting…'}
      </p>
    );
  const edited = nodeOf(editing);
  const entries = (key: string): readonly MenuEntry[] => {
    const node = nodeOf(key);
    if (!node) return [];
    const set = settable(node, session) ? [{ title: 'Set value', keys: 'F2', act: () => setEditing(key) }] : [];
    return [...dataEntries(session, roots, key), ...set, ...copies(node, session)];
  };
  const row = (node: VariableNode) => <VariableRow key={node.key} node={node} changed={changed} row={row} />;
  return (
    <div className={`pb rows-pane ${dimmed}`} ref={pane}>
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
      {edited && settable(edited, session) ? (
        <RowForm
          key={editing}
          pane={pane}
          over={{ key: editing, part: 'value' }}
          label={`Value of ${visible(edited.name)}`}
          initial={typable(edited)}
          onSend={(text) => setValue(session, edited, text)}
          onCancel={() => cancel(session)}
          onDone={() => {
            setEditing('');
            focusRow(pane.current, editing);
          }}
        />
      ) : null}
      <ContextMenu pane={pane} entries={entries} />
    </div>
  );
}

/** The pane's buttons. */
export function VariablesActions() {
  return <IconButton icon="collapse-all" label="Collapse all" small onPress={() => collapse?.()} />;
}
