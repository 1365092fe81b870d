import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, resolve } from 'node:path';
import { errorCode, folderNotFound, folderUnusable, programNotExecutable, programNotFound } from '../../failures';
import type { Command } from '../transport';

const MISSING = new Set(['ENOENT', 'ENOTDIR']);

/**
 * The command with its file as an absolute path, looked up as `execvp` would.
 * Looked up beforehand because a pty child can tell only by 46 bytes of text and exit code 1.
 *
 * @throws Failure `program-unusable` or `folder-unusable`
 */
export async function findProgram(command: Command): Promise<Command> {
  await checkFolder(command.cwd);
  let found = programNotFound(command.file);
  for (const path of candidates(command)) {
    const trouble = await whyNotRun(path);
    if (!trouble) return { ...command, file: path };
    if (!MISSING.has(errorCode(trouble))) found = programNotExecutable(path, trouble);
  }
  throw found;
}

function candidates({ file, cwd, env }: Command): readonly string[] {
  const endings = process.platform === 'win32' ? ['', ...(env['PATHEXT'] ?? '.COM;.EXE').split(';')] : [''];
  const isPath = isAbsolute(file) || file.includes('/') || (process.platform === 'win32' && file.includes('\\'));
  const folders = isPath ? [cwd] : (env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => endings.map((ending) => resolve(cwd, folder, file + ending)));
}

/** Undefined when it may be run. */
async function whyNotRun(path: string): Promise<Error | undefined> {
  try {
    if ((await stat(path)).isDirectory()) return new Error('it is a folder');
    await access(path, constants.X_OK);
    return undefined;
  } catch (error) {
    if (error instanceof Error && errorCode(error)) return error;
    throw error;
  }
}

async function checkFolder(path: string): Promise<void> {
  try {
    if (!(await stat(path)).isDirectory()) throw folderUnusable(path, 'it is a file');
    await access(path, constants.X_OK);
  } catch (error) {
    if (MISSING.has(errorCode(error))) throw folderNotFound(path, error);
    if (errorCode(error) === 'EACCES') throw folderUnusable(path, 'permission denied', error);
    throw error;
  }
}
