import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ALL_PYTHONS, BridgeSession, packBridge } from '../helpers/bridgeSession';
import type { Python } from '../helpers/bridgeSession';
import { localsOf, lookAt, Looking, pythonsWith } from '../helpers/looking';

const withNumpy = pythonsWith('numpy');
const withTorch = pythonsWith('numpy', 'torch');

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

test('there is a Python with numpy and one with torch to try this on', () => {
  expect([withNumpy.length, withTorch.length]).not.toContain(0);
});

describe.each(withNumpy)('on Python $version with numpy', (python) => {
  const stop = () => look(python, '# stop at features');

  test('what has more than a line has a viewer, and its line says shape and type', async () => {
    const { locals } = await stop();
    const seen = Object.fromEntries(locals.map(({ name, value, viewer }) => [name, [value, viewer]]));
    expect(seen).toMatchObject({
      ramp: ['ndarray (100000,) float64', 'array'],
      cube: ['ndarray (4, 30, 50) float32', 'array'],
      weights: ['Weights (6,) float64', 'array'],
      single: ['ndarray () float64', 'array'],
      trades: ['ndarray (2,) structured', 'table'],
      large: ['ndarray (20000, 500000) float64', 'array'],
      mapped: ['memmap (1000, 100) float32', 'array'],
      samples: [expect.any(String), 'array'],
      header: [expect.any(String), 'bytes'],
      window: [expect.any(String), 'bytes'],
      steps: [expect.any(String), 'table'],
      pairs: [expect.any(String), 'table'],
      events: [expect.any(String), 'table'],
      folder: [expect.any(String), undefined],
    });
  });

  test('figures of an array: smallest, largest, mean, deviation, NaN and Inf, and a histogram of all of it', async () => {
    const at = await stop();
    const ramp = await at.summary('ramp');
    expect(ramp).toMatchObject({ kind: 'array', shape: [100_000], dtype: 'float64', device: 'cpu', bytes: 800_000, message: '' });
    expect(ramp.statistics).toEqual({
      min: '0.0',
      max: '99999.0',
      mean: '49999.5',
      std: '28867.513',
      nan: 0,
      inf: 0,
      seen: 100_000,
      total: 100_000,
    });
    expect(ramp.histogram).toMatchObject({ low: '0.0', high: '99999.0', seen: 100_000, counts: Array.from({ length: 32 }, () => 3125) });
    const gaps = await at.summary('gaps');
    expect(gaps.statistics).toMatchObject({ nan: 14_286, inf: 1, min: '1.0', max: '99999.0' });
    expect(gaps.histogram?.counts.reduce((sum, count) => sum + count, 0)).toBe(100_000 - 14_286 - 1);
  });

  test('special arrays say what they are: no elements, no dimensions, extremes, truths, times, complex numbers, objects, fields', async () => {
    const at = await stop();
    expect(await at.summary('nothing')).toMatchObject({ shape: [0, 4], statistics: null, heat: null, message: 'It is empty.' });
    expect(await at.page('nothing')).toMatchObject({ totalRows: 0, columnNames: ['0', '1', '2', '3'], cells: [] });
    expect(await at.summary('single')).toMatchObject({ shape: [], statistics: { min: '7.5', max: '7.5', total: 1 } });
    expect((await at.summary('extremes')).statistics).toMatchObject({ min: '-9223372036854775808', max: '9223372036854775807' });
    expect(await at.summary('flags')).toMatchObject({
      statistics: { min: 'False', max: 'True', mean: '0.25' },
      histogram: { counts: [750, 250] },
    });
    expect((await at.summary('days')).statistics).toMatchObject({ min: '2026-01-01', max: '2026-01-03', mean: '2026-01-02', nan: 1 });
    expect(await at.summary('waves')).toMatchObject({
      statistics: { min: '0.0', max: '5.0' },
      message: 'Figures are of the magnitude of complex numbers.',
    });
    expect(await at.summary('mixed')).toMatchObject({ statistics: { nan: 2, total: 4, min: '' }, histogram: null });
    expect((await at.summary('trades')).columns).toMatchObject([
      { name: 'id', dtype: 'int32', min: '1', max: '2' },
      { name: 'price', min: '-1.0', max: '2.5' },
    ]);
  });

  test('a view whose elements lie apart is read as it lies', async () => {
    const turned = await (await stop()).summary('turned');
    expect(turned).toMatchObject({
      shape: [200, 600],
      statistics: { min: '0.0', max: '239998.0', mean: '119999', seen: 120_000, total: 120_000 },
    });
    expect(turned.heat).toMatchObject({ rows: 32, columns: 32 });
    expect(turned.heat?.cells).toHaveLength(1024);
    const { cells = [] } = turned.heat ?? {};
    expect([cells[31], cells[992]]).toEqual([0, 1]);
  });

  test('a slice of more dimensions: its cells and its heat map', async () => {
    const at = await stop();
    expect(await at.page('cube', { at: [2], row: 29, column: 48 })).toMatchObject({
      totalRows: 30,
      totalColumns: 50,
      rowNames: ['29'],
      columnNames: ['48', '49'],
      cells: [['4498.0', '4499.0']],
    });
    expect((await at.summary('cube', { at: [3] })).heat).toMatchObject({ low: '4500', high: '5998.5' });
    await expect(at.page('cube', { at: [4] })).rejects.toThrow('There is no slice [4] in an array of shape [4, 30, 50].');
  });

  test('the time is kept, and what was not seen is said', async () => {
    const at = await stop();
    const large = await at.summary('large', { budgetMs: 50 });
    expect(large.statistics).toMatchObject({ min: '1.0', max: '1.0', total: 10_000_000_000 });
    expect(large.statistics?.seen).toBeLessThan(large.statistics?.total ?? 0);
    expect(large.message).toMatch(
      /Figures are of [\d,]+ of 10,000,000,000 elements, spread over the whole: the time allowed was used up\./,
    );
    expect(large.message).toMatch(/The heat map is of [\d,]+ of 10,000,000,000 elements\./);
    expect(large.tookMs).toBeLessThan(500);
    await expect(at.page('vast', { sortBy: 0 })).rejects.toThrow(
      "To sort 1,000,000,000,000 rows would take too much of the program's memory.",
    );
    await expect(at.page('vast', { filter: 'value > 0', budgetMs: 3000 })).rejects.toThrow(
      /More than 20,000,000 rows fit|all the time allowed/,
    );
    await expect(at.page('large', { sortBy: 0, filter: '3 > 0.5' })).resolves.toMatchObject({ totalRows: 20_000 });
  });

  test('a file in memory is read only when a larger budget is given', async () => {
    const at = await stop();
    expect(await at.summary('mapped', { budgetMs: 50 })).toMatchObject({
      statistics: null,
      message: expect.stringContaining('read only on request'),
    });
    expect((await at.summary('mapped', { budgetMs: 1000 })).statistics).toMatchObject({ max: '0.0', seen: 100_000 });
  });

  test("what the program's own classes override is not run", async () => {
    const at = await stop();
    expect((await at.summary('weights')).statistics).toMatchObject({ max: '5.0', mean: '2.5' });
    expect(await at.column('weights', {})).toEqual(['0.0', '1.0', '2.0', '3.0', '4.0']);
    expect((await at.page('mixed')).cells).toEqual([['None'], ['1'], ['NaN'], ['<Loud>']]);
    expect((await at.page('loud', { sortBy: 0 })).cells).toEqual([
      ['<Loud>', '2'],
      ['<Loud>', '1'],
      ['<Posing>', '3'],
    ]);
    expect(await at.page('loud', { filter: '0 == x' })).toMatchObject({ totalRows: 0, ofRows: 3 });
    at.it.type('print("THE END")');
    await at.it.console.shows('THE END');
    expect(at.it.console.text).not.toContain('LOUD');
  });

  test('lists of rows are tables: of dataclasses, tuples and dicts', async () => {
    const at = await stop();
    expect(await at.summary('steps')).toMatchObject({
      kind: 'table',
      shape: [399, 3],
      columns: [
        { name: 'number', dtype: 'int', min: '1', max: '399', mean: '200', missing: 0, seen: 399 },
        { name: 'loss', dtype: 'float', max: '1.0' },
        { name: 'note', dtype: 'str', min: '' },
      ],
    });
    expect(await at.page('steps', { row: 397 })).toMatchObject({
      totalRows: 399,
      rowNames: ['397', '398'],
      cells: [
        ['398', '0.002512562814070352', 'hot'],
        ['399', '0.002506265664160401', 'hot'],
      ],
    });
    expect((await at.page('pairs', { sortBy: 1, descending: true })).cells).toEqual([
      ['jam', '12'],
      ['tea', '3'],
      ['cake', 'None'],
    ]);
    expect((await at.page('events', { filter: 'kind == open', rows: 1 })).totalRows).toBe(10);
  });

  test('rows are filtered by text and by what a column holds, which is never evaluated', async () => {
    const at = await stop();
    expect(await at.page('steps', { filter: 'WARM' })).toMatchObject({ totalRows: 2, ofRows: 399, rowNames: ['0', '1'] });
    expect((await at.page('steps', { filter: 'number >= 398' })).rowNames).toEqual(['397', '398']);
    expect((await at.page('steps', { filter: 'loss<0.0026' })).totalRows).toBe(15);
    expect((await at.page('ramp', { filter: 'value > 99_997' })).rowNames).toEqual(['99998', '99999']);
    expect((await at.page('gaps', { filter: 'value == nan', sortBy: 0 })).totalRows).toBe(14_286);
    expect((await at.page('pairs', { filter: '1 != none' })).totalRows).toBe(2);
    expect((await at.page('trades', { filter: 'price < 0' })).cells).toEqual([['2', '-1.0']]);
    expect((await at.page('days', { filter: 'value > 2026-01-02' })).cells).toEqual([['2026-01-03']]);
    await expect(at.page('steps', { filter: 'count > 3' })).rejects.toThrow('There is no column count. Columns are number, loss, note.');
    await expect(at.page('ramp', { filter: 'value > __import__("os")' })).rejects.toThrow('is no number');
    await expect(at.page('days', { filter: 'value > soon' })).rejects.toThrow('soon is no time that value can be compared with.');
  });

  test('rows are sorted: what is missing comes last, equal rows keep their order', async () => {
    const at = await stop();
    expect(await at.column('gaps', { sortBy: 0, descending: true, rows: 2 })).toEqual(['inf', '99999.0']);
    expect(await at.column('gaps', { sortBy: 0, descending: true, row: 99_998, rows: 2 })).toEqual(['NaN', 'NaN']);
    expect((await at.page('steps', { sortBy: 2, descending: true, rows: 3 })).rowNames).toEqual(['0', '1', '2']);
    expect((await at.page('steps', { sortBy: 1, filter: 'hot', rows: 2 })).rowNames).toEqual(['398', '397']);
    expect(await at.column('cube', { at: [1], sortBy: 0, descending: true, rows: 2 })).toEqual(['2950.0', '2900.0']);
  });

  test('bytes come as they are, also the last ones', async () => {
    const at = await stop();
    expect(await at.summary('header')).toMatchObject({ kind: 'bytes', shape: [76_800], bytes: 76_800 });
    expect(await at.bytes('header', 76_798, 100)).toEqual({ start: 76_798, total: 76_800, bytes: [254, 255] });
    expect(Buffer.from((await at.bytes('window', 0, 100)).bytes).toString()).toBe('casebook');
    expect((await at.bytes('samples', 9, 7)).bytes).toEqual([0, 0, 0, 0, 0, 0, 64]);
    await expect(at.bytes('ramp', 0, 1)).rejects.toThrow('This value is not bytes.');
    expect((await at.summary('samples')).statistics).toMatchObject({ min: '1.0', max: '4.0', total: 3 });
  });

  test('what a command changed is read anew, and nothing is kept when the program runs on', async () => {
    const at = await stop();
    await at.page('pairs', { sortBy: 0 });
    at.it.type('pairs.append(("apple", 1))');
    await at.it.next('changed');
    expect(await at.column('pairs', { sortBy: 0 })).toEqual(['apple', 'cake', 'jam', 'tea']);
    await at.it.step('return');
    await expect(at.page('pairs')).rejects.toThrow('This value belongs to an earlier stop.');
  });
});

