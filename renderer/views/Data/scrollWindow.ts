import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

/** Pixels: a row as in every table (ui.md §5), and columns of one width, so that only what is seen is asked for. */
export const ROW = 26;
export const COLUMN = 124;
export const NAMES = 96;
/** Browsers lay nothing out beyond some 33 million pixels; from here on a pixel stands for more than one row. */
const TALLEST = 8_000_000;

/** What of a sheet is seen. */
export interface ScrollWindow {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}

interface Sheet {
  readonly rows: number;
  readonly columns: number;
}

/** Scrolls by whole rows and columns. */
export interface Scrolled extends ScrollWindow {
  /** Brings a cell into what is seen. */
  reveal(row: number, column: number): void;
}

const NOTHING: ScrollWindow = { row: 0, rows: 1, column: 0, columns: 1 };

function measure(host: HTMLElement, { rows, columns }: Sheet): ScrollWindow {
  const seenRows = Math.max(1, Math.ceil((host.clientHeight - ROW) / ROW));
  const whole = Math.max(1, Math.floor((host.clientHeight - ROW) / ROW));
  const seenColumns = Math.max(1, Math.ceil((host.clientWidth - NAMES) / COLUMN));
  const way = host.scrollHeight - host.clientHeight;
  const exact = rows * ROW <= TALLEST ? host.scrollTop / ROW : (host.scrollTop / Math.max(1, way)) * (rows - whole);
  const atEnd = way > 0 && host.scrollTop >= way - 1;
  const row = Math.max(0, atEnd ? rows - whole : Math.min(Math.floor(exact + 0.01), rows - 1));
  const sideways = host.scrollWidth - host.clientWidth;
  const wholeColumns = Math.max(1, Math.floor((host.clientWidth - NAMES) / COLUMN));
  const last = sideways > 0 && host.scrollLeft >= sideways - 1;
  const column = Math.max(0, last ? columns - wholeColumns : Math.min(Math.floor(host.scrollLeft / COLUMN + 0.01), columns - 1));
  return { row, rows: Math.min(seenRows, rows - row), column, columns: Math.min(seenColumns, columns - column) };
}

const same = (a: ScrollWindow, b: ScrollWindow): boolean =>
  a.row === b.row && a.rows === b.rows && a.column === b.column && a.columns === b.columns;

function scrollToRow(host: HTMLElement, row: number, rows: number): void {
  const whole = Math.max(1, Math.floor((host.clientHeight - ROW) / ROW));
  const way = host.scrollHeight - host.clientHeight;
  host.scrollTop = rows * ROW <= TALLEST ? row * ROW : (row / Math.max(1, rows - whole)) * way;
}

/** Scrolls no more than is needed to have a cell wholly in view. */
function scrollTo(host: HTMLElement, { row, column }: { readonly row: number; readonly column: number }, sheet: Sheet): void {
  const now = measure(host, sheet);
  const whole = Math.max(1, Math.floor((host.clientHeight - ROW) / ROW));
  const wholeColumns = Math.max(1, Math.floor((host.clientWidth - NAMES) / COLUMN));
  if (row >= 0 && row < now.row) scrollToRow(host, row, sheet.rows);
  if (row >= now.row + whole) scrollToRow(host, row - whole + 1, sheet.rows);
  if (column < now.column) host.scrollLeft = column * COLUMN;
  if (column >= now.column + wholeColumns) host.scrollLeft = (column - wholeColumns + 1) * COLUMN;
}

/** Gives the scrolling element its full way. */
function fill(filler: HTMLElement, { rows, columns }: Sheet): void {
  filler.style.height = `${Math.min(rows * ROW, TALLEST) + ROW}px`;
  filler.style.width = `${columns * COLUMN + NAMES}px`;
}

/** Which part of a sheet a scrolling element shows; `filler` is made as large as the whole. */
export function useScrollWindow(host: RefObject<HTMLElement | null>, filler: RefObject<HTMLElement | null>, sheet: Sheet): Scrolled {
  const [seen, setSeen] = useState(NOTHING);
  const { rows, columns } = sheet;
  useEffect(() => {
    const element = host.current;
    if (!element || !filler.current) return undefined;
    fill(filler.current, { rows, columns });
    const look = () => {
      element.style.setProperty('--sheet-width', `${element.clientWidth}px`);
      element.style.setProperty('--sheet-height', `${element.clientHeight}px`);
      const now = measure(element, { rows, columns });
      setSeen((before) => (same(before, now) ? before : now));
    };
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [rows, columns]);
  const reveal = (row: number, column: number) => {
    if (host.current) scrollTo(host.current, { row, column }, sheet);
  };
  return { ...seen, reveal };
}
