import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where a host keeps what outlives a run. */
export interface Folders {
  readonly configFolder: string;
  readonly dataFolder: string;
}

/**
 * The person's folders for Casebook: `CASEBOOK_HOME` if set, else the system's usual places.
 * @see XDG Base Directory Specification; Apple "File System Programming Guide"; Windows known folders
 */
export function foldersOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Folders {
  const own = env['CASEBOOK_HOME'];
  if (own) return { configFolder: join(own, 'config'), dataFolder: join(own, 'data') };
  const home = homedir();
  if (platform === 'darwin') {
    const support = join(home, 'Library', 'Application Support', 'Casebook');
    return { configFolder: support, dataFolder: support };
  }
  if (platform === 'win32') {
    const local = env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local');
    return { configFolder: join(local, 'Casebook'), dataFolder: join(local, 'Casebook') };
  }
  return {
    configFolder: join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'casebook'),
    dataFolder: join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'casebook'),
  };
}

/** The environment as a plain table, without what only Casebook's own start needs. */
export function environmentOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const ours = /^(?:CASEBOOK_|ELECTRON_|npm_)/;
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined || ours.test(name) ? [] : [[name, value]])),
  );
}
