import { access, constants, open, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderEntry } from '../../../preload/protocol/launch';
import { errorCode, folderNotFound, notReadable } from '../../failures';
import type { FileFacts, Files } from '../transport';

/** The system's words for why a path cannot be used, as people say them. */
const WHY: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ENOENT: 'there is no such file',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the path is too long',
};
const why = (error: unknown) => WHY[errorCode(error)] ?? errorCode(error);

const may = async (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

/** Files of this machine. */
export const localFiles: Files = {
  async facts(path): Promise<FileFacts | undefined> {
    try {
      const found = await stat(path);
      const kind = found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'other';
      const [readable, executable, real] = await Promise.all([may(path, constants.R_OK), may(path, constants.X_OK), realpath(path)]);
      return { real, kind, size: kind === 'folder' ? 0 : found.size, mtime: found.mtimeMs, readable, executable };
    } catch (error) {
      if (!errorCode(error)) throw error;
      return undefined;
    }
  },

  async list(folder): Promise<readonly FolderEntry[]> {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      const facts = await Promise.all(entries.map(async ({ name }) => ({ name, ...(await localFiles.facts(join(folder, name))) })));
      const listed = facts.map(({ name, kind = 'other', size = 0 }): FolderEntry => ({ name, kind, size }));
      return listed.sort((a, b) => a.name.localeCompare(b.name));
    } catch (error) {
      if (errorCode(error) === 'ENOENT') throw folderNotFound(folder, error);
      if (!errorCode(error)) throw error;
      throw notReadable(folder, why(error), error);
    }
  },

  async read(path, maxBytes): Promise<Buffer> {
    try {
      const file = await open(path, 'r');
      try {
        const { size } = await file.stat();
        const buffer = Buffer.alloc(Math.min(maxBytes, size || maxBytes));
        let filled = 0;
        // What the kernel makes up, as in /proc, comes a page at a time.
        for (let got = -1; got !== 0 && filled < buffer.length; filled += got) {
          got = (await file.read(buffer, filled, buffer.length - filled, filled)).bytesRead;
        }
        return buffer.subarray(0, filled);
      } finally {
        await file.close();
      }
    } catch (error) {
      if (!errorCode(error)) throw error;
      throw notReadable(path, why(error), error);
    }
  },
};
