import type { SourceText } from '../preload/protocol/bridge';
import { Failure, notReadable } from './failures';
import type { Session } from './sessions/session';
import type { Files } from './transports/transport';

/** The largest source that is shown whole, in bytes; generated files larger than this exist, and nobody reads them. */
const LARGEST = 8 * 1024 * 1024;

/** A source file for the Source view, with a sentence where not all of it is as it stands on disk. @throws Failure `not-readable` */
export async function readSource(path: string, files: Files): Promise<SourceText> {
  const facts = await files.facts(path);
  if (!facts) throw notReadable(path, 'there is no such file. It may have been moved since the program started');
  if (facts.kind !== 'file') throw notReadable(path, facts.kind === 'folder' ? 'it is a folder' : 'it is not a file');
  const bytes = await files.read(path, LARGEST);
  if (bytes.includes(0)) throw notReadable(path, 'it is a binary, not text');
  const utf8 = decode(bytes, facts.size > LARGEST);
  const large =
    facts.size > LARGEST ? `Only the first ${LARGEST / 1024 / 1024} MB of ${Math.round(facts.size / 1024 / 1024)} MB are shown. ` : '';
  return {
    path,
    text: utf8 ?? bytes.toString('latin1'),
    stamp: `${facts.mtime}-${facts.size}`,
    note: large + (utf8 === undefined ? 'This file is not UTF-8; it is shown as Latin-1.' : ''),
  };
}

/**
 * A text that no file has, from the program that runs it. @param failure why there is no file
 *
 * @throws Failure `not-readable` with the program's words where it has none either; else the one that was given
 */
export async function readFromProgram(path: string, session: Session | undefined, failure: unknown): Promise<SourceText> {
  if (!(failure instanceof Failure) || session?.state.phase.phase !== 'stopped') throw failure;
  const { text, why } = await session.query(session.state.phase.stopId, 'source', { path });
  if (why) throw new Failure('not-readable', why, { cause: failure });
  return { path, text, stamp: `program-${text.length}`, note: '' };
}

/** @param cut the last character may be there in part only, and is left out then */
function decode(bytes: Buffer, cut: boolean): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
