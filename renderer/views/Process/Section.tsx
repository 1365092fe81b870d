import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { visible } from '../../../preload/protocol/visible';
import { Icon } from '../../widgets/Icon';
import { copyText } from '../copyText';
import { SortedTable, tableText } from './SortedTable';
import type { ReadTable } from './readings';
import type { Reading } from './useReading';

interface Props {
  readonly reading: Reading<{ readonly message: string; readonly tookMs: number }>;
  /** The button's words before anything was read. */
  readonly verb: string;
  /** What asking costs, said before it is asked. */
  readonly cost: string;
  /** What was read in one line. */
  readonly summary: string;
  readonly table: ReadTable | undefined;
  readonly canRead: boolean;
  /** Further buttons. */
  readonly children?: ReactNode;
  onRead(): void;
}

/** One kind of reading: its button and cost, when it was read, and what. */
export function Section({ reading, verb, cost, summary, table, canRead, children, onRead }: Props) {
  const { value, busy, trouble, stale, at } = reading;
  return (
    <div className="process-section">
      <div className="process-bar">
        <Button className="btn sm" isDisabled={!canRead || busy} onPress={onRead}>
          <Icon name={busy ? 'loading' : value ? 'refresh' : 'search'} />
          {value ? 'Refresh' : verb}
        </Button>
        {children}
        <span className="process-cost xs fg3">
          {canRead ? cost : 'The program is not stopped. What is shown was read before; more can be read at the next stop.'}
        </span>
        {table?.rows.length ? (
          <Button
            className="btn sm gh"
            onPress={() => void copyText(tableText(table.columns, table.rows), `Copied ${table.rows.length} rows.`)}
          >
            <Icon name="copy" />
            Copy
          </Button>
        ) : null}
      </div>
      {trouble ? <p className="note err">{visible(trouble)}</p> : null}
      {value ? (
        <>
          <p className="process-when xs" role="status">
            {stale ? <span className="chip warn">Stale</span> : null}
            <span className="fg3">
              {stale ? 'The program has moved since. ' : ''}Read at {new Date(at).toLocaleTimeString('en-GB')}, took {took(value.tookMs)}.
            </span>
            {value.message ? <span>{visible(value.message)}</span> : null}
          </p>
          {summary ? <p className="process-summary small">{summary}</p> : null}
        </>
      ) : null}
      {table?.rows.length ? (
        <div className={`process-table ${stale ? 'dimmed' : ''}`}>
          <SortedTable label={table.label} columns={table.columns} rows={table.rows} />
        </div>
      ) : null}
    </div>
  );
}

const took = (ms: number): string => (ms < 1 ? 'less than 1 ms' : ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`);
