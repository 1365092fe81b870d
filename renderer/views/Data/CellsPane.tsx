import { useState } from 'react';
import { Button, Input, Menu, MenuItem, MenuTrigger, Popover, TextField } from 'react-aria-components';
import type { Params, Result } from '../../../preload/protocol/bridge';
import { visible } from '../../../preload/protocol/visible';
import { Refusal } from '../../store/connect';
import { perform, toast } from '../../store/store';
import { Icon } from '../../widgets/Icon';
import { copyText } from '../copyText';
import type { Selection } from './gridCursor';
import { gridText } from './gridText';
import type { CopyFormat } from './gridText';
import { Grid } from './Grid';
import type { Sorting } from './Grid';
import type { ScrollWindow } from './scrollWindow';
import { readCells, useCells } from './useCells';
import { useLate } from './useLate';

type Asked = Params<'session.dataPage'>;

/** Milliseconds for a window of cells, and when the person allows more for sorting or searching. */
const USUAL_MS = 50;
const PATIENT_MS = 10_000;
/** Rows and columns read beyond what is seen, so that a line's scrolling finds them there. */
const AHEAD = 8;
const MOST = 1000;
/** Copied at most; a spreadsheet takes no more at once without trouble. */
const COPIED_ROWS = 10_000;
const COPIED_CELLS = 200_000;
const NUMERIC = /^(u?int|float|bfloat|complex|bool|U?Int|Float)|^[bBhHiIlLqQfd]$/;

interface Props {
  readonly label: string;
  /** The session, the stop and the value; undefined while nothing can be asked. */
  readonly asking: Pick<Asked, 'session' | 'stopId' | 'reference'> | undefined;
  readonly summary: Result<'session.dataSummary'>;
  readonly at: readonly number[];
  /** What else says which cells are shown. */
  readonly children: React.ReactNode;
}

/** A value's rows: filtered, sorted, a window of them at a time. */
export function CellsPane({ label, asking, summary, at, children }: Props) {
  const [sorting, setSorting] = useState<Sorting>({ column: -1, descending: false });
  const [filter, setFilter] = useState('');
  const [budgetMs, setBudget] = useState(USUAL_MS);
  const [seen, setSeen] = useState<ScrollWindow>({ row: 0, rows: 1, column: 0, columns: 1 });
  const how = { at: [...at], sortBy: sorting.column, descending: sorting.descending, filter, budgetMs };
  const window = {
    row: Math.max(0, seen.row - AHEAD),
    rows: Math.min(MOST, seen.rows + 2 * AHEAD),
    column: Math.max(0, seen.column - 1),
    columns: Math.min(MOST, seen.columns + 2),
  };
  const { read, busy, trouble } = useCells(asking && { ...asking, ...how, ...window });
  const late = useLate(busy);
  const [rows, columns] = extent(summary);
  const total = read && read.asked.filter === filter ? read.totalRows : rows;
  const isNumber = (column: number) => NUMERIC.test(summary.columns.length ? (summary.columns[column]?.dtype ?? '') : summary.dtype);
  const change = (act: () => void) => {
    setBudget(USUAL_MS);
    act();
  };
  const copy = (what: Selection, format: CopyFormat) => {
    if (asking && what.bottom >= what.top) void copyCells({ ...asking, ...how, budgetMs: PATIENT_MS }, what, format);
  };
  const all: Selection = { top: 0, bottom: total - 1, left: 0, right: columns - 1 };
  return (
    <div className="data-cells">
      <div className="row data-bar small wrap">
        {children}
        <FilterField onFilter={(text) => change(() => setFilter(text))} />
        <span className="fg3 nw" role="status">
          {filter && !trouble ? `${total.toLocaleString('en')} of ${rows.toLocaleString('en')} rows` : `${rows.toLocaleString('en')} rows`}
        </span>
        {late && asking ? <Busy session={asking.session} /> : null}
        <CopyMenu onCopy={(format) => copy(all, format)} />
      </div>
      {trouble && trouble !== summary.message ? (
        <div className="note warn" role="alert">
          <span className="grow">{visible(trouble)}</span>
          {budgetMs === USUAL_MS && /allowed/.test(trouble) ? (
            <Button className="btn sm" onPress={() => setBudget(PATIENT_MS)}>
              Allow 10 s
            </Button>
          ) : null}
        </div>
      ) : null}
      <Grid
        label={label}
        rows={total}
        columns={columns}
        read={read}
        sorting={sorting}
        isNumber={isNumber}
        onSort={(next) => change(() => setSorting(next))}
        onWindow={setSeen}
        onCopy={(selection) => copy(selection, 'text')}
      />
    </div>
  );
}

