import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { KeptFile } from '../../main/keptFile';
import { settings } from '../../preload/protocol/settings';

const KIND = { schema: z.object({ name: z.string(), size: z.number().default(13) }), fallback: { name: 'nobody', size: 12 } };

function place() {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'config', 'settings.json');
  const troubles: string[] = [];
  return {
    path,
    troubles,
    open: () => KeptFile.open(path, KIND, (message) => troubles.push(message)),
    put(text: string | Uint8Array) {
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(path, text);
    },
    names: () => readdirSync(join(path, '..')).sort(),
  };
}

test('what was never kept is the default, and nothing is written', async () => {
  const { open, path } = place();
  expect((await open()).value).toEqual(KIND.fallback);
  expect(() => statSync(path)).toThrow('ENOENT');
});

test('what is kept is there in the next run', async () => {
  const { open, names, troubles } = place();
  const file = await open();
  await file.set({ name: 'Ä 🐍 \x1b', size: 1 });
  expect(file.value).toEqual({ name: 'Ä 🐍 \x1b', size: 1 });
  expect((await open()).value).toEqual({ name: 'Ä 🐍 \x1b', size: 1 });
  expect([names(), troubles]).toEqual([['settings.json'], []]);
});

test('a field that an older version did not know gets its default', async () => {
  const { open, put } = place();
  put('{"name":"old"}');
  expect((await open()).value).toEqual({ name: 'old', size: 13 });
});

describe('what cannot be read is put aside, and the default taken', () => {
  test.each([
    ['half a file', '{"name":"o'],
    ['an empty file', ''],
    ['zeros', '\0\0\0\0'],
    ['another shape', '[1,2]'],
    ['a wrong field', '{"name":7}'],
    ['null', 'null'],
    ['no text at all', Uint8Array.from([0xff, 0xfe, 0x80])],
  ])('%s', async (_, content) => {
    const { open, put, names, path } = place();
    put(content);
    const file = await open();
    expect(file.value).toEqual(KIND.fallback);
    expect(names()).toEqual(['settings.json.broken']);
    expect(readFileSync(`${path}.broken`).equals(Buffer.from(content))).toBe(true);
    await file.set({ name: 'new', size: 2 });
    expect((await open()).value).toEqual({ name: 'new', size: 2 });
  });

  test('a folder in its place', async () => {
    const { open, path, names } = place();
    mkdirSync(path, { recursive: true });
    expect((await open()).value).toEqual(KIND.fallback);
    expect(names()).toEqual(['settings.json.broken']);
  });
});

test('the file is replaced as a whole: who reads meanwhile sees the old one or the new one', async () => {
  const { open, path } = place();
  const file = await open();
  await file.set({ name: 'x'.repeat(1000), size: 0 });
  const writes = Array.from({ length: 50 }, (_, i) => file.set({ name: 'x'.repeat(200_000), size: i }));
  for (const write of writes) {
    const { name } = KIND.schema.parse(JSON.parse(readFileSync(path, 'utf8')));
    expect([1000, 200_000]).toContain(name.length);
    await write;
  }
  expect((await open()).value.size).toBe(49);
});

test('the last value wins, however fast they come', async () => {
  const { open } = place();
  const file = await open();
  await Promise.all([1, 2, 3].map((size) => file.set({ name: 'n', size })));
  expect((await open()).value.size).toBe(3);
});

test('only the person can read it', async () => {
  const { open, path } = place();
  await (await open()).set({ name: 'n', size: 1 });
  expect([statSync(path).mode & 0o777, statSync(join(path, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
});

test('what cannot be written is told, and lives on in memory', async () => {
  const { open, path, troubles, put } = place();
  put('{"name":"old"}');
  const file = await open();
  mkdirSync(`${path}.new`);
  await file.set({ name: 'new', size: 2 });
  expect(file.value.name).toBe('new');
  expect(troubles).toEqual([`${path} cannot be written (EISDIR), so this is kept only until Casebook is closed.`]);
  expect((await open()).value.name).toBe('old');
  rmSync(`${path}.new`, { recursive: true });
  await file.set({ name: 'newer', size: 3 });
  expect((await open()).value.name).toBe('newer');
});

test('a link in its place is replaced, not followed', async () => {
  const { open, path, put } = place();
  put('{"name":"old"}');
  const elsewhere = join(path, '..', '..', 'elsewhere');
  writeFileSync(elsewhere, 'precious');
  chmodSync(elsewhere, 0o644);
  rmSync(path);
  symlinkSync(elsewhere, path);
  await (await open()).set({ name: 'new', size: 1 });
  expect((await open()).value.name).toBe('new');
  expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
});

test('settings of an empty file are all defaults, and nonsense beside them is left out', () => {
  expect(settings.parse({})).toMatchObject({ theme: 'system', sourceFontSize: 13, terminalFontSize: 12, screenReader: false, layouts: {} });
  expect(settings.parse(JSON.parse('{"__proto__":{"theme":"dark"},"later":1}'))).toEqual(settings.parse({}));
  expect(settings.safeParse({ sourceFontSize: 1000 }).success).toBe(false);
});
