import { existsSync } from 'node:fs';
import type { Command } from '../transport';

const BASHES = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash', '/run/current-system/sw/bin/bash'];

/** Closes all but the standard files, sets the environment given before the empty argument, and becomes the program. */
const CLOSE_AND_BECOME = [
  'shopt -s nullglob',
  'for fd in /proc/self/fd/*; do fd=${fd##*/}; ((fd > 2)) && exec {fd}>&-; done',
  'while [[ $1 ]]; do export "$1"; shift; done 2>/dev/null',
  'shift; exec -- "$@"',
].join('; ');

/** What bash can take in as a variable; SHLVL it counts up at its start and down again at `exec`. */
const isVariable = (name: string) => /^[A-Za-z_]\w*$/.test(name) && name !== 'SHLVL';

/**
 * The same command, started so that it inherits none of our files.
 *
 * On Linux node-pty 1.1.0 leaves every pty master inheritable: a program could read and type into another pane, and
 * a pane's program would not be hung up while another lives (node-pty #657; cured by #867, not yet released).
 * Nothing in Node sets the flag, so bash closes the files and then becomes the program: same process, 0.9 ms.
 * It starts without the command's environment, for a LD_PRELOAD or an unknown locale would act on it too; arguments
 * are never read as shell text. Adds PWD and SHLVL where they are missing; names that bash keeps to itself, such as
 * SHELLOPTS and UID, do not arrive. Without a bash the command stays as it is.
 *
 * @param command its file an absolute path
 */
export function withMastersClosed(command: Command): Command {
  const bash = process.platform === 'linux' ? BASHES.find((path) => existsSync(path)) : undefined;
  if (!bash) return command;
  const { file, args, cwd, env } = command;
  const entries = Object.entries(env);
  const variables = entries.filter(([name]) => isVariable(name)).map(([name, value]) => `${name}=${value}`);
  const rest = Object.fromEntries(entries.filter(([name]) => !isVariable(name)));
  return { file: bash, args: ['-p', '-c', CLOSE_AND_BECOME, 'casebook', ...variables, '', file, ...args], cwd, env: rest };
}
