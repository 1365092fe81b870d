import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { packBridge } from '../helpers/bridgeSession';
import type { BridgeSession, Python } from '../helpers/bridgeSession';
import { lookAt, pythonsWith } from '../helpers/looking';
import type { Looking } from '../helpers/looking';

const withPandas = pythonsWith('numpy', 'pandas');

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

async function look(python: Python, comment: string): Promise<Looking> {
  const at = await lookAt(python, bridge, comment);
  session = at.it;
  return at;
}

test('there is a Python with pandas to try this on', () => {
  expect(withPandas).not.toHaveLength(0);
});

describe.each(withPandas)('on Python $version with pandas', (python) => {
  const stop = () => look(python, '# stop at tables');

  test('tables have their rows and columns in their line', async () => {
    const { locals } = await stop();
    const seen = Object.fromEntries(locals.map(({ name, value, viewer }) => [name, [value, viewer]]));
    expect(seen).toMatchObject({
      orders: ['DataFrame (20000, 5)', 'table'],
      prices: ['Series (20000,) float64', 'table'],
      labels: ['Index (3,) object', 'table'],
    });
  });

  test('each column has its type, what is missing, and figures', async () => {
    const at = await stop();
    const orders = await at.summary('orders');
    expect(orders.columns).toEqual([
      { name: 'item', dtype: 'object', missing: 5000, min: '', max: '', mean: '', seen: 20_000 },
      { name: 'unit price', dtype: 'float64', missing: 1, min: '1.0009500475023752', max: '20.0', mean: '10.500475', seen: 20_000 },
      { name: 'count', dtype: 'Int64', missing: 5000, min: '1', max: '4', mean: '2.6666667', seen: 20_000 },
      expect.objectContaining({ name: 'placed', dtype: 'datetime64[ns]', missing: 0, min: '2026-01-01 00:00:00' }),
      { name: 'kind', dtype: 'category', missing: 0, min: '', max: '', mean: '', seen: 20_000 },
    ]);
    expect(await at.summary('orders', { column: 2 })).toMatchObject({
      statistics: { nan: 5000, min: '1', max: '4' },
      histogram: { seen: 15_000 },
    });
    expect((await at.summary('prices')).statistics).toMatchObject({ nan: 1, total: 20_000 });
  });

  test('cells, what is missing, names of rows, sorting and filtering', async () => {
    const at = await stop();
    expect(await at.page('orders', { rows: 3 })).toMatchObject({
      totalRows: 20_000,
      columnNames: ['item', 'unit price', 'count', 'placed', 'kind'],
      cells: [
        ['tea', 'NaN', '1', '2026-01-01 00:00:00', 'retail'],
        ['cake', '1.0009500475023752', '<NA>', '2026-01-01 00:01:00', 'trade'],
        ['None', '1.0019000950047503', '3', '2026-01-01 00:02:00', 'retail'],
      ],
    });
    expect((await at.page('orders', { sortBy: 1, descending: true, rows: 2 })).rowNames).toEqual(['19999', '19998']);
    expect((await at.page('orders', { sortBy: 1, row: 19_999 })).rowNames).toEqual(['0']);
    expect((await at.page('orders', { filter: 'unit price > 19.9995' })).rowNames).toEqual(['19999']);
    expect((await at.page('orders', { filter: '"unit price" == nan' })).totalRows).toBe(1);
    expect((await at.page('orders', { filter: 'kind == trade' })).totalRows).toBe(10_000);
    expect((await at.page('orders', { filter: 'count >= 3' })).totalRows).toBe(10_000);
    expect((await at.page('orders', { filter: 'item == none' })).totalRows).toBe(5000);
    expect((await at.page('orders', { filter: 'placed >= 2026-01-14 21:00' })).totalRows).toBe(20);
    expect((await at.page('orders', { filter: 'cak' })).totalRows).toBe(5000);
    expect((await at.page('labels', { sortBy: 0 })).cells).toEqual([['a'], ['b'], ['c']]);
  });

  test('times of a zone, months, rows with several names, and no columns at all', async () => {
    const at = await stop();
    expect((await at.summary('shifts')).statistics).toMatchObject({ min: '2026-07-01 00:00:00+02:00', mean: '2026-07-02 00:00:00+02:00' });
    expect((await at.page('shifts', { filter: 'value >= 2026-07-02' })).rowNames).toEqual(['1', '2']);
    expect((await at.page('months', { sortBy: 0, descending: true })).cells).toEqual([['2026-03'], ['2026-02'], ['2026-01']]);
    expect((await at.summary('months')).statistics).toBeNull();
    expect((await at.page('levels')).rowNames).toEqual(['(a, 1)', '(b, 2)']);
    expect(await at.page('spread', { row: 10 ** 14 })).toMatchObject({
      totalRows: 2 * 10 ** 14,
      rowNames: ['100000000000000', '100000000000001', '100000000000002', '100000000000003', '100000000000004'],
    });
    expect(await at.column('spread', { row: 2 * 10 ** 14 - 1 })).toEqual(['999999999999995']);
    expect(await at.summary('bare')).toMatchObject({ kind: 'table', shape: [0, 0], columns: [] });
    expect(await at.page('bare')).toMatchObject({ totalRows: 0, cells: [], columnNames: [] });
  });

  test('a table that is too long for the time is read in part, and not sorted or searched by halves', async () => {
    const at = await stop();
    const wide = await at.summary('wide', { budgetMs: 10 });
    expect(wide.tookMs).toBeLessThan(500);
    expect(wide.columns).toHaveLength(20);
    expect(wide.columns.every(({ seen, mean }) => seen > 0 && mean !== '')).toBe(true);
    expect(wide.message).toBe('Some columns were read in part: the time allowed was used up.');
    await expect(at.page('wide', { sortBy: 0, budgetMs: 10 })).rejects.toThrow(
      /Sorting 200,000 rows would take about \d+ ms; 10 ms are allowed\. 16,384 of 200,000 rows were looked at\./,
    );
    await expect(at.page('wide', { filter: 'nowhere', budgetMs: 10 })).rejects.toThrow(
      /[\d,]+ of 200,000 rows were looked at in 10 ms, which is all the time allowed\./,
    );
    expect((await at.page('wide', { sortBy: 0, rows: 1 })).totalRows).toBe(200_000);
  });
});
