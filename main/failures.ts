import type { FailureCode } from '../preload/protocol/failure';

/** A failure that a person can act on. The code is for programs, the message says what to do next. */
export class Failure extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'Failure';
  }
}

/** The system's own word for an error, such as `ENOENT`; empty when it has none. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const WHY_NOT_WRITTEN: Readonly<Record<string, string>> = {
  EISDIR: 'it is a folder',
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EEXIST: 'a file is in the way',
  EROFS: 'its disk is read-only',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'the path is too long',
};

export const programNotFound = (path: string, cause?: unknown) =>
  new Failure('program-unusable', `There is no file ${path}. Check the path, or choose it with Browse.`, { cause });
export const programNotExecutable = (path: string, cause?: unknown) =>
  new Failure('program-unusable', `${path} may not be run. Make it executable with chmod +x, or choose another.`, { cause });
export const folderNotFound = (path: string, cause?: unknown) =>
  new Failure('folder-unusable', `There is no folder ${path}. Check the path, or choose it with Browse.`, { cause });
export const timedOut = (what: string, milliseconds: number) =>
  new Failure(
    'timed-out',
    `${what} did not answer within ${Math.round(milliseconds / 1000)} s. Wait and try again, or restart the session.`,
  );
export const rejected = (message: string) => new Failure('rejected', message);
export const sessionEnded = () => new Failure('ended', 'The session has ended. Restart it to go on.');
export const notStopped = () => new Failure('not-stopped', 'The program is running. Pause it first (F6).');
export const inPlainPdb = () =>
  rejected('This is plain pdb: Casebook does not see its state. Type in the console instead (where, p NAME, break FILE:LINE).');
export const stillStarting = () => rejected('The program is still starting. Try again in a moment.');
export const stale = () => new Failure('stale', 'The program has moved on since this was asked. The views show the newer stop.');
export const unknownSession = (id: string) => new Failure('unknown-session', `There is no session ${id} any more. Start a new one.`);
export const unknownTerminal = (id: string) => new Failure('unknown-terminal', `There is no terminal ${id} any more. Start a new session.`);
export const halfTyped = () =>
  new Failure('half-typed', 'A line is half typed in the console. Finish it with Enter or clear it with Ctrl+U, then try again.');
export const notAvailable = (message: string) => new Failure('not-available', message);
export const notReadable = (path: string, why: string, cause?: unknown) =>
  new Failure('not-readable', `${path} cannot be read: ${why}.`, { cause });
export const notWritable = (path: string, cause: unknown) =>
  new Failure('rejected', `${path} cannot be written: ${WHY_NOT_WRITTEN[errorCode(cause)] ?? errorCode(cause)}. Give another path.`, {
    cause,
  });
export const folderUnusable = (path: string, why: string, cause?: unknown) =>
  new Failure('folder-unusable', `${path} cannot be the working folder: ${why}. Choose another folder.`, { cause });
export const inputNotRead = (bytes: number) =>
  new Failure('rejected', `The program has left ${bytes >> 20} MB of input unread. Wait until it reads, or interrupt it, then try again.`);
export const tooMuchOutput = (program: string, bytes: number) =>
  new Failure(
    'rejected',
    `${program} was stopped: it printed more than ${Math.round(bytes / 1e6)} MB where a short answer was expected. Choose another program.`,
  );
export const journalNotSaved = (trouble: string) => new Failure('disk-full', `${trouble} Then close the session again.`);
export const sessionsNotKept = (folder: string, cause: unknown) =>
  new Failure(
    'disk-full',
    `Sessions cannot be kept in ${folder}: ${WHY_NOT_WRITTEN[errorCode(cause)] ?? errorCode(cause)}. Make room or give permission there, or start Casebook with CASEBOOK_HOME set to another folder.`,
    { cause },
  );
export const spoolNotSaved = (path: string, bytes: number, cause?: unknown) =>
  new Failure(
    'disk-full',
    `The last ${bytes.toLocaleString('en')} bytes of output could not be saved in ${path}. Free some space there, then close the session again.`,
    { cause },
  );
