import { dirname, join } from 'node:path';
import type { LaunchConfig, MissingModules } from '../../../preload/protocol/launch';
import { splitWords } from '../../../preload/protocol/words';
import { Failure } from '../../failures';
import type { Files } from '../../transports/transport';
import { importedNames } from './importedNames';
import type { Found, Surroundings } from './interpreters';
import { placeModule } from './modulePlace';
import { isOfFolder } from './venvs';

const WITHIN_MS = 5000;
/** Enough of a source for its imports, in bytes. */
const LOOK_AT = 300_000;
/** Test files that are looked into. */
const MOST_FILES = 10;
/** What cannot be more than a script's imports, so that a generated file does not hold the form up. */
const MOST_NAMES = 100;

/**
 * Prints those of the names that this Python would not find, a line each. Started with `-I -S`: files are looked for,
 * nothing is imported, and no `.pth` file, `sitecustomize` or folder of the person's is run.
 *
 * argv: `own` or `not` for the interpreter's own packages, the environment's package folders joined by newlines, the names.
 */
const ASK = `
import os, sys
from importlib.machinery import PathFinder
own, given, names = sys.argv[1], sys.argv[2], sys.argv[3:]
folders = [f for f in given.split('\\n') if f]
if own == 'own':
    import site
    folders += site.getsitepackages()
    folders.append(site.getusersitepackages())
hints = ''
for folder in list(folders):
    try:
        listed = sorted(os.listdir(folder))
    except OSError:
        continue
    for name in listed:
        if not name.endswith('.pth') and not name.startswith('__editable__'):
            continue
        try:
            with open(os.path.join(folder, name), encoding='utf-8', errors='replace') as file:
                text = file.read(100000)
        except OSError:
            continue
        if name.endswith('.pth'):
            lines = [line.strip() for line in text.splitlines()]
            folders += [os.path.join(folder, line) for line in lines if line and not line.startswith(('import ', 'import\\t', '#'))]
        else:
            hints += text
for name in names:
    if name in sys.builtin_module_names or repr(name) in hints:
        continue
    if PathFinder.find_spec(name, sys.path + folders) is None:
        print(name)
`;

/** What a program needs from its interpreter. */
export type Target = Pick<LaunchConfig, 'kind' | 'program' | 'folder'>;

/** What each of the interpreters lacks of what the program imports at its top level; those that have all are left out. */
export async function missingModules(target: Target, found: readonly Found[], around: Surroundings): Promise<readonly MissingModules[]> {
  const names = await neededNames(target, around.transport.files);
  if (!names.length) return [];
  const asked = await Promise.all(found.filter((i) => !i.trouble).map((i) => ask(i, names, { ...around, folder: target.folder })));
  return asked.filter(({ missing }) => missing.length > 0);
}

/** Modules that have to come from the interpreter: named by the launch or imported by its file, and not the folder's own. */
export async function neededNames({ kind, program, folder }: Target, files: Files): Promise<readonly string[]> {
  const sources = await sourcesOf({ kind, program, folder }, files);
  const places = [...new Set([folder, join(folder, 'src'), ...sources.map(dirname)])].filter(Boolean);
  const texts = await Promise.all(sources.map((path) => textOf(path, files)));
  const started = kind === 'pytest' ? ['pytest'] : kind === 'module' ? [program.split('.')[0] ?? ''] : [];
  const all = [...new Set([...started, ...texts.flatMap(importedNames)])].filter((name) => /^[\p{L}\p{N}_]+$/u.test(name));
  const own = await Promise.all(all.slice(0, MOST_NAMES).map((name) => isOwn(name, places, files)));
  return all.filter((_, i) => own[i] === false);
}

async function isOwn(name: string, places: readonly string[], files: Files): Promise<boolean> {
  const paths = places.flatMap((place) => [join(place, `${name}.py`), join(place, name)]);
  return (await Promise.all(paths.map((path) => files.facts(path)))).some((facts) => facts !== undefined);
}

/** The files that a launch begins with. */
async function sourcesOf({ kind, program, folder }: Target, files: Files): Promise<readonly string[]> {
  if (kind === 'script') {
    if (!program.startsWith('/')) return [];
    return (await files.facts(program))?.kind === 'folder' ? [join(program, '__main__.py')] : [program];
  }
  if (kind === 'module') {
    const place = await placeModule(program, folder, files);
    return 'file' in place ? [place.file] : [];
  }
  if (kind !== 'pytest') return [];
  const split = splitWords(program);
  const words = 'words' in split ? split.words : [];
  const named = words.map((word) => join(folder, word.split('::')[0] ?? '')).filter((path) => path.endsWith('.py'));
  return [...new Set(named)].slice(0, MOST_FILES);
}

async function textOf(path: string, files: Files): Promise<string> {
  const facts = await files.facts(path);
  if (facts?.kind !== 'file' || !facts.readable) return '';
  const bytes = await files.read(path, LOOK_AT);
  return bytes.includes(0) ? '' : bytes.toString('utf8');
}

async function ask(
  { environment, path }: Found,
  names: readonly string[],
  around: Surroundings & { folder: string },
): Promise<MissingModules> {
  const file = environment ? environment.base : path;
  const nothing = { path, missing: [] };
  // What lies in the opened folder is not run to ask, so nothing is known of it.
  if (!file || isOfFolder((await around.transport.files.facts(file))?.real ?? file, around.folder, around.home)) return nothing;
  const own = !environment || environment.system ? 'own' : 'not';
  const extra = [...(environment?.packages ?? []), ...(around.env['PYTHONPATH'] ?? '').split(':')].join('\n');
  try {
    const args = ['-I', '-S', '-c', ASK, own, extra, ...names];
    const { stdout, exit } = await around.transport.exec({ file, args, cwd: '/', env: around.env }, WITHIN_MS);
    return exit.exitCode === 0 ? { path, missing: stdout.split(/\r?\n/).filter(Boolean) } : nothing;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return nothing;
  }
}
