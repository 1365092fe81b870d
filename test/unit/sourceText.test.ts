import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readSource } from '../../main/sourceText';
import { localFiles } from '../../main/transports/local/localFiles';
import { within } from '../helpers/within';

const MB = 1024 * 1024;

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'casebook-source-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}
function file(content: string | Uint8Array): string {
  const path = join(folder(), 'orders.py');
  writeFileSync(path, content);
  return path;
}
const source = (content: string | Uint8Array) => readSource(file(content), localFiles);

describe('a source is shown', () => {
  test.each([
    { how: 'as it is', content: 'total = 0\n', text: 'total = 0\n' },
    { how: 'when it is empty', content: '', text: '' },
    { how: 'with its control characters', content: 'x = "\x1b[31m\u202e"\n', text: 'x = "\x1b[31m\u202e"\n' },
    { how: 'without its byte-order mark', content: '\ufeffx = 1\n', text: 'x = 1\n' },
  ])('$how', async ({ content, text }) => {
    expect(await source(content)).toMatchObject({ text, note: '' });
  });

  test.each([
    ['where it is not UTF-8', Uint8Array.from([0x67, 0x72, 0xfc]), 'grü'],
    ['where its last character is half', Uint8Array.from([0x61, 0xc3]), 'aÃ'],
  ])('in Latin-1 %s, and says so', async (_, content, text) => {
    expect(await source(content)).toMatchObject({ text, note: 'This file is not UTF-8; it is shown as Latin-1.' });
  });

  test('up to 8 MB, and says so, even where that cuts a character in two', async () => {
    const cut = await source(`${'x'.repeat(8 * MB - 1)}ü${'x'.repeat(MB)}`);
    expect([cut.text.length, cut.note]).toEqual([8 * MB - 1, 'Only the first 8 MB of 9 MB are shown. ']);
  });

  test('with a stamp that changes when the file does', async () => {
    const path = file('a');
    const stamp = async () => (await readSource(path, localFiles)).stamp;
    const before = await stamp();
    expect(await stamp()).toBe(before);
    utimesSync(path, 1, 1);
    const touched = await stamp();
    truncateSync(path, 0);
    utimesSync(path, 1, 1);
    expect(new Set([before, touched, await stamp()]).size).toBe(3);
  });
});

describe('what is no source is refused with a sentence', () => {
  test.each([
    ['nothing', () => join(folder(), 'gone.py'), 'there is no such file. It may have been moved since the program started'],
    ['a folder', folder, 'it is a folder'],
    ['a device', () => '/dev/zero', 'it is not a file'],
    ['a binary', () => file(Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 0, 1])), 'it is a binary, not text'],
    ['a path with a NUL', () => '/tmp/a\0b', 'there is no such file. It may have been moved since the program started'],
  ])('%s', async (_, make, why) => {
    const path = make();
    await expect(readSource(path, localFiles)).rejects.toMatchObject({ code: 'not-readable', message: `${path} cannot be read: ${why}.` });
  });

  test('a pipe, without waiting for who writes into it', async () => {
    const pipe = join(folder(), 'pipe.py');
    execFileSync('mkfifo', [pipe]);
    await expect(within(2_000, 'answer about a pipe', readSource(pipe, localFiles))).rejects.toMatchObject({ code: 'not-readable' });
  });
});
