import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with files in it, by their paths; a name that ends in `/` is an empty folder, one of `bin/` can be run. */
export async function folderWith(files: Readonly<Record<string, string>>): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'casebook-folder-'));
  for (const [name, text] of Object.entries(files)) {
    const file = join(path, name);
    await mkdir(name.endsWith('/') ? file : dirname(file), { recursive: true });
    if (name.endsWith('/')) continue;
    await writeFile(file, text);
    if (/(^|\/)bin\//.test(name)) await chmod(file, 0o755);
  }
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
