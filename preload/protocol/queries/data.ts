import { z } from 'zod';
import { count, index, reference, tookMs } from './parts';

/** Milliseconds that reading may take inside the program. */
const budgetMs = z.number().int().min(10).max(60_000);
/** The leading dimensions of an array; the last two are the rows and columns. */
const at = z.array(index).max(32);
/** A column's index, or -1 for none. */
const columnOrNone = z.number().int().min(-1);

/** Questions about arrays, tables and bytes; numbers come as text where JSON would change them. */
export const dataQueries = {
  /**
   * What an array or table holds, read within the time budget; `seen` of `total` elements went into the figures. The
   * heat map is of the slice `at`; a table's statistics and histogram are of `column`.
   */
  dataSummary: {
    params: z.object({ reference, budgetMs, at, column: columnOrNone }),
    answer: z.object({
      kind: z.enum(['array', 'table', 'bytes']),
      typeName: z.string(),
      /** Of a table: rows and columns. Empty for an array without dimensions. */
      shape: z.array(z.number()),
      dtype: z.string(),
      device: z.string(),
      /** 0 where it is not known. */
      bytes: z.number(),
      /** Of a table: `missing` counts NaN, NaT and None in the `seen` rows; figures are empty where there are none. */
      columns: z.array(
        z.object({
          name: z.string(),
          dtype: z.string(),
          missing: z.number(),
          min: z.string(),
          max: z.string(),
          mean: z.string(),
          seen: z.number(),
        }),
      ),
      statistics: z
        .object({
          min: z.string(),
          max: z.string(),
          mean: z.string(),
          std: z.string(),
          nan: z.number(),
          inf: z.number(),
          seen: z.number(),
          total: z.number(),
        })
        .nullable(),
      /** Counts of equal steps from low to high, of `seen` elements. */
      histogram: z.object({ low: z.string(), high: z.string(), counts: z.array(z.number()), seen: z.number() }).nullable(),
      /** Means of blocks, scaled to 0..1 between low and high; null where a block has no number. */
      heat: z
        .object({ rows: z.number(), columns: z.number(), cells: z.array(z.number().nullable()), low: z.string(), high: z.string() })
        .nullable(),
      /** What was left out, and why. */
      message: z.string(),
      tookMs,
    }),
  },
  /**
   * A window of cells: of a table, or of two dimensions of an array with the leading ones fixed by `at`. Fewer rows than
   * asked for where more would be too much text. Sorting and filtering are refused where the budget is not enough.
   */
  dataPage: {
    params: z.object({
      reference,
      at,
      row: index,
      rows: count,
      column: index,
      columns: count,
      sortBy: columnOrNone,
      descending: z.boolean(),
      /** Rows whose text of some cell contains this; or `column <op> value`. Empty: all. */
      filter: z.string().max(1000),
      budgetMs,
    }),
    answer: z.object({
      /** That the filter lets through, of `ofRows`. */
      totalRows: z.number(),
      ofRows: z.number(),
      totalColumns: z.number(),
      rowNames: z.array(z.string()),
      columnNames: z.array(z.string()),
      cells: z.array(z.array(z.string())),
      message: z.string(),
      tookMs,
    }),
  },
  /** Raw bytes of a bytes-like value, base64. */
  bytesPage: {
    params: z.object({ reference, start: index, count: z.number().int().min(1).max(32_768) }),
    answer: z.object({ start: z.number(), total: z.number(), base64: z.string() }),
  },
} as const;
