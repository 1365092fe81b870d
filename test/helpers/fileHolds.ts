import { readFile, watch } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { within } from './within';

const WAIT_MS = 10_000;

/** Waits until a file that is written anew holds a text: looked at whenever its folder changes. */
export async function fileHolds(path: string, text: RegExp): Promise<void> {
  const ended = new AbortController();
  const changes = watch(dirname(path), { signal: ended.signal });
  const holds = async () => text.test(await readFile(path, 'utf8').catch(() => ''));
  const found = async () => {
    if (await holds()) return;
    for await (const { filename } of changes) if (filename === basename(path) && (await holds())) return;
  };
  try {
    await within(WAIT_MS, `${String(text)} in ${path}`, found());
  } finally {
    ended.abort();
  }
}