describe.each(withTorch)('on Python $version with torch', (python) => {
  test('tensors: in memory, of half floats, elsewhere, sparse, and of a class of the program', async () => {
    const at = await look(python, '# stop at tensors');
    const seen = Object.fromEntries(at.locals.map(({ name, value }) => [name, value]));
    expect(seen).toMatchObject({
      weight: 'Parameter (32, 64) float32 cpu',
      half: 'Tensor (10, 100) bfloat16 cpu',
      nowhere: 'Tensor (3, 4) float32 meta',
      sparse: 'Tensor (4, 4) float32 cpu sparse_coo',
      watched: 'tensors.<locals>.Watched (6,) float32 cpu',
    });
    expect(await at.summary('weight')).toMatchObject({
      shape: [32, 64],
      bytes: 8192,
      statistics: { nan: 0, total: 2048 },
      heat: { rows: 32, columns: 32 },
    });
    expect((await at.summary('half')).statistics).toMatchObject({ min: '-1.0', max: '1.0' });
    expect((await at.page('half', { row: 9, column: 99 })).cells).toEqual([['1.0']]);
    expect(await at.summary('nowhere')).toMatchObject({ statistics: null, message: expect.stringContaining('would launch kernels') });
    await expect(at.page('nowhere')).rejects.toThrow('only its shape is shown');
    expect(await at.summary('sparse')).toMatchObject({ statistics: null, message: expect.stringContaining('sparse_coo') });
    expect((await at.summary('watched')).statistics).toMatchObject({ mean: '2.5' });
    at.it.type('print("THE END")');
    await at.it.console.shows('THE END');
    expect(at.it.console.text).not.toContain('LOUD');
  });
});

