import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A Python of this machine. */
export interface Python {
  /** `3.12`. */
  readonly version: string;
  readonly path: string;
}

const OLDEST = 8;
const NEWEST = 14;

/** One of each version that the bridge supports, pyenv's before the system's, oldest first. */
export function pythonsFound(): readonly (Python & { readonly minor: number })[] {
  const folder = join(homedir(), '.pyenv', 'versions');
  const installed = existsSync(folder) ? readdirSync(folder) : [];
  const minors = Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => OLDEST + index);
  return minors.flatMap((minor) => {
    const version = `3.${minor}`;
    const own = installed.filter((name) => name.startsWith(`${version}.`)).map((name) => join(folder, name, 'bin', 'python3'));
    const path = [...own, `/usr/bin/python${version}`].find((file) => existsSync(file));
    return path === undefined ? [] : [{ minor, version, path }];
  });
}
