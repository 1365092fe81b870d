import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What outlives a clean checkout: the stand-in Electron, and the memory of downloads that failed. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'casebook');

const NO_INPUT = new Set(['node_modules', '__pycache__', 'results', '.DS_Store']);

/** Every file under the given files and folders, sorted; one that does not exist gives none. */
export function filesUnder(paths) {
  return paths.flatMap((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return [];
    if (!found.isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => !NO_INPUT.has(name));
    return filesUnder(names.sort().map((name) => join(path, name)));
  });
}

/**
 * A digest that changes when a file under `paths` is added, deleted, renamed or written.
 * Looks at names, sizes and times only: a thousand files cost a few milliseconds.
 */
export function digestOfListing(paths) {
  const digest = createHash('sha256');
  for (const file of filesUnder(paths)) {
    const { size, mtimeMs } = statSync(file);
    digest.update(`${file}\0${size}\0${mtimeMs}\n`);
  }
  return digest.digest('hex');
}

/** A digest of one file's bytes, in the form that npm's lockfile uses: `sha512-…`. */
export const integrityOf = (file) => `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;

/** A small file's text, or undefined where there is none. */
export function textOf(file) {
  return statSync(file, { throwIfNoEntry: false }) ? readFileSync(file, 'utf8') : undefined;
}
