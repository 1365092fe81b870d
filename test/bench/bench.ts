import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './casebook';
import type { Result } from './result';
import type { Effort, Row } from './row';
import { bigValue, bigValueBytes } from './rows/bigValue';
import { bytesLost } from './rows/bytesLost';
import { firstPaint } from './rows/firstPaint';
import { flood200mb, flood200mbPane } from './rows/flood200mb';
import { floodCtrlC } from './rows/floodCtrlC';
import { floodRss } from './rows/floodRss';
import { floodScreen } from './rows/floodScreen';
import { keyEcho } from './rows/keyEcho';
import { pdbStep, pdbStepNodelay } from './rows/pdbStep';
import { unhitBreakpoint, unhitBreakpointTraced } from './rows/unhitBreakpoint';
import { printHead, printResult } from './table';

/** Those that need a quiet machine most come first. */
const ROWS: readonly Row[] = [
  keyEcho,
  firstPaint,
  pdbStep,
  pdbStepNodelay,
  unhitBreakpoint,
  unhitBreakpointTraced,
  bigValue,
  bigValueBytes,
  flood200mb,
  flood200mbPane,
  floodRss,
  floodCtrlC,
  floodScreen,
  bytesLost,
];
const USAGE = `npm run bench [-- --quick] [-- --row NAME …]\n\nRows: ${ROWS.map((row) => row.name).join(' ')}`;

interface Options {
  readonly rows: readonly Row[];
  readonly quick: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({ options: { row: { type: 'string', multiple: true }, quick: { type: 'boolean' } } });
  const wanted = values.row ?? ROWS.map((row) => row.name);
  const unknown = wanted.find((name) => !ROWS.some((row) => row.name === name));
  if (unknown) throw new Error(`There is no row ${unknown}. ${USAGE}`);
  return { rows: ROWS.filter((row) => wanted.includes(row.name)), quick: values.quick ?? false };
}

const load = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);

/** Measures one row. Whatever goes wrong becomes the row's own sentence, so that the others are still measured. */
async function measure({ name, unit, goal, measure: take }: Row, quick: boolean): Promise<Result> {
  const notes: string[] = [];
  const effort: Effort = { pairs: (many, few) => (quick ? few : many), note: (text) => void notes.push(text) };
  const about = { name, unit, goal: goal.text, load: load() };
  try {
    const samples = await take(effort);
    return { ...about, ...goal.judge(samples), samples, note: notes.join('; ') };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { ...about, ours: null, peer: null, ratio: null, ok: false, samples: [], note: `not measured: ${why}` };
  }
}

async function bench(): Promise<void> {
  const { rows, quick } = readOptions();
  const results: Result[] = [];
  printHead();
  for (const row of rows) {
    const result = await measure(row, quick);
    results.push(result);
    printResult(result);
  }
  writeFileSync(join(ROOT, 'bench.json'), `${JSON.stringify(results, undefined, 1)}\n`);
  const missing = results.filter((result) => result.ours === null);
  const missed = results.filter((result) => result.ours !== null && !result.ok);
  console.log(
    `\n${results.length - missing.length - missed.length} met, ${missed.length} missed, ${missing.length} not measured; bench.json has every pair.`,
  );
  // A wait that nobody needs any more may still be running.
  process.exit(missing.length ? 1 : 0);
}

bench().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
