/** A cell; row -1 is the header. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** Where the keyboard is, and where the selection began. */
export interface GridCursor {
  readonly at: Cell;
  readonly from: Cell;
}

/** A rectangle of cells, both ends part of it; `bottom` is -1 where only the header is chosen. */
export interface Selection {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are seen at once. */
  readonly page: number;
}

const within = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), Math.max(low, high));

export const selectionOf = ({ at, from }: GridCursor): Selection => ({
  top: Math.max(0, Math.min(at.row, from.row)),
  bottom: Math.max(at.row, from.row),
  left: Math.min(at.column, from.column),
  right: Math.max(at.column, from.column),
});

function target(
  key: { readonly name: string; readonly jumps: boolean },
  { row, column }: Cell,
  { rows, columns, page }: Extent,
): Cell | undefined {
  const { name, jumps } = key;
  switch (name) {
    case 'ArrowUp':
      return { row: jumps ? 0 : row - 1, column };
    case 'ArrowDown':
      return { row: jumps ? rows - 1 : row + 1, column };
    case 'ArrowLeft':
      return { row, column: jumps ? 0 : column - 1 };
    case 'ArrowRight':
      return { row, column: jumps ? columns - 1 : column + 1 };
    case 'PageUp':
      return { row: Math.max(0, row - page), column };
    case 'PageDown':
      return { row: row + page, column };
    case 'Home':
      return { row: jumps ? 0 : row, column: 0 };
    case 'End':
      return { row: jumps ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}

/** The cursor after a key, as in a spreadsheet: Ctrl goes to the end, Shift selects. Undefined for a key that does not move it. */
export function moved(
  cursor: GridCursor,
  { key, ctrlKey, metaKey, shiftKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>,
  extent: Extent,
): GridCursor | undefined {
  const jumps = ctrlKey || metaKey;
  if (jumps && key === 'a') return { from: { row: 0, column: 0 }, at: { row: extent.rows - 1, column: extent.columns - 1 } };
  const found = target({ name: key, jumps }, cursor.at, extent);
  if (!found) return undefined;
  const at = { row: within(found.row, shiftKey ? 0 : -1, extent.rows - 1), column: within(found.column, 0, extent.columns - 1) };
  return { at, from: shiftKey ? cursor.from : at };
}
