import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { plainBreakpoint } from '../../../preload/protocol/breakpoints';
import { config, ended, PROGRAMS } from '../casebook';
import type { Casebook } from '../casebook';
import { atMostTimesPeerInEach, median } from '../goals';
import { inProcess } from '../inProcess';
import { pythonsFound } from '../pythons';
import type { Python } from '../pythons';
import type { Effort, Pair, Row } from '../row';
import { inTemporaryFolder } from '../temporaryFolder';

const PROGRAM = 'tally.py';
/** Within the hot loop, and never reached. */
const LINE = 13;
const PATIENCE_MS = 60_000;
/** From this minor version on Python tells a debugger of single lines. */
const MONITORED = 12;
const run = promisify(execFile);

const found = pythonsFound();
const monitored = found.filter(({ minor }) => minor >= MONITORED);
const traced = found.filter(({ minor }) => minor < MONITORED);

/** A hot function with a breakpoint that it does not reach, against the same without a debugger: Python 3.12 and later. */
export const unhitBreakpoint: Row = {
  name: 'unhit-breakpoint',
  unit: 'ms',
  goal: atMostTimesPeerInEach(1.05, monitored.length),
  measure: (effort) => measure(monitored, effort),
};

/** The same up to Python 3.11, where only a trace function can tell that the line is not reached. */
export const unhitBreakpointTraced: Row = {
  name: 'unhit-traced',
  unit: 'ms',
  goal: atMostTimesPeerInEach(9, traced.length),
  measure: (effort) => measure(traced, effort),
};

async function measure(pythons: readonly Python[], effort: Effort): Promise<readonly Pair[]> {
  if (!pythons.length) throw new Error('none of these Python versions is here: install one with pyenv.');
  return inTemporaryFolder((folder) =>
    inProcess(async (casebook) => {
      const file = join(folder, 'took');
      const pairs: Pair[] = [];
      for (let round = effort.pairs(15, 3); round > 0; round--) {
        for (const { path } of pythons) pairs.push([await ours(casebook, path, file), await bare(path, file)]);
      }
      for (const [index, python] of pythons.entries())
        await describe(
          python,
          pairs.filter((_, at) => at % pythons.length === index),
          { effort, file },
        );
      return pairs;
    }),
  );
}

/** Notes a version's own ratio, and plain pdb's with the same breakpoint. */
async function describe(
  { version, path }: Python,
  pairs: readonly Pair[],
  { effort, file }: { effort: Effort; file: string },
): Promise<void> {
  const without = median(pairs.flatMap(([, peer]) => (peer === null ? [] : [peer])));
  const ratio = median(pairs.flatMap(([own, peer]) => (peer === null ? [] : [own / peer])));
  const pdb = await plainPdb(path, file);
  effort.note(`${version}: ${ratio.toFixed(2)}, plain pdb ${(pdb / without).toFixed(1)}`);
}

const took = async (file: string): Promise<number> => Number(await readFile(file, 'utf8'));

async function ours(casebook: Casebook, interpreter: string, file: string): Promise<number> {
  const launch = { ...config(PROGRAM, [file]), interpreter };
  await casebook.request('breakpoints.set', { breakpoints: [plainBreakpoint(launch.program, LINE)] });
  const [session] = await Promise.all([casebook.request('session.launch', launch), ended(casebook)]);
  await casebook.request('session.close', { session });
  return took(file);
}

async function bare(python: string, file: string): Promise<number> {
  await run(python, [join(PROGRAMS, PROGRAM), file], { timeout: PATIENCE_MS });
  return took(file);
}

async function plainPdb(python: string, file: string): Promise<number> {
  const program = join(PROGRAMS, PROGRAM);
  const commands = [`break ${program}:${LINE}`, 'continue', 'quit'].flatMap((command) => ['-c', command]);
  await run(python, ['-m', 'pdb', ...commands, program, file], { timeout: PATIENCE_MS });
  return took(file);
}
