import { useEffect, useId, useRef, useState } from 'react';
import { visible } from '../../../preload/protocol/visible';
import { Icon } from '../../widgets/Icon';
import { moved, selectionOf } from './gridCursor';
import type { GridCursor, Selection } from './gridCursor';
import { useScrollWindow } from './scrollWindow';
import type { Scrolled } from './scrollWindow';
import type { Read } from './useCells';

/** How rows are ordered; column -1: as they are. */
export interface Sorting {
  readonly column: number;
  readonly descending: boolean;
}

interface Props {
  readonly label: string;
  readonly rows: number;
  readonly columns: number;
  /** What is known of the cells; what is not is left empty. */
  readonly read: Read | undefined;
  readonly sorting: Sorting;
  /** Columns of numbers, which stand at the right. */
  isNumber(column: number): boolean;
  onSort(sorting: Sorting): void;
  /** What is seen, whenever that changes. */
  onWindow(window: Scrolled): void;
  onCopy(selection: Selection): void;
}

/** Up, down, and as they were. */
const nextSorting = (sorting: Sorting, column: number): Sorting =>
  sorting.column !== column
    ? { column, descending: false }
    : sorting.descending
      ? { column: -1, descending: false }
      : { column, descending: true };

const range = (start: number, count: number): readonly number[] => Array.from({ length: Math.max(0, count) }, (_, at) => start + at);

/** Cells in rows and columns, of which only those that are seen are there. One stop of Tab; arrows move inside. */
export function Grid(props: Props) {
  const { label, rows, columns, sorting } = props;
  const host = useRef<HTMLDivElement>(null);
  const filler = useRef<HTMLDivElement>(null);
  const id = useId();
  const [cursor, setCursor] = useState<GridCursor>({ at: { row: 0, column: 0 }, from: { row: 0, column: 0 } });
  const seen = useScrollWindow(host, filler, { rows, columns });
  useEffect(() => props.onWindow(seen), [seen.row, seen.rows, seen.column, seen.columns]);
  const pressed = (event: React.KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key === 'c') return props.onCopy(selectionOf(cursor));
    if (event.key === 'Enter' && cursor.at.row < 0) return props.onSort(nextSorting(sorting, cursor.at.column));
    const next = moved(cursor, event, { rows, columns, page: Math.max(1, seen.rows - 1) });
    if (!next) return undefined;
    event.preventDefault();
    setCursor(next);
    return seen.reveal(next.at.row, next.at.column);
  };
  const shared = { ...props, id, seen, cursor, setCursor };
  return (
    <div
      ref={host}
      className="grid-host"
      role="grid"
      aria-label={label}
      aria-rowcount={rows + 1}
      aria-colcount={columns + 1}
      aria-multiselectable
      aria-activedescendant={`${id}-${cursor.at.row}-${cursor.at.column}`}
      tabIndex={0}
      onKeyDown={pressed}
    >
      <div ref={filler} className="grid-filler">
        <div className="grid-sheet mono" role="presentation">
          <Header {...shared} />
          {range(seen.row, seen.rows).map((row) => (
            <Row key={row} {...shared} row={row} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface Shared extends Props {
  readonly id: string;
  readonly seen: Scrolled;
  readonly cursor: GridCursor;
  setCursor(cursor: GridCursor): void;
}

function Header({ id, seen, cursor, setCursor, read, sorting, isNumber, onSort }: Shared) {
  return (
    <div className="grid-row grid-head" role="row" aria-rowindex={1}>
      <span className="grid-name" role="columnheader" aria-colindex={1} aria-label="Row" />
      {range(seen.column, seen.columns).map((column) => {
        const name = visible(read?.columnNames[column - read.asked.column] ?? '');
        const order = sorting.column !== column ? 'none' : sorting.descending ? 'descending' : 'ascending';
        const here = cursor.at.row < 0 && cursor.at.column === column;
        return (
          <span
            key={column}
            id={`${id}--1-${column}`}
            role="columnheader"
            aria-colindex={column + 2}
            aria-sort={order}
            className={`grid-cell el ${isNumber(column) ? 'num' : ''} ${here ? 'at' : ''}`}
            title={`${name}\nClick to sort`}
            tabIndex={-1}
            onPointerDown={({ button }) => {
              if (button !== 0) return;
              setCursor({ at: { row: -1, column }, from: { row: -1, column } });
              onSort(nextSorting(sorting, column));
            }}
          >
            {order === 'none' ? null : <Icon name={order === 'ascending' ? 'arrow-up' : 'arrow-down'} size="xs" />}
            <span className="el">{name}</span>
          </span>
        );
      })}
    </div>
  );
}

function Row({ id, seen, cursor, setCursor, read, isNumber, row }: Shared & { readonly row: number }) {
  const at = read ? row - read.asked.row : -1;
  const selected = selectionOf(cursor);
  return (
    <div className="grid-row" role="row" aria-rowindex={row + 2}>
      <span className="grid-name el" role="rowheader" aria-colindex={1}>
        {visible(read?.rowNames[at] ?? '')}
      </span>
      {range(seen.column, seen.columns).map((column) => {
        const text = read?.cells[at]?.[column - read.asked.column];
        const inside = row >= selected.top && row <= selected.bottom && column >= selected.left && column <= selected.right;
        const here = cursor.at.row === row && cursor.at.column === column;
        const place = { row, column };
        const missing = text === 'NaN' || text === 'None' || text === 'NaT' || text === '<NA>';
        return (
          <span
            key={column}
            id={`${id}-${row}-${column}`}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={inside}
            className={`grid-cell el ${isNumber(column) ? 'num' : ''} ${missing ? 'fg3' : ''} ${inside ? 'on' : ''} ${here ? 'at' : ''}`}
            title={text === undefined ? undefined : visible(text)}
            onPointerDown={(event) => event.button === 0 && setCursor({ at: place, from: event.shiftKey ? cursor.from : place })}
            onPointerEnter={(event) => event.buttons === 1 && setCursor({ at: place, from: cursor.from })}
          >
            {visible(text ?? '')}
          </span>
        );
      })}
    </div>
  );
}