test('a long read ends when the person cancels it, with what was seen so far', async () => {
  const [python] = withNumpy;
  if (!python) throw new Error('no Python with numpy');
  const at = await look(python, '# stop at features');
  const reading = at.summary('large', { budgetMs: 60_000 });
  await at.it.request('cancel');
  const { statistics, tookMs } = await reading;
  expect(statistics?.seen).toBeGreaterThan(0);
  expect(statistics?.seen).toBeLessThan(statistics?.total ?? 0);
  expect(tookMs).toBeLessThan(5_000);
});

test('without numpy a list of rows and an array of the standard library are tables, and both are sorted', async () => {
  const [python] = ALL_PYTHONS;
  if (!python) throw new Error('no Python');
  const it = await BridgeSession.start({ python: python.path, bridge, script: 'shelves.py' });
  session = it;
  await it.next('stopped');
  it.type('import array; rows = [("b", 2), ("a", 1)]; heights = array.array("i", [3, 1, 2])');
  const at = new Looking(it, await localsOf(it, await it.next('changed')));
  expect((await at.page('rows', { sortBy: 0 })).cells).toEqual([
    ['a', '1'],
    ['b', '2'],
  ]);
  expect((await at.page('heights', { sortBy: 0, descending: true })).cells).toEqual([['3'], ['2'], ['1']]);
  expect(await at.summary('heights')).toMatchObject({ kind: 'table', shape: [3, 1], dtype: 'i' });
});
