import { join } from 'node:path';
import type { LaunchConfig } from '../preload/protocol/launch';

/** `~` and `~/x` as a person types them, as whole paths. No other user's home: that would need the system's list of users. */
const whole = (path: string, home: string): string => (path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path);

/** A launch with its paths as the system knows them. Only a script is named by a path. */
export const withHome = <C extends Pick<LaunchConfig, 'kind' | 'program' | 'folder' | 'interpreter'>>(config: C, home: string): C => ({
  ...config,
  program: config.kind === 'script' ? whole(config.program, home) : config.program,
  folder: whole(config.folder, home),
  interpreter: whole(config.interpreter, home),
});
