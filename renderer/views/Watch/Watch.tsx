import { Tree } from 'react-aria-components';
import { useEffect, useRef, useState } from 'react';
import { visible } from '../../../preload/protocol/visible';
import { useView } from '../../store/store';
import { activeSession } from '../../store/view';
import { ContextMenu } from '../../widgets/ContextMenu';
import { IconButton } from '../../widgets/IconButton';
import { useOpeningData } from '../Data/OpenData';
import { focusRow, RowForm, rowElement } from '../Variables/RowForm';
import { useRowKeys } from '../Variables/useRowKeys';
import { cancel, setValue, typable } from '../Variables/values';
import { VariableRow } from '../Variables/VariableRow';
import type { VariableNode } from '../Variables/variableTree';
import { useDimmed } from '../useDimmed';
import { WatchContent } from './WatchContent';
import { watchActs } from './watchActs';
import { useExpressions } from './watches';
import { keyOf, useWatches } from './useWatches';
import './watch.css';

/** Tells the pane in the dock that the button in its header was pressed. */
let add: (() => void) | undefined;

/** What is being typed: a new expression, another for one that is there, or a value below one. */
type Typing = { readonly what: 'add' } | { readonly what: 'expression' | 'value'; readonly node: VariableNode };

/** Expressions that are read at every stop; one that would run code is evaluated only when it is asked for. */
export function WatchPanel() {
  const session = useView(activeSession);
  const folder = session?.folder ?? '';
  const expressions = useExpressions(folder);
  const { rows, open, changed, runs, toggle, run } = useWatches(session, expressions);
  const dimmed = useDimmed(session);
  const pane = useRef<HTMLDivElement>(null);
  const [typing, setTyping] = useState<Typing>();
  const focusOn = useFocusWhenThere(pane);
  useEffect(() => {
    add = () => setTyping({ what: 'add' });
    return () => {
      add = undefined;
    };
  }, []);
  const roots = rows.map(({ node }) => node);
  const edit = (node: VariableNode, what: 'expression' | 'value') => setTyping({ what, node });
  const acts = watchActs({ session, folder, expressions, roots, run, edit });
  useRowKeys(pane, acts);
  useOpeningData(pane, session, roots);
  if (!session) return null;
  const row = (node: VariableNode) => {
    const watched = rows.find((one) => one.node === node);
    const content = watched ? (
      <WatchContent watched={watched} run={runs.get(node.name)} onRun={() => run(node.name)} onCancel={() => cancel(session)} />
    ) : undefined;
    return <VariableRow key={node.key} node={node} changed={changed} content={content} row={row} />;
  };
  const done = () => {
    setTyping(undefined);
    if (typing && typing.what !== 'add') focusOn(typing.node.key);
  };
  const send = async (text: string): Promise<string> => {
    if (typing?.what === 'value') return setValue(session, typing.node, text);
    const expression = text.trim();
    const why = acts.put(expression, typing?.what === 'expression' ? typing.node.name : undefined);
    if (!why) focusOn(keyOf(expression));
    return why;
  };
  return (
    <div className={`pb rows-pane ${dimmed}`} ref={pane}>
      {expressions.length ? (
        <Tree
          aria-label="Watch"
          items={roots}
          expandedKeys={open}
          onExpandedChange={(keys) => toggle(new Set([...keys].map(String)))}
          selectionMode="none"
          dependencies={[runs, rows]}
        >
          {row}
        </Tree>
      ) : typing ? null : (
        <p className="watch-empty small">Add an expression to see its value at every stop.</p>
      )}
      {typing ? (
        <RowForm
          key={typing.what === 'add' ? 'add' : typing.node.key}
          pane={pane}
          {...formOf(typing)}
          onSend={send}
          onCancel={() => cancel(session)}
          onDone={done}
        />
      ) : null}
      <ContextMenu pane={pane} entries={acts.entries} />
    </div>
  );
}

/** Where a form lies, and what stands in it at first. */
function formOf(typing: Typing): Pick<Parameters<typeof RowForm>[0], 'over' | 'label' | 'initial'> {
  if (typing.what === 'add') return { over: undefined, label: 'Expression', initial: '' };
  const { key, name } = typing.node;
  if (typing.what === 'expression') return { over: { key, part: 'name' }, label: 'Expression', initial: name };
  return { over: { key, part: 'value' }, label: `Value of ${visible(name)}`, initial: typable(typing.node) };
}

/** Gives a row the focus, now or as soon as it is there; of several wishes the first counts. */
function useFocusWhenThere(pane: React.RefObject<HTMLElement | null>): (key: string) => void {
  const wanted = useRef('');
  useEffect(() => {
    if (!wanted.current || !rowElement(pane.current, wanted.current)) return;
    focusRow(pane.current, wanted.current);
    wanted.current = '';
  });
  return (key) => {
    wanted.current ||= key;
  };
}

/** The pane's buttons. */
export function WatchActions() {
  return <IconButton icon="add" label="Add expression" small onPress={() => add?.()} />;
}
