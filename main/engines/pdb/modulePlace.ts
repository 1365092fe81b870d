import { join } from 'node:path';
import type { Files } from '../../transports/transport';

/** Where a module of the folder is, by its dotted name, as the import system would look there. */
export type ModulePlace =
  | { readonly what: 'module' | 'package'; readonly file: string }
  /** A package that `python -m` cannot run: it has no `__main__.py`. `folder` is where it is. */
  | { readonly what: 'no-main'; readonly folder: string }
  /** `part` is the first of the name's parts that is not there; `folder` is where it was looked for. */
  | { readonly what: 'missing'; readonly part: string; readonly folder: string; readonly first: boolean };

/** Looks a module up in the folder by its files. Nothing is imported. */
export async function placeModule(name: string, folder: string, files: Files): Promise<ModulePlace> {
  const parts = name.split('.');
  let at = folder;
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    const inside = join(at, part);
    const file = `${inside}.py`;
    const [package_, module] = await Promise.all([files.facts(inside), files.facts(file)]);
    const isPackage = package_?.kind === 'folder' && (await isImported(inside, module?.kind === 'file', files));
    if (isPackage && last) {
      const main = join(inside, '__main__.py');
      return (await files.facts(main))?.kind === 'file' ? { what: 'package', file: main } : { what: 'no-main', folder: inside };
    }
    if (!isPackage && last && module?.kind === 'file') return { what: 'module', file };
    if (!isPackage) return { what: 'missing', part, folder: at, first: i === 0 };
    at = inside;
  }
  return { what: 'missing', part: name, folder, first: true };
}

/** A folder without `__init__.py` is a package too, but a module of the same name is found before it. */
async function isImported(folder: string, besideModule: boolean, files: Files): Promise<boolean> {
  return !besideModule || (await files.facts(join(folder, '__init__.py')))?.kind === 'file';
}

/** Names of modules and packages right in a folder, for proposing them. */
export async function moduleNames(folder: string, files: Files): Promise<readonly string[]> {
  const facts = await files.facts(folder);
  if (facts?.kind !== 'folder' || !facts.readable) return [];
  const entries = await files.list(folder);
  const names = entries.flatMap(({ name, kind }) => {
    if (kind === 'file') return /^([\p{L}_][\p{L}\p{N}_]*)\.py$/u.exec(name)?.slice(1) ?? [];
    return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && kind === 'folder' ? [name] : [];
  });
  return names.filter((name) => !name.startsWith('__'));
}
