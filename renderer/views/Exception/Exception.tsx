import { useRef } from 'react';
import { Tree } from 'react-aria-components';
import type { SessionState } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { dispatch, request, toast, useView } from '../../store/store';
import { activeSession } from '../../store/view';
import { ContextMenu } from '../../widgets/ContextMenu';
import type { MenuEntry } from '../../widgets/ContextMenu';
import { CopyAtStop } from '../CopyAtStop';
import { copyText } from '../copyText';
import { useDimmed } from '../useDimmed';
import { useOnScreen } from '../useOnScreen';
import { VariableRow } from '../Variables/VariableRow';
import type { VariableNode } from '../Variables/variableTree';
import { ExceptionTreeRow } from './ExceptionTreeRow';
import type { ExceptionRow } from './exceptionTree';
import { tracebackText } from './tracebackText';
import { useExceptionTree } from './useExceptionTree';
import './exception.css';

type Row = ExceptionRow | VariableNode;
const NOTHING: ReadonlySet<string> = new Set();

/** The exception at this stop with all that explains it; a frame shows its line and its variables. */
export function ExceptionPanel() {
  const host = useRef<HTMLDivElement>(null);
  const seen = useOnScreen(host);
  return (
    <div className="exception-host" ref={host}>
      <ExceptionOf seen={seen} />
    </div>
  );
}

function ExceptionOf({ seen }: { readonly seen: boolean }) {
  const session = useView(activeSession);
  const { info, rows, open, trouble, setOpen } = useExceptionTree(session, seen);
  const dimmed = useDimmed(session);
  const pane = useRef<HTMLDivElement>(null);
  if (!session) return null;
  if (!info?.nodes.length) return <NoException session={session} trouble={trouble} />;
  const act = (key: string) => {
    const row = find(rows, key);
    if (row?.kind === 'frame' || row?.kind === 'place') openSource(row);
    if (row?.kind === 'frame') setOpen(new Set([...open, key]));
    else if (row && 'children' in row) setOpen(open.has(key) ? without(open, key) : new Set([...open, key]));
  };
  const draw = (row: Row): React.ReactElement =>
    isVariable(row) ? (
      <VariableRow key={row.key} node={row} changed={NOTHING} row={draw} />
    ) : (
      <ExceptionTreeRow key={row.key} row={row} draw={draw} />
    );
  return (
    <div className={`pb exception-pane ${dimmed}`} ref={pane}>
      {trouble ? <p className="note err">{visible(trouble)}</p> : null}
      {info.handled ? <p className="exception-hint xs fg3">Being handled here: the program has not stopped because of it.</p> : null}
      {info.message ? <p className="note">{info.message}</p> : null}
      <Tree
        aria-label="Exception"
        items={rows}
        expandedKeys={open}
        onExpandedChange={(keys) => setOpen(new Set([...keys].map(String)))}
        selectionMode="none"
        onAction={(key) => act(String(key))}
      >
        {draw}
      </Tree>
      <ContextMenu pane={pane} entries={(key) => menuOf(find(rows, key), tracebackText(info.nodes))} />
    </div>
  );
}

const isVariable = (row: Row): row is VariableNode => row.kind === 'scope' || row.kind === 'variable' || row.kind === 'range';
const without = (keys: ReadonlySet<string>, key: string) => new Set([...keys].filter((other) => other !== key));

function find(rows: readonly ExceptionRow[], key: string): ExceptionRow | undefined {
  for (const row of rows) {
    if (row.key === key) return row;
    const found = row.kind === 'exception' || row.kind === 'fold' ? find(row.children, key) : undefined;
    if (found) return found;
  }
  return undefined;
}

function openSource(row: Extract<ExceptionRow, { kind: 'frame' | 'place' }>): void {
  const { path, line } = row.kind === 'frame' ? row.frame : row.place;
  const range = row.kind === 'frame' ? row.frame.range : undefined;
  if (path) dispatch({ type: 'show', place: { path, line, at: Date.now(), ...(range ? { range } : {}) } });
}

function menuOf(row: ExceptionRow | undefined, text: string): readonly MenuEntry[] {
  if (!row) return [];
  const copyAll = { title: 'Copy all as a traceback', act: () => void copyText(text, 'Copied the traceback.') };
  if (row.kind === 'exception') {
    const { typeName, message } = row.node;
    return [{ title: 'Copy message', act: () => void copyText(visible(`${typeName}: ${message}`), 'Copied the message.') }, copyAll];
  }
  if (row.kind !== 'frame') return [copyAll];
  const { path, line } = row.frame;
  const open = path ? [{ title: 'Open source', keys: 'Enter', act: () => openSource(row) }] : [];
  return [...open, { title: 'Copy place', act: () => void copyText(visible(`${path}:${line}`), 'Copied the place.') }, copyAll];
}

function NoException({ session, trouble }: { readonly session: SessionState; readonly trouble: string }) {
  if (trouble) return <p className="note err">{visible(trouble)}</p>;
  const { phase } = session.phase;
  return (
    <p className="empty small">
      {phase === 'running'
        ? 'The program is running. An exception that stops it is shown here.'
        : phase === 'ended'
          ? 'The program has ended.'
          : phase === 'starting'
            ? 'Starting…'
            : 'There is no exception at this stop.'}
    </p>
  );
}

/** The pane's buttons. */
export function ExceptionActions() {
  return (
    <CopyAtStop
      label="Copy as a traceback"
      copy={async (at) => {
        const { nodes } = await request('session.exceptionInfo', at);
        if (nodes.length) await copyText(tracebackText(nodes), 'Copied the traceback.');
        else toast('info', 'There is no exception at this stop.');
      }}
    />
  );
}
