import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import type { Files } from '../../transports/transport';
import type { Candidate, Surroundings } from './interpreters';

/** Folders above the opened one that are looked into. */
const MOST_PARENTS = 8;
const USUAL_NAMES = ['.venv', 'venv', 'env', '.env'];
/** Of a `pyvenv.cfg`, in bytes. */
const LOOK_AT = 10_000;

/** Is `path` in `folder`, or the folder itself? */
function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return folder !== '' && !way.startsWith('..') && !isAbsolute(way);
}

/** Is a program part of the opened folder? Not where that folder has the person's home in it: then all they have would be. */
export const isOfFolder = (path: string, folder: string, home: string): boolean => isWithin(path, folder) && !isWithin(home, folder);

/** Virtual environments in the folder and above it, nearest first. Files are read; nothing is run. */
export async function folderVenvs(folder: string, around: Surroundings): Promise<readonly Candidate[]> {
  const parents = ancestors(folder).slice(0, MOST_PARENTS);
  const here = [...new Set([...USUAL_NAMES, ...(await environmentNames(folder, around.transport.files))])];
  const roots = [...here.map((name) => join(folder, name)), ...parents.flatMap((p) => USUAL_NAMES.map((name) => join(p, name)))];
  const found = await Promise.all(roots.map((root) => venvAt(root, folder, around)));
  return found.flatMap((candidate) => candidate ?? []);
}

/** A virtual environment by its folder; undefined when it is none. */
export async function venvAt(root: string, folder: string, { transport, home }: Surroundings): Promise<Candidate | undefined> {
  const { files } = transport;
  const settings = join(root, 'pyvenv.cfg');
  if (!(await files.facts(settings))?.readable) return undefined;
  const text = (await files.read(settings, LOOK_AT)).toString('utf8');
  const setting = (name: string) => new RegExp(`^${name}\\s*=\\s*(.*?)\\s*$`, 'm').exec(text)?.[1] ?? '';
  const version = /^\d+\.\d+\.\d+/.exec(setting('version') || setting('version_info'))?.[0] ?? '';
  const path = await pythonOf(root, files);
  const kind = `venv ${basename(root)}`;
  const base = await baseOf(setting('home'), files);
  const gone = !(await files.facts(path))?.executable || !base;
  const trouble = gone ? `Its base Python is gone. Make it anew: python3 -m venv --clear ${root}` : undefined;
  const own = version.split('.').slice(0, 2).join('.');
  const environment = {
    root,
    base: base && !isOfFolder(base, folder, home) ? base : '',
    packages: [join(root, 'lib', `python${own}`, 'site-packages'), join(root, 'Lib', 'site-packages')],
    system: setting('include-system-site-packages') === 'true',
  };
  return { path, kind, version, environment, ...(trouble ? { trouble } : {}) };
}

/** The folders above one, the nearest first. */
function ancestors(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [parent, ...ancestors(parent)];
}

async function environmentNames(folder: string, files: Files): Promise<readonly string[]> {
  const facts = await files.facts(folder);
  if (facts?.kind !== 'folder' || !facts.readable) return [];
  return (await files.list(folder)).filter((e) => e.kind === 'folder' && /env/i.test(e.name)).map((e) => e.name);
}

/** The layout on Windows is another. Not run there. */
async function pythonOf(root: string, files: Files): Promise<string> {
  const windows = join(root, 'Scripts', 'python.exe');
  return (await files.facts(windows)) ? windows : join(root, 'bin', 'python');
}

/** The Python that an environment was made with; empty when it is not there any more. */
async function baseOf(home: string, files: Files): Promise<string> {
  if (!home) return '';
  const names = ['python3', 'python', 'python.exe'].map((name) => join(home, name));
  const facts = await Promise.all(names.map((name) => files.facts(name)));
  const at = facts.findIndex((f) => f?.executable);
  return facts[at]?.real ?? '';
}
