import { expect, test } from 'vitest';
import { sortedRows, tableText } from '../../renderer/views/Process/SortedTable';
import { memoryWords, sizeWords } from '../../renderer/views/Process/readings';

const row = (name: string, count: number) => ({ id: name, cells: { name, count } });
const rows = [row('Task-10', 5), row('Task-2', 400), row('anna', 30)];
const names = (column: string, direction: 'ascending' | 'descending') => sortedRows(rows, { column, direction }).map((sorted) => sorted.id);

test('names with numbers are sorted by the number, and numbers as numbers', () => {
  expect(names('name', 'ascending')).toEqual(['anna', 'Task-2', 'Task-10']);
  expect(names('count', 'descending')).toEqual(['Task-2', 'anna', 'Task-10']);
  expect(sortedRows(rows, undefined)).toBe(rows);
});

test('a table is copied with its titles, and what belongs to a row below it', () => {
  const columns = [
    { id: 'name', title: 'Task' },
    { id: 'count', title: 'Steps', number: true },
  ];
  const text = tableText(columns, [{ ...row('a\u001b', 1), below: [row('deep', 2)] }]);
  expect(text).toBe('Task\tSteps\na␛\t1\n    deep\t2');
});

test('sizes have a unit that leaves a number one can read', () => {
  expect([0, 999, 1000, 45_240_000, 123_400_000_000].map(sizeWords)).toEqual(['0 bytes', '999 bytes', '1.0 kB', '45.2 MB', '123 GB']);
});

test('memory without tracing says that no line can be named', () => {
  const nothing = { tracedBytes: 0, peakBytes: 0, overheadBytes: 0, sites: [], needsMs: 0, message: '', tookMs: 1 };
  expect(memoryWords({ ...nothing, tracing: false, residentBytes: 0, peakResidentBytes: 0 })).toBe(
    'allocations are not traced, so no line can be named',
  );
});
