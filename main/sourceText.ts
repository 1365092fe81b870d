import type { SourceText } from '../preload/protocol/bridge';
import type { QueryAnswer } from '../preload/protocol/queries/queries';
import { Failure, notReadable } from './failures';
import type { Session } from './sessions/session';
import type { Files } from './transports/transport';

/** The largest source that is shown whole, in bytes; generated files larger than this exist, and nobody reads them. */
const LARGEST = 8 * 1024 * 1024;

/**
 * A source for the Source view, with a sentence where not all of it is as it stands on disk.
 *
 * @param session asked for what no file has: a notebook's cell, a module in a zip
 * @throws Failure `not-readable`
 */
export async function readSource(path: string, files: Files, session?: Session): Promise<SourceText> {
  const facts = await files.facts(path);
  if (!facts) {
    const known = await askProgram(path, session);
    if (known && !known.why) return { path, text: known.text, stamp: `program-${known.text.length}`, note: '' };
    if (known && path.startsWith('<')) throw new Failure('not-readable', known.why);
    throw notReadable(path, 'there is no such file. It may have been moved since the program started');
  }
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

/** What the session's program knows of a name that is no file's; undefined while it runs. */
async function askProgram(path: string, session: Session | undefined): Promise<QueryAnswer<'source'> | undefined> {
  if (session?.state.phase.phase !== 'stopped') return undefined;
  return session.query(session.state.phase.stopId, 'source', { path });
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
