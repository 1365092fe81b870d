import { basename, delimiter, join } from 'node:path';
import { Failure } from '../../failures';
import type { Files } from '../../transports/transport';
import type { Candidate, Surroundings } from './interpreters';
import { venvAt } from './venvs';

/** Names by which a Python is looked for on PATH. */
const ON_PATH = ['python3', 'python', ...Array.from({ length: 13 }, (_, i) => `python3.${20 - i}`)];
const CONDA_ROOTS = ['miniconda3', 'anaconda3', 'miniforge3', 'mambaforge', 'micromamba', '.conda'];
const LAUNCHER_WITHIN_MS = 5000;

/** The active virtual environment, and those that virtualenvwrapper, pipenv and poetry keep by name. */
export async function namedPlaces(folder: string, around: Surroundings): Promise<readonly Candidate[]> {
  const { home, env, transport } = around;
  const kept = ['.virtualenvs', '.local/share/virtualenvs', '.cache/pypoetry/virtualenvs'].map((name) => join(home, name));
  const roots = (await Promise.all(kept.map((place) => foldersIn(place, transport.files)))).flat();
  const found = await Promise.all([env['VIRTUAL_ENV'] ?? '', ...roots].filter(Boolean).map((root) => venvAt(root, folder, around)));
  return found.flatMap((candidate) => candidate ?? []);
}

/** conda's environments: the active one, those of the usual installations, and those that conda has written down. */
export async function condaPlaces({ transport, home, env }: Surroundings): Promise<readonly Candidate[]> {
  const { files } = transport;
  const installed = [...CONDA_ROOTS.map((name) => join(home, name)), '/opt/conda'];
  const inside = (await Promise.all(installed.map((root) => foldersIn(join(root, 'envs'), files)))).flat();
  const listed = await readLines(join(home, '.conda', 'environments.txt'), files);
  const roots = [...new Set([env['CONDA_PREFIX'] ?? '', ...installed, ...inside, ...listed].filter((r) => r.startsWith('/')))];
  const found = await Promise.all(roots.map((root) => condaAt(root, installed.includes(root), files)));
  return found.flatMap((candidate) => candidate ?? []);
}

async function condaAt(root: string, isBase: boolean, files: Files): Promise<Candidate | undefined> {
  const path = join(root, 'bin', 'python');
  const kept = join(root, 'conda-meta');
  if (!(await files.facts(path))?.executable || (await files.facts(kept))?.kind !== 'folder') return undefined;
  const versions = (await files.list(kept)).flatMap(({ name }) => /^python-(\d+\.\d+\.\d+)-/.exec(name)?.slice(1) ?? []);
  const kind = `conda ${isBase ? 'base' : basename(root)}`;
  return versions[0] ? { path, kind, version: versions[0] } : { path, kind };
}

/** pyenv's versions, newest first. */
export async function pyenvPlaces({ transport, home, env }: Surroundings): Promise<readonly Candidate[]> {
  // Set to nothing is not set.
  const root = join(env['PYENV_ROOT'] || join(home, '.pyenv'), 'versions');
  const versions = (await foldersIn(root, transport.files)).filter((path) => /^3\.([89]|\d\d)/.test(basename(path)));
  return newestFirst(versions).map((path) => ({ path: join(path, 'bin', 'python3'), kind: 'pyenv' }));
}

/** uv's own Pythons, newest first. */
export async function uvPlaces({ transport, home, env }: Surroundings): Promise<readonly Candidate[]> {
  const root = env['UV_PYTHON_INSTALL_DIR'] || join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'uv', 'python');
  const versions = (await foldersIn(root, transport.files)).filter((path) => /^(cpython|pypy)-3\./.test(basename(path)));
  return newestFirst(versions).map((path) => ({ path: join(path, 'bin', 'python3'), kind: 'uv' }));
}

/** What a shell would find. pyenv's and other tools' shims choose by the folder, so they are left out. */
export async function pathPlaces({ transport, env }: Surroundings): Promise<readonly Candidate[]> {
  const folders = [...new Set((env['PATH'] ?? '').split(delimiter))].filter(
    (f) => f.startsWith('/') && !f.includes('/.pyenv/') && basename(f) !== 'shims',
  );
  const paths = folders.flatMap((folder) => ON_PATH.map((name) => join(folder, name)));
  const facts = await Promise.all(paths.map((path) => transport.files.facts(path)));
  const there = paths.filter((_, i) => facts[i]?.kind === 'file' && facts[i]?.executable);
  return there.map((path) => ({ path, kind: path.startsWith('/usr/bin/') ? 'system' : 'PATH' }));
}

/** What the `py` launcher knows on Windows. Not run there. @see PEP 514 and `py --help` */
export async function launcherPlaces({ transport, env }: Surroundings): Promise<readonly Candidate[]> {
  const windows = env['SystemRoot'];
  if (!windows) return [];
  const file = join(windows, 'py.exe');
  if (!(await transport.files.facts(file))?.executable) return [];
  try {
    const { stdout } = await transport.exec({ file, args: ['-0p'], cwd: windows, env }, LAUNCHER_WITHIN_MS);
    return [...stdout.matchAll(/^\s*-\S+\s+(?:\*\s+)?(\S.*\.exe)\s*$/gim)].map(([, path = '']) => ({ path, kind: 'py' }));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [];
  }
}

async function foldersIn(root: string, files: Files): Promise<readonly string[]> {
  const facts = await files.facts(root);
  if (facts?.kind !== 'folder' || !facts.readable) return [];
  return (await files.list(root)).filter((e) => e.kind === 'folder').map((e) => join(root, e.name));
}

async function readLines(path: string, files: Files): Promise<readonly string[]> {
  if (!(await files.facts(path))?.readable) return [];
  const text = (await files.read(path, 100_000)).toString('utf8');
  return text.split('\n').map((line) => line.trim());
}

const newestFirst = (paths: readonly string[]): readonly string[] =>
  [...paths].sort((a, b) => basename(b).localeCompare(basename(a), 'en', { numeric: true }));
