import { useEffect, useRef, useState } from 'react';
import { Button, Input, Radio, RadioGroup, TextField } from 'react-aria-components';
import type { Result } from '../../../preload/protocol/bridge';
import type { SessionState } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { useView } from '../../store/store';
import { useAnswer } from '../../store/useAnswer';
import { activeSession } from '../../store/view';
import { useDimmed } from '../useDimmed';
import { Busy, CellsPane } from './CellsPane';
import { Columns } from './Columns';
import { openData, useDataTarget } from './dataTarget';
import type { DataTarget } from './dataTarget';
import { Figures } from './Figures';
import { HexView } from './HexView';
import { Slices } from './Slices';
import { useFound } from './useFound';
import type { Found } from './useFound';
import { useLate } from './useLate';
import { useOnScreen } from '../useOnScreen';
import './data.css';

type Summary = Result<'session.dataSummary'>;

/** Milliseconds for a summary, and when the person allows more. */
const USUAL_MS = 50;
const PATIENT_MS = 10_000;

/** One array, table or run of bytes in full: what it is, its figures, and its cells. */
export function DataPanel() {
  const session = useView(activeSession);
  if (!session) return null;
  return <OfSession key={session.id} session={session} />;
}

function OfSession({ session }: { readonly session: SessionState }) {
  const target = useDataTarget(session.id);
  const view = useRef<HTMLDivElement>(null);
  const { found, why } = useFound(session, target, useOnScreen(view));
  const dimmed = useDimmed(session);
  const name = <Expression key={target?.expression ?? ''} session={session} target={target} />;
  return (
    <div ref={view} className={`data-view ${dimmed}`} data-testid="data">
      {found && target ? (
        <Shown key={target.expression} session={session} found={found} label={target.expression} why={why} name={name} />
      ) : (
        <>
          <div className="row data-head small wrap">{name}</div>
          {why ? <p className="note warn">{visible(why)}</p> : <Nothing target={target} />}
        </>
      )}
    </div>
  );
}

function Nothing({ target }: { readonly target: DataTarget | undefined }) {
  if (target) return <p className="empty small">Looking for {visible(target.expression)}…</p>;
  return <p className="empty small">Open an array, a table or bytes from the menu of a variable, or type its name above.</p>;
}

/** Which value is shown; another may be typed. */
function Expression({ session, target }: { readonly session: SessionState; readonly target: DataTarget | undefined }) {
  const [text, setText] = useState(visible(target?.expression ?? ''));
  const open = () => {
    if (text.trim()) openData(session.id, { expression: text.trim(), opened: undefined, frame: '' });
  };
  return (
    <TextField aria-label="Value to show" value={text} onChange={setText} className="data-name">
      <Input className="in mono" placeholder="orders[2].matrix" onKeyDown={(event) => event.key === 'Enter' && open()} />
    </TextField>
  );
}

interface ShownProps {
  readonly session: SessionState;
  readonly found: Found;
  readonly label: string;
  /** Why it is not found at this stop; empty when it is. */
  readonly why: string;
  /** The field with its expression. */
  readonly name: React.ReactNode;
}

