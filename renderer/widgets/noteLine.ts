/** What of a screen decides how a line is put above the one being edited. */
export interface CursorPlace {
  /** Column of the cursor, from 0. */
  readonly column: number;
  /** Rows of the edited line above the cursor's row: it is longer than the screen is wide. */
  readonly wrapped: number;
  readonly columns: number;
}

const CSI = '\x1b[';
/** Next row, scrolling at the bottom; and back up. Makes sure that there is a row below. */
const ROOM_BELOW = '\x1bD\x1bM';

/**
 * The sequence that shows Casebook's own dim line. A half-typed line stays as it is: the note is
 * inserted above it and the cursor comes back to its place, which the debugger's line editor never
 * notices because it moves by rows and columns relative to where it left the cursor.
 *
 * @param text shown as it is, cut to the screen's width
 * @see ECMA-48: IND, RI, IL, CUU, CUD; DEC save and restore cursor
 */
export function noteLine(text: string, { column, wrapped, columns }: CursorPlace): string {
  const shown = `${CSI}2;3m${text.slice(0, columns - 1)}${CSI}0m`;
  if (column === 0 && wrapped === 0) return `${shown}\r\n`;
  const up = wrapped > 0 ? `${CSI}${wrapped}A` : '';
  return `${ROOM_BELOW}\x1b7${up}\r${CSI}L${shown}\x1b8${CSI}B`;
}
