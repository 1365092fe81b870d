import { useState } from 'react';
import { Button, Cell, Column, Row, Table, TableBody, TableHeader } from 'react-aria-components';
import type { SortDescriptor } from 'react-aria-components';
import { visible } from '../../../preload/protocol/visible';
import { Icon } from '../../widgets/Icon';

/** A column; numbers stand at the right and are first sorted from the largest. */
export interface TableColumn {
  readonly id: string;
  readonly title: string;
  readonly number?: boolean;
}

/** A row: what each column shows, and what it is sorted by where that is a number. */
export interface TableRow {
  readonly id: string;
  readonly cells: Readonly<Record<string, string | number>>;
  /** Rows that belong to it: shown below it while it is open, never sorted. */
  readonly below?: readonly TableRow[];
  /** What Enter or a click does. */
  act?(): void;
}

interface Props {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

const shown = (value: string | number | undefined): string =>
  typeof value === 'number' ? value.toLocaleString('en') : visible(value ?? '');

/** A table that is sorted by the header that was pressed; a row with more below it opens. */
export function SortedTable({ label, columns, rows }: Props) {
  const [order, setOrder] = useState<SortDescriptor>();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => setOpen((now) => (now.has(id) ? new Set([...now].filter((k) => k !== id)) : new Set([...now, id])));
  const flat = sortedRows(rows, order).flatMap((row) => (open.has(row.id) ? [row, ...(row.below ?? [])] : [row]));
  const child = new Set(rows.flatMap((row) => (row.below ?? []).map((below) => below.id)));
  const [first] = columns;
  const sort = (next: SortDescriptor) => {
    const isNumber = columns.find((column) => column.id === next.column)?.number;
    const isNew = next.column !== order?.column;
    setOrder(isNew && isNumber ? { ...next, direction: 'descending' } : next);
  };
  return (
    <Table
      aria-label={label}
      className="sorted-table"
      {...(order ? { sortDescriptor: order } : {})}
      onSortChange={sort}
      onRowAction={(key) => {
        const row = flat.find((candidate) => candidate.id === key);
        if (row?.below?.length) toggle(row.id);
        else row?.act?.();
      }}
    >
      <TableHeader>
        {columns.map((column) => (
          <Column key={column.id} id={column.id} isRowHeader={column === first} allowsSorting className={column.number ? 'num' : ''}>
            {({ sortDirection }) => (
              <span className="sort-head">
                {column.title}
                {sortDirection ? <Icon name={sortDirection === 'ascending' ? 'arrow-up' : 'arrow-down'} size="xs" /> : null}
              </span>
            )}
          </Column>
        ))}
      </TableHeader>
      <TableBody dependencies={[flat, open]}>
        {flat.map((row) => (
          <Row key={row.id} id={row.id} className={child.has(row.id) ? 'below' : ''} textValue={shown(first ? row.cells[first.id] : '')}>
            {columns.map((column) => (
              <Cell key={column.id} className={column.number ? 'num mono' : column === first ? 'first' : ''}>
                {column === first && row.below?.length ? (
                  <Button className="tw" aria-label={open.has(row.id) ? 'Close' : 'Open'} onPress={() => toggle(row.id)}>
                    <Icon name={open.has(row.id) ? 'chevron-down' : 'chevron-right'} size="xs" />
                  </Button>
                ) : column === first && child.size ? (
                  <span className="tw" />
                ) : null}
                <span title={shown(row.cells[column.id])}>{shown(row.cells[column.id])}</span>
              </Cell>
            ))}
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

/** By numbers as numbers, by words as a person orders them: `Task-2` before `Task-10`. */
export function sortedRows(rows: readonly TableRow[], order: SortDescriptor | undefined): readonly TableRow[] {
  if (!order) return rows;
  const column = String(order.column);
  const turn = order.direction === 'descending' ? -1 : 1;
  return [...rows].sort((a, b) => turn * compared(a.cells[column], b.cells[column]));
}

function compared(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a ?? '').localeCompare(String(b ?? ''), 'en', { numeric: true });
}

/** The table as text, a tab between columns; what belongs to a row is indented below it. */
export function tableText(columns: readonly TableColumn[], rows: readonly TableRow[]): string {
  const line = (row: TableRow) => columns.map((column) => visible(String(row.cells[column.id] ?? ''))).join('\t');
  const body = rows.flatMap((row) => [line(row), ...(row.below ?? []).map((below) => `    ${line(below)}`)]);
  return [columns.map((column) => column.title).join('\t'), ...body].join('\n');
}
