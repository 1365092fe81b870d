import { delimiter, join } from 'node:path';
import type { Interpreter } from '../../../preload/protocol/launch';
import { Failure } from '../../failures';
import type { Transport } from '../../transports/transport';

/** A Python that has not said its version by then hangs. */
const VERSION_WITHIN_MS = 5000;
/** `-I -S`: nothing of the person's folders or site-packages is read, so asking runs nothing of theirs. */
const ASK = ['-I', '-S', '-c', 'import sys; print(".".join(map(str, sys.version_info[:3])))'];
const OLDEST = [3, 8] as const;

interface Candidate {
  readonly path: string;
  readonly kind: string;
  /** A venv says its version in a file: a program from an opened folder is never run to ask. */
  readonly version?: string;
}

/** Where a person's Pythons are looked for. */
export interface Surroundings {
  readonly transport: Transport;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The folder's venvs, then pyenv's versions, newest first, then what PATH has. Nothing of the folder runs. */
export async function findInterpreters(folder: string, around: Surroundings): Promise<Interpreter[]> {
  const found = [...(folder ? await venvs(folder, around) : []), ...(await pyenvs(around)), ...(await onPath(around))];
  // A venv's Python is a link to its base, and still another interpreter; elsewhere two names of one file are one.
  const reals = await Promise.all(
    found.map(async (c) => (c.version === undefined ? ((await around.transport.files.facts(c.path))?.real ?? c.path) : c.path)),
  );
  const unique = found.filter((_, i) => reals.indexOf(reals[i] ?? '') === i);
  return Promise.all(unique.map((candidate) => describe(candidate, around)));
}

/** One interpreter that a person named. */
export const describeInterpreter = (path: string, around: Surroundings): Promise<Interpreter> => describe({ path, kind: 'named' }, around);

async function describe({ path, kind, version }: Candidate, around: Surroundings): Promise<Interpreter> {
  if (version !== undefined) return { path, kind, version, trouble: tooOld(version) };
  try {
    const { stdout, exit } = await around.transport.exec({ file: path, args: ASK, cwd: '/', env: around.env }, VERSION_WITHIN_MS);
    const said = /^\d+\.\d+\.\d+$/.exec(stdout.trim())?.[0] ?? '';
    const trouble = exit.exitCode !== 0 || !said ? 'It does not answer as a Python does. Choose another.' : tooOld(said);
    return { path, kind, version: said, trouble };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { path, kind, version: '', trouble: error.message };
  }
}

function tooOld(version: string): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fine = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return fine ? '' : `Python ${version} is too old: the bridge needs ${OLDEST.join('.')} or later.`;
}

async function venvs(folder: string, { transport }: Surroundings): Promise<Candidate[]> {
  const named = ['.venv', 'venv', 'env'].map(async (name): Promise<Candidate[]> => {
    const path = join(folder, name, 'bin', 'python');
    const settings = join(folder, name, 'pyvenv.cfg');
    if (!(await transport.files.facts(settings))?.readable) return [];
    const text = (await transport.files.read(settings, 10_000)).toString('utf8');
    const version = /^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)/m.exec(text)?.[1] ?? '';
    const gone = !(await transport.files.facts(path))?.executable;
    return gone ? [] : [{ path, kind: `venv ${name}`, version }];
  });
  return (await Promise.all(named)).flat();
}

async function pyenvs({ transport, home, env }: Surroundings): Promise<Candidate[]> {
  // Set to nothing is not set.
  const root = join(env['PYENV_ROOT'] || join(home, '.pyenv'), 'versions');
  const facts = await transport.files.facts(root);
  if (facts?.kind !== 'folder' || !facts.readable) return [];
  const versions = (await transport.files.list(root)).filter((e) => e.kind === 'folder' && /^3\.([89]|\d\d)/.test(e.name));
  const newestFirst = versions.map((e) => e.name).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return newestFirst.map((name) => ({ path: join(root, name, 'bin', 'python3'), kind: 'pyenv' }));
}

async function onPath({ transport, env }: Surroundings): Promise<Candidate[]> {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((f) => f.startsWith('/') && !f.includes('/.pyenv/'));
  const paths = folders.map((folder) => join(folder, 'python3'));
  const facts = await Promise.all(paths.map((path) => transport.files.facts(path)));
  const there = paths.filter((_, i) => facts[i]?.kind === 'file' && facts[i]?.executable);
  return there.map((path) => ({ path, kind: path.startsWith('/usr/bin') ? 'system' : 'PATH' }));
}