function Shown({ session, found, label, why, name }: ShownProps) {
  const [at, setAt] = useState<readonly number[]>([]);
  const [column, setColumn] = useState(-1);
  const [budgetMs, setBudget] = useState(USUAL_MS);
  const [side, setSide] = useState<Side>('cells');
  const stopId = session.phase.phase === 'stopped' ? session.phase.stopId : undefined;
  const asking = stopId === found.stopId ? { session: session.id, stopId, reference: found.reference } : undefined;
  const { value: summary, busy, trouble } = useAnswer('session.dataSummary', asking && { ...asking, budgetMs, at: [...at], column });
  const late = useLate(busy && asking !== undefined);
  useEffect(() => {
    // Another array may have the name now: what does not fit its shape is left.
    if (!trouble) return;
    setAt([]);
    setColumn(-1);
  }, [trouble]);
  const partial = summary?.message && budgetMs === USUAL_MS && summary.kind !== 'bytes' && asking && !late;
  const hasFigures = summary && (summary.statistics !== null || summary.columns.length > 0);
  const message = summary?.message ? (
    <div className="note wrap">
      <span className="grow">{visible(summary.message)}</span>
      {partial ? (
        <Button className="btn sm" onPress={() => setBudget(PATIENT_MS)}>
          Read for up to 10 s
        </Button>
      ) : null}
    </div>
  ) : null;
  return (
    <>
      <div className="row data-head small wrap">
        {name}
        {summary ? <Facts summary={summary} /> : null}
        {asking || !summary ? null : <span className="chip warn">{`As of stop ${found.stop}`}</span>}
        {late ? <Busy session={session.id} /> : null}
        {hasFigures ? <SideChoice side={side} onChange={setSide} /> : null}
      </div>
      {why ? (
        <p className="note warn" role="status">
          {visible(why)}
        </p>
      ) : null}
      {trouble ? <p className="note err">{visible(trouble)}</p> : null}
      {summary && !hasFigures ? message : null}
      {summary ? (
        <div className="data-body" data-side={hasFigures ? side : 'cells'}>
          {hasFigures ? (
            <aside className="data-aside" aria-label="Figures">
              {message}
              <Figures summary={summary} />
              {summary.columns.length > 1 ? (
                <Columns columns={summary.columns} rows={summary.shape[0] ?? 0} chosen={column} onChoose={setColumn} />
              ) : null}
            </aside>
          ) : null}
          <Content label={label} summary={summary} asking={asking} at={at} onSlice={setAt} />
        </div>
      ) : null}
    </>
  );
}

type Side = 'cells' | 'figures';

/** In a narrow pane cells and figures are not beside each other. */
function SideChoice({ side, onChange }: { readonly side: Side; onChange(side: Side): void }) {
  return (
    <RadioGroup
      aria-label="Shown"
      className="seg data-side"
      value={side}
      onChange={(next) => onChange(next === 'figures' ? 'figures' : 'cells')}
    >
      <Radio value="cells">Cells</Radio>
      <Radio value="figures">Figures</Radio>
    </RadioGroup>
  );
}

interface ContentProps {
  readonly label: string;
  readonly summary: Summary;
  readonly asking: { readonly session: string; readonly stopId: number; readonly reference: number } | undefined;
  readonly at: readonly number[];
  onSlice(at: readonly number[]): void;
}

function Content({ label, summary, asking, at, onSlice }: ContentProps) {
  return (
    <div className="data-main">
      {summary.kind === 'bytes' ? (
        <HexView asking={asking} total={summary.bytes} />
      ) : (
        <CellsPane label={`Cells of ${visible(label)}`} asking={asking} summary={summary} at={at}>
          {summary.kind === 'array' && summary.shape.length > 2 ? <Slices shape={summary.shape} at={at} onChange={onSlice} /> : null}
        </CellsPane>
      )}
    </div>
  );
}

/** Bytes in the largest unit that leaves a whole number before the point. */
function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(units.length - 1, bytes > 0 ? Math.floor(Math.log10(bytes) / 3) : 0);
  return `${(bytes / 1000 ** step).toLocaleString('en', { maximumFractionDigits: step ? 1 : 0 })} ${units[step]}`;
}

/** What the value is, in one line. */
function Facts({ summary: { kind, typeName, shape, dtype, device, bytes, columns, tookMs } }: { readonly summary: Summary }) {
  const rows = (shape[0] ?? 0).toLocaleString('en');
  const size =
    kind === 'bytes'
      ? ''
      : kind === 'table'
        ? `${rows} rows, ${(shape[1] ?? 0).toLocaleString('en')} columns`
        : shape.join(' × ') || 'no dimensions';
  const facts = [
    typeName,
    size,
    columns.length > 1 || kind === 'bytes' ? '' : dtype,
    device === 'cpu' ? '' : device,
    bytes ? sizeText(bytes) : '',
  ].filter(Boolean);
  return (
    <span className="row wrap data-facts" title={`Read in ${Math.max(1, Math.round(tookMs))} ms`}>
      {facts.map((fact, place) => (
        <span key={place} className="nw mono">
          {visible(fact)}
        </span>
      ))}
    </span>
  );
}
