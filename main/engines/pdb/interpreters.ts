import type { Interpreter, LaunchConfig, MissingModules } from '../../../preload/protocol/launch';
import { Failure } from '../../failures';
import type { Transport } from '../../transports/transport';
import { condaPlaces, launcherPlaces, namedPlaces, pathPlaces, pyenvPlaces, uvPlaces } from './installedPythons';
import { missingModules } from './missingModules';
import type { Target } from './missingModules';
import { folderVenvs, isOfFolder } from './venvs';

/** A Python that has not said its version by then hangs. */
const VERSION_WITHIN_MS = 5000;
/** `-I -S`: nothing of the person's folders or site-packages is read, so asking runs nothing of theirs. */
const ASK = `import sys
print('.'.join(map(str, sys.version_info[:3])))
try:
    from importlib.machinery import PathFinder
    print(*[n for n in sys.argv[1:] if n not in sys.builtin_module_names and PathFinder.find_spec(n) is None])
except ImportError:
    print('importlib')`;
/** Of what the bridge imports, the parts that a Python may be built or packaged without; readline only makes its prompts plain. */
const NEEDED = ['pdb', 'json', '_socket', 'select', 'fcntl', 'mmap', 'array', 'math', 'unicodedata', 'readline'];
const OLDEST = [3, 8] as const;

/** A place where an interpreter may be. */
export interface Candidate {
  readonly path: string;
  readonly kind: string;
  /** From a file: a program from an opened folder is never run to ask. Undefined: it has to be asked. */
  readonly version?: string;
  /** Why it cannot be used, when that is known without asking. */
  readonly trouble?: string;
  /** For a virtual environment or conda's: another interpreter, though its file may be a link to one that is listed. */
  readonly environment?: Environment;
}

/** Where an environment's packages are, and which Python may be asked about them. */
export interface Environment {
  /** The environment's folder. */
  readonly root: string;
  /** Empty when there is none outside of the opened folder. */
  readonly base: string;
  readonly packages: readonly string[];
  /** The base's own packages are seen as well. */
  readonly system: boolean;
}

/** An interpreter as it was found, with what is needed to ask about its packages. */
export interface Found extends Interpreter {
  readonly environment: Environment | undefined;
}

/** Where a person's Pythons are looked for. */
export interface Surroundings {
  readonly transport: Transport;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The Pythons of one place where programs run. Nothing of the opened folder runs; what lies outside of it is asked for
 * its version once, and again when its file has changed.
 */
export class Interpreters {
  private readonly asked = new Map<string, Promise<Interpreter>>();
  /** What was found last: a plan is made at every key, and its folder is looked through once. */
  private latest: { readonly folder: string; readonly found: Promise<readonly Found[]> } | undefined;

  constructor(readonly around: Surroundings) {}

  /** Usable ones first, then by nearness: the folder's and its parents' venvs, the active one, named ones, conda, pyenv, uv, PATH. */
  find(folder: string): Promise<readonly Found[]> {
    const found = this.look(folder);
    this.latest = { folder, found };
    return found;
  }

  private async look(folder: string): Promise<readonly Found[]> {
    const { around } = this;
    const places = await Promise.all([
      folder ? folderVenvs(folder, around) : [],
      namedPlaces(folder, around),
      condaPlaces(around),
      pyenvPlaces(around),
      uvPlaces(around),
      pathPlaces(around),
      launcherPlaces(around),
    ]);
    const unique = await this.unique(places.flat());
    const found = await Promise.all(unique.map((candidate) => this.describe(candidate, folder)));
    return [...found.filter((i) => !i.trouble), ...found.filter((i) => i.trouble)];
  }

  /** One interpreter that a person named. It is started to ask: not before Launch. */
  async named(path: string): Promise<Interpreter> {
    return this.ask({ path, kind: 'named' });
  }

  /** The one that is listed under this path; undefined for one that a person named. */
  async listed({ interpreter, folder }: Pick<LaunchConfig, 'interpreter' | 'folder'>): Promise<Found | undefined> {
    return (await this.known(folder)).find((i) => i.path === interpreter);
  }

  /** What the listed interpreters lack of what a program imports; those that have all of it, or may not be asked, are left out. */
  async missing(target: Target): Promise<readonly MissingModules[]> {
    return missingModules(target, await this.known(target.folder), this.around);
  }

  /** What the chosen one lacks. */
  async lacks(config: Target & Pick<LaunchConfig, 'interpreter'>): Promise<readonly string[]> {
    const chosen = await this.listed(config);
    const [lacking] = chosen ? await missingModules(config, [chosen], this.around) : [];
    return lacking?.missing ?? [];
  }

  private known(folder: string): Promise<readonly Found[]> {
    return this.latest?.folder === folder ? this.latest.found : this.find(folder);
  }

  /** Two names of one file are one interpreter, and so are two ways to one environment. */
  private async unique(candidates: readonly Candidate[]): Promise<readonly Candidate[]> {
    const facts = await Promise.all(candidates.map(async (c) => (c.environment ? undefined : this.around.transport.files.facts(c.path))));
    const identities = candidates.map((c, i) => (c.environment ? c.path : (facts[i]?.real ?? c.path)));
    return candidates.filter((_, i) => identities.indexOf(identities[i] ?? '') === i);
  }

  private async describe({ path, kind, version, trouble, environment }: Candidate, folder: string): Promise<Found> {
    if (trouble !== undefined || version !== undefined) {
      return { path, kind, version: version ?? '', trouble: trouble || tooOld(version ?? ''), lacks: [], environment };
    }
    const facts = await this.around.transport.files.facts(path);
    if (isOfFolder(facts?.real ?? path, folder, this.around.home)) return { path, kind, version: '', trouble: '', lacks: [], environment };
    const key = `${path}\n${facts?.real}\n${facts?.mtime}`;
    const answer = this.asked.get(key) ?? this.ask({ path, kind });
    this.asked.set(key, answer);
    return { ...(await answer), environment };
  }

  private async ask({ path, kind }: Candidate): Promise<Interpreter> {
    const { transport, env } = this.around;
    try {
      const args = ['-I', '-S', '-c', ASK, ...NEEDED];
      const { stdout, exit } = await transport.exec({ file: path, args, cwd: '/', env }, VERSION_WITHIN_MS);
      const [first = '', second = ''] = stdout.split(/\r?\n/);
      const said = /^\d+\.\d+\.\d+$/.exec(first)?.[0] ?? '';
      const trouble = exit.exitCode !== 0 || !said ? 'It does not answer as a Python does. Choose another.' : tooOld(said);
      return { path, kind, version: said, trouble, lacks: second.split(' ').filter(Boolean) };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { path, kind, version: '', trouble: error.message, lacks: [] };
    }
  }
}

function tooOld(version: string): string {
  if (!version) return '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const fine = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return fine ? '' : `Python ${version} is too old: the bridge needs ${OLDEST.join('.')} or later.`;
}
