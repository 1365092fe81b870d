import { dirname, isAbsolute, join, relative } from 'node:path';
import type { CollectedTests, LaunchConfig } from '../../../preload/protocol/launch';
import { Failure } from '../../failures';
import type { ExecResult, Files, Transport } from '../../transports/transport';

/** Importing the tests of a large suite takes its time; what takes longer waits for something. */
const WITHIN_MS = 60_000;
/** Options that would change the list's form. */
const TALKATIVE = /^(-v+|-q+|--verbose|--quiet|--verbosity=.*|-s|--capture=.*|--co|--collect-only)$/;
/** pytest's words at its end; more is of no help in a form. */
const MOST_OUTPUT = 20_000;
const NO_TESTS = 5;
/** Where pytest's list is over: a heading, the count, or an error. @see pytest's terminal plugin, `_printcollecteditems` */
const END = /^(=+ |ERROR |no tests |\d+(\/\d+)? tests? collected)/m;
const TOO_LONG =
  'The tests were not collected within 60 s. Something at their top level waits or takes long: name a file or folder in Arguments, or run pytest yourself.';

/** What a collection is started with. */
export type Collection = Pick<LaunchConfig, 'folder' | 'interpreter' | 'env' | 'args'>;

/** The command, as it is run and shown. `args` are the person's own options for pytest. */
export const collectCommand = ({ interpreter, args }: Pick<Collection, 'interpreter' | 'args'>): readonly string[] => [
  interpreter,
  ...['-m', 'pytest', '--collect-only', '-q'],
  ...args.filter((arg) => !TALKATIVE.test(arg)),
  // After what the suite's own configuration adds: a node id a line.
  ...['--verbosity=-1', '--color=no'],
];

/**
 * Lets pytest list its tests, which imports them: only when the person asks. `signal` ends it with its children.
 *
 * @throws Failure `program-unusable`, `folder-unusable`
 */
export async function collectTests(collection: Collection, transport: Transport, signal: AbortSignal): Promise<CollectedTests> {
  const [file = '', ...args] = collectCommand(collection);
  const env = { ...collection.env, PYTHONDONTWRITEBYTECODE: '1' };
  try {
    const result = await transport.exec({ file, args, cwd: collection.folder, env }, WITHIN_MS, signal);
    if (signal.aborted) return { tests: [], trouble: 'Cancelled.', output: '' };
    return await readCollection(result, collection, transport.files);
  } catch (failure) {
    if (!(failure instanceof Failure) || failure.code !== 'timed-out') throw failure;
    return { tests: [], trouble: TOO_LONG, output: '' };
  }
}

/** What pytest printed, as tests that it takes in the folder. */
async function readCollection({ stdout, stderr, exit }: ExecResult, collection: Collection, files: Files): Promise<CollectedTests> {
  const tests = await inFolder(listedTests(stdout), collection.folder, files);
  if (exit.exitCode === 0 && exit.signal === 0) return { tests, trouble: '', output: '' };
  const output = [tests.length ? wordsOf(stdout) : stdout, stderr]
    .map((text) => text.trim())
    .filter(Boolean)
    .join('\n\n');
  return { tests, trouble: troubleOf(stderr, exit.exitCode, collection), output: output.slice(-MOST_OUTPUT) };
}

function troubleOf(stderr: string, exitCode: number, { interpreter, folder }: Collection): string {
  if (/No module named pytest\s*$/.test(stderr)) {
    return `This Python has no pytest. Install it with ${interpreter} -m pip install pytest, or choose another.`;
  }
  if (exitCode === NO_TESTS) return `pytest finds no tests in ${folder}. Choose another folder, or name a file.`;
  return 'Some tests could not be collected. What pytest says is below.';
}

/** Node ids, a line each; what plugins print between them is left out. */
export function listedTests(stdout: string): readonly string[] {
  return beforeEnd(stdout)
    .split(/\r?\n/)
    .filter((line) => /^[^\s=<][^\n]*::/.test(line));
}

const beforeEnd = (stdout: string): string => stdout.slice(0, END.exec(stdout)?.index ?? stdout.length);
const wordsOf = (stdout: string): string => stdout.slice(beforeEnd(stdout).length);

/** pytest prints its ids from its root folder, which may be above the one that it is started in, and takes them from the latter. */
async function inFolder(ids: readonly string[], folder: string, files: Files): Promise<readonly string[]> {
  const named = [...new Set(ids.map(fileOf))];
  const places = new Map(await Promise.all(named.map(async (file) => [file, await placed(file, folder, files)] as const)));
  return ids.map((id) => `${places.get(fileOf(id)) ?? fileOf(id)}${id.slice(fileOf(id).length)}`);
}

const fileOf = (id: string): string => id.slice(0, id.indexOf('::'));

async function placed(file: string, folder: string, files: Files): Promise<string> {
  if (isAbsolute(file)) return relative(folder, file);
  for (let at = folder; ; at = dirname(at)) {
    if (await files.facts(join(at, file))) return relative(folder, join(at, file));
    if (at === dirname(at)) return file;
  }
}