/** Rows and columns of what is shown: a table's, or an array's last two dimensions. */
function extent({ kind, shape }: Result<'session.dataSummary'>): readonly [number, number] {
  if (kind === 'table') return [shape[0] ?? 0, shape[1] ?? 0];
  return shape.length < 2 ? [shape[0] ?? 1, 1] : [shape.at(-2) ?? 0, shape.at(-1) ?? 0];
}

function FilterField({ onFilter }: { onFilter(text: string): void }) {
  const [text, setText] = useState('');
  return (
    <TextField aria-label="Filter rows" value={text} onChange={setText} className="data-filter">
      <Input
        className="in"
        placeholder="Filter: a text, or column > 3, then Enter"
        onKeyDown={(event) => {
          if (event.key === 'Enter') onFilter(text);
          if (event.key !== 'Escape') return;
          setText('');
          onFilter('');
        }}
        onBlur={() => onFilter(text)}
      />
    </TextField>
  );
}

/** Said when an answer takes longer than a moment. */
export function Busy({ session }: { readonly session: string }) {
  return (
    <span className="row nw" role="status">
      <Icon name="loading" size="s" /> Reading…
      <Button className="btn sm" onPress={() => void perform('session.cancel', { session })}>
        Cancel
      </Button>
    </span>
  );
}

const FORMATS: readonly { readonly id: CopyFormat; readonly title: string }[] = [
  { id: 'text', title: 'Copy all as text' },
  { id: 'csv', title: 'Copy all as CSV' },
  { id: 'json', title: 'Copy all as JSON' },
];

function CopyMenu({ onCopy }: { onCopy(format: CopyFormat): void }) {
  return (
    <MenuTrigger>
      <Button className="btn sm right">Copy</Button>
      <Popover className="menu" placement="bottom end">
        <Menu aria-label="Copy" items={FORMATS} onAction={(key) => onCopy(FORMATS.find(({ id }) => id === key)?.id ?? 'text')}>
          {({ id, title }) => (
            <MenuItem id={id} className="pal-row" textValue={title}>
              {title}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** Reads a rectangle of cells by pages and copies it; says so when it was more than is copied. */
async function copyCells(how: Omit<Asked, 'row' | 'rows' | 'column' | 'columns'>, what: Selection, format: CopyFormat): Promise<void> {
  const columns = Math.min(MOST, what.right - what.left + 1);
  const wanted = what.bottom - what.top + 1;
  const rows = Math.min(wanted, COPIED_ROWS, Math.max(1, Math.floor(COPIED_CELLS / columns)));
  const cells: string[][] = [];
  const rowNames: string[] = [];
  let columnNames: readonly string[] = [];
  try {
    while (cells.length < rows) {
      const part = { row: what.top + cells.length, rows: Math.min(MOST, rows - cells.length), column: what.left, columns };
      const read = await readCells({ ...how, ...part });
      if (!read.cells.length) break;
      cells.push(...read.cells);
      rowNames.push(...read.rowNames);
      columnNames = read.columnNames;
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return toast('error', error.message);
  }
  const some = cells.length < wanted ? ` The first of ${wanted.toLocaleString('en')}: more is not copied at once.` : '';
  const plural = cells.length === 1 ? 'row' : 'rows';
  return copyText(gridText({ columnNames, rowNames, cells }, format), `Copied ${cells.length.toLocaleString('en')} ${plural}.${some}`);
}
