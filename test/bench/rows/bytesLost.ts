import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from 'node-pty';
import { within } from '../../helpers/within';
import { config, ended, PROGRAMS, PYTHON } from '../casebook';
import type { Casebook } from '../casebook';
import { nothingLost } from '../goals';
import { inProcess } from '../inProcess';
import type { Pair, Row } from '../row';

const PROGRAM = 'lastWords.py';
const LINES = 8_000;
const PATIENCE_MS = 30_000;
/** What the program writes before it is gone with its debugger. */
const LAST_WORDS = Buffer.from(
  Array.from({ length: LINES }, (_, number) => `last words, line ${String(number).padStart(6, '0')}\r\n`).join(''),
);

/** Bytes of a debugger's last words that are not in the spool, against plain pdb on node-pty as it comes. */
export const bytesLost: Row = {
  name: 'bytes-lost',
  unit: 'bytes',
  goal: nothingLost,
  measure: (effort) =>
    inProcess(async (casebook) => {
      const pairs: Pair[] = [];
      while (pairs.length < effort.pairs(1_000, 100)) {
        // In turns also by terminal: the debugger's own, and the one that the program has for itself.
        const terminal = pairs.length % 2 ? 'own' : 'console';
        pairs.push([missing(await ourOutput(casebook, terminal)), missing(await bareOutput())]);
      }
      const runs = (lost: (pair: Pair) => number | null) => pairs.filter((pair) => lost(pair) !== 0).length;
      effort.note(
        `runs that lost something: ours ${runs(([ours]) => ours)}, bare node-pty ${runs(([, peer]) => peer)}, of ${pairs.length}`,
      );
      return pairs;
    }),
};

/** How many of the last bytes are not there. */
function missing(output: Buffer): number {
  if (output.includes(LAST_WORDS)) return 0;
  const begin = output.indexOf(LAST_WORDS.subarray(0, 40));
  return begin < 0 ? LAST_WORDS.length : LAST_WORDS.length - commonLength(output.subarray(begin), LAST_WORDS);
}

function commonLength(a: Buffer, b: Buffer): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) if (a[i] !== b[i]) return i;
  return end;
}

/** Everything that the terminals of a session left on disk. */
async function ourOutput(casebook: Casebook, terminal: 'own' | 'console'): Promise<Buffer> {
  const launch = casebook.request('session.launch', config(PROGRAM, [String(LINES)], terminal));
  const [session] = await Promise.all([launch, ended(casebook)]);
  await casebook.request('session.close', { session });
  const all = join(casebook.dataFolder, 'sessions');
  const [own = ''] = (await readdir(all)).filter((name) => name.endsWith(`-${session}`));
  const spool = join(all, own, terminal === 'own' ? 'program' : 'console');
  const files = (await readdir(spool)).sort();
  return Buffer.concat(await Promise.all(files.map((name) => readFile(join(spool, name)))));
}

/** What node-pty had delivered when it told the exit of plain pdb. */
function bareOutput(): Promise<Buffer> {
  const args = ['-m', 'pdb', '-c', 'continue', `${PROGRAMS}/${PROGRAM}`, String(LINES)];
  const pty = spawn(PYTHON, args, { encoding: null, cwd: PROGRAMS, cols: 80, rows: 24 });
  const chunks: Buffer[] = [];
  pty.onData((chunk: string | Buffer) => chunks.push(Buffer.from(chunk)));
  const output = new Promise<Buffer>((resolve) => pty.onExit(() => resolve(Buffer.concat(chunks))));
  return within(PATIENCE_MS, 'exit of plain pdb', output);
}
