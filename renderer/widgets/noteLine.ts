/** What of a screen decides how a line is put above the one being edited. */
export interface CursorPlace {
  /** Column of the cursor, from 0. */
  readonly column: number;
  /** Rows of the edited line above the cursor's row: it is longer than the screen is wide. */
  readonly wrapped: number;
  /** Rows of the edited line below the cursor's row: the cursor was moved back in it. */
  readonly below?: number;
  readonly columns: number;
}

const CSI = '\x1b[';
const [SAVE, RESTORE] = ['\x1b7', '\x1b8'];
/** Next row, scrolling at the bottom; and back up. */
const INDEX = '\x1bD';
const REVERSE_INDEX = '\x1bM';
/** A row that is full stays one row: what is too wide for it is not wrapped but written over its end. */
const [NO_WRAP, WRAP] = [`${CSI}?7l`, `${CSI}?7h`];

/**
 * The sequence that shows Casebook's own dim line. A half-typed line stays as it is: the note is
 * inserted above it and the cursor comes back to its place, which the debugger's line editor never
 * notices because it moves by rows and columns relative to where it left the cursor.
 *
 * @param text shown as it is, cut to the screen's width
 * @see ECMA-48: IND, RI, IL, CUU, CUD; DEC save and restore cursor, DECAWM
 */
export function noteLine(text: string, { column, wrapped, below = 0, columns }: CursorPlace): string {
  const cut = [...text].slice(0, columns - 1).join('');
  const shown = `${NO_WRAP}${CSI}0;2;3m${cut}${CSI}0m${WRAP}`;
  const line = `${SAVE}${shown}${RESTORE}\r\n`;
  if (column === 0 && wrapped === 0 && below === 0) return line;
  // The row is full and the next character goes to the next row: no line editor leaves its cursor there.
  if (column >= columns) return `\r\n${line}`;
  const down = below + 1;
  const room = INDEX.repeat(down) + REVERSE_INDEX.repeat(down);
  const up = wrapped > 0 ? `${CSI}${wrapped}A` : '';
  return `${room}${SAVE}${up}\r${CSI}L${shown}${RESTORE}${CSI}B`;
}
