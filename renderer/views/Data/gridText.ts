/** Cells to be copied, with the names of their columns and rows. */
export interface Cells {
  readonly columnNames: readonly string[];
  readonly rowNames: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

export type CopyFormat = 'text' | 'csv' | 'json';

/** RFC 4180: quotes doubled, and quotes around what has a comma, a quote or a line's end. */
const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
/** A number as JSON writes it; others, and words, are text there. */
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const MISSING: ReadonlySet<string> = new Set(['NaN', 'NaT', 'None', '<NA>', '']);

/** Numbers keep every digit: they go into the text as they are, never through a float. */
function jsonValue(text: string): string {
  if (MISSING.has(text)) return 'null';
  if (text === 'True' || text === 'False') return text.toLowerCase();
  return JSON_NUMBER.test(text) ? text : JSON.stringify(text);
}

/**
 * Cells as text to copy: `text` has tabs between cells, as spreadsheets take them; `csv` a header line with the rows' names
 * first; `json` an object a row, where NaN, NaT and None are null.
 */
export function gridText({ columnNames, rowNames, cells }: Cells, format: CopyFormat): string {
  switch (format) {
    case 'text':
      return cells.map((row) => row.map((cell) => cell.replace(/[\t\r\n]/g, ' ')).join('\t')).join('\n');
    case 'csv': {
      const lines = [['', ...columnNames], ...cells.map((row, at) => [rowNames[at] ?? '', ...row])];
      return lines.map((line) => line.map(csvField).join(',')).join('\r\n');
    }
    case 'json': {
      const rows = cells.map((row) => row.map((cell, at) => `${JSON.stringify(columnNames[at] ?? String(at))}: ${jsonValue(cell)}`));
      return `[\n${rows.map((row) => `  {${row.join(', ')}}`).join(',\n')}\n]`;
    }
  }
}
