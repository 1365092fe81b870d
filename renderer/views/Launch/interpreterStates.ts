import type { Interpreter, LaunchKind, MissingModules } from '../../../preload/protocol/launch';

/** An interpreter as the form lists it: with one state, what can be told of it in a few words. */
export interface ListedPython extends Interpreter {
  readonly state: 'ready' | 'lacks' | 'unusable';
  /** `Ready`, `No numpy`, `Too old`. */
  readonly word: string;
  /** The whole sentence, for a tooltip; empty when the word says it all. */
  readonly why: string;
}

const ORDER = ['ready', 'lacks', 'unusable'] as const;
/** Names that fit in the row. */
const NAMED = 2;
/** Attaching came with it. @see PEP 768 */
const ATTACHES_FROM = 14;

/** The interpreters with their states, ready ones first, else in main's order: the nearest to the folder first. */
export function listPythons(found: readonly Interpreter[], missing: readonly MissingModules[], kind: LaunchKind): readonly ListedPython[] {
  const listed = found.map((python) => ({
    ...python,
    ...stateOf(python, missing.find((m) => m.path === python.path)?.missing ?? [], kind),
  }));
  return ORDER.flatMap((state) => listed.filter((python) => python.state === state));
}

type State = Pick<ListedPython, 'state' | 'word' | 'why'>;

function stateOf({ trouble, version, lacks }: Interpreter, missing: readonly string[], kind: LaunchKind): State {
  if (trouble) return { state: 'unusable', word: wordFor(trouble), why: trouble };
  if (kind === 'process' && version && Number(version.split('.')[1]) < ATTACHES_FROM) {
    return { state: 'unusable', word: 'Needs 3.14', why: `Python ${version} cannot attach to a process: pdb does it from 3.14 on.` };
  }
  if (missing.length)
    return { state: 'lacks', word: lacking(missing), why: `The program imports ${missing.join(', ')} and this Python does not have it.` };
  const needed = lacks.filter((name) => name !== 'readline');
  if (needed.length) {
    const why = `It has no ${needed.join(', ')}, so the bridge cannot be loaded: a session is plain pdb in a terminal.`;
    return { state: 'lacks', word: 'Plain pdb only', why };
  }
  if (lacks.length) return { state: 'lacks', word: 'No readline', why: 'The console has no history and completes no names.' };
  return { state: 'ready', word: 'Ready', why: '' };
}

function wordFor(trouble: string): string {
  if (trouble.startsWith('Its base Python is gone')) return 'Its base Python is gone';
  return trouble.includes('too old') ? 'Too old' : 'Cannot be used';
}

function lacking(missing: readonly string[]): string {
  const more = missing.length - NAMED;
  return `No ${missing.slice(0, NAMED).join(', no ')}${more > 0 ? ` and ${more} more` : ''}`;
}

interface Standing {
  readonly folder: string;
  /** The one used last in the folder. */
  readonly remembered: string | undefined;
  readonly kept: string;
}

/** The folder that has an environment in it, with a slash at its end: that of `/shop/.venv/bin/python` is `/shop/`. */
const placeOf = (path: string): string => path.replace(/[^/]+\/[^/]+\/[^/]+$/, '');

/**
 * The interpreter to propose for a folder: the one used there last, else the folder's own, else the one that is there,
 * else the first that can be used; empty when there is none.
 *
 * @param found the best first
 * @param kept what stands in the form and was not itself a proposal; empty otherwise
 */
export function proposePython(found: readonly Interpreter[], { folder, remembered, kept }: Standing): string {
  const usable = found.filter((python) => !python.trouble);
  if (remembered !== undefined && usable.some((python) => python.path === remembered)) return remembered;
  const own = usable.find((python) => python.kind.startsWith('venv ') && `${folder}/`.startsWith(placeOf(python.path)));
  return own?.path ?? (kept || (usable[0]?.path ?? ''));
}
