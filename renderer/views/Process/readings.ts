import type { Result } from '../../../preload/protocol/bridge';
import { baseName } from '../../store/paths';
import { dispatch } from '../../store/store';
import type { TableColumn, TableRow } from './SortedTable';

/** A table as a section shows it. */
export interface ReadTable {
  readonly label: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

const show = (path: string, line: number) => () => {
  if (path) dispatch({ type: 'show', place: { path, line, at: Date.now() } });
};

/** Asyncio's tasks, each with its await chain below it. */
export const taskTable = ({ tasks }: Result<'session.tasks'>): ReadTable => ({
  label: 'Tasks',
  columns: [
    { id: 'name', title: 'Task' },
    { id: 'state', title: 'State' },
    { id: 'waits', title: 'Waits for' },
    { id: 'place', title: 'Stands at' },
    { id: 'coroutine', title: 'Coroutine' },
  ],
  rows: tasks.map((task) => {
    const innermost = task.frames.at(-1);
    return {
      id: `t${task.id}`,
      cells: {
        name: task.name,
        state: task.state,
        waits: task.waitsFor,
        place: innermost ? `${baseName(innermost.path)}:${innermost.line}` : '',
        coroutine: task.coroutine,
      },
      below: task.frames.map((frame) => ({
        id: `t${task.id}f${frame.id}`,
        cells: { name: frame.name, state: '', waits: '', place: `${baseName(frame.path)}:${frame.line}`, coroutine: '' },
        act: show(frame.path, frame.line),
      })),
    };
  }),
});

/** What is open, by descriptor. */
export const fileTable = ({ files }: Result<'session.openFiles'>): ReadTable => ({
  label: 'Open files',
  columns: [
    { id: 'fd', title: 'No.', number: true },
    { id: 'kind', title: 'Kind' },
    { id: 'target', title: 'What' },
    { id: 'access', title: 'Access' },
  ],
  rows: files.map((file) => ({ id: `fd${file.fd}`, cells: { ...file } })),
});

/** Which lines hold the most memory. */
export const siteTable = ({ sites }: Result<'session.memory'>): ReadTable => ({
  label: 'Memory by line',
  columns: [
    { id: 'place', title: 'Allocated at' },
    { id: 'bytes', title: 'Bytes', number: true },
    { id: 'blocks', title: 'Blocks', number: true },
  ],
  rows: sites.map(({ path, line, bytes, blocks }) => ({
    id: `${path}:${line}`,
    cells: { place: `${baseName(path)}:${line}`, bytes, blocks },
    act: show(path, line),
  })),
});

/** How many objects of each type there are. */
export const typeTable = ({ types }: Result<'session.collector'>): ReadTable => ({
  label: 'Objects by type',
  columns: [
    { id: 'name', title: 'Type' },
    { id: 'count', title: 'Objects', number: true },
  ],
  rows: types.map((type, at) => ({ id: `row ${at}`, cells: { ...type } })),
});

/** `45.2 MB`; decimal, as the system's own tools count. */
export function sizeWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 ? value : value.toFixed(value < 100 ? 1 : 0)} ${units[step]}`;
}

/** What the process holds, in one line. */
export function memoryWords(memory: Result<'session.memory'>): string {
  const resident = memory.residentBytes
    ? `${sizeWords(memory.residentBytes)} in memory, at most ${sizeWords(memory.peakResidentBytes)}`
    : '';
  const traced = memory.tracing
    ? `${sizeWords(memory.tracedBytes)} traced, at most ${sizeWords(memory.peakBytes)}; the tracer itself holds ${sizeWords(memory.overheadBytes)}`
    : 'allocations are not traced, so no line can be named';
  return [resident, traced].filter(Boolean).join(' · ');
}

/** The collector's counters, in one line. */
export function collectorWords({ enabled, counts, thresholds, collections, frozen, tracked }: Result<'session.collector'>): string {
  const generations = counts.map((count, i) => {
    const done = collections[i];
    return `generation ${i}: ${count.toLocaleString('en')} of ${(thresholds[i] ?? 0).toLocaleString('en')}, ${(done?.collections ?? 0).toLocaleString('en')} collections`;
  });
  const uncollectable = collections.reduce((sum, done) => sum + done.uncollectable, 0);
  return [
    `${tracked.toLocaleString('en')} objects tracked`,
    enabled ? '' : 'automatic collection is off',
    ...generations,
    frozen ? `${frozen.toLocaleString('en')} frozen` : '',
    uncollectable ? `${uncollectable.toLocaleString('en')} could not be collected` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
