import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * An environment in which a Python lacks parts of its standard library: a folder of links to all others.
 *
 * @param without names of entries as `json` or `_socket`, in the library's folder or in its folder of compiled modules
 */
export function environmentWithout(python: string, without: readonly string[]): Readonly<Record<string, string>> {
  const asked = 'import os, sysconfig; print(os.path.dirname(os.__file__)); print(sysconfig.get_config_var("DESTSHARED"))';
  const [library = '', compiled = ''] = execFileSync(python, ['-c', asked], { encoding: 'utf8' }).trim().split('\n');
  const home = mkdtempSync(join(tmpdir(), 'casebook-crippled-'));
  const copy = join(home, 'lib', library.split('/').at(-1) ?? '');
  const copyCompiled = join(copy, 'lib-dynload');
  mkdirSync(copyCompiled, { recursive: true });
  const lacks = (name: string) => without.includes(name.split('.')[0] ?? '') || name === 'lib-dynload' || name === 'site-packages';
  for (const [from, to] of [
    [library, copy],
    [compiled, copyCompiled],
  ] as const) {
    for (const name of readdirSync(from).filter((entry) => !lacks(entry))) symlinkSync(join(from, name), join(to, name));
  }
  return { PYTHONHOME: home };
}
