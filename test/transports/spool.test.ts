import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SpoolBudget } from '../../main/sessions/spool';
import { temporaryFolder } from '../helpers/ptyFiles';
import { openSpool, readAll } from '../helpers/ptySpool';
import { within } from '../helpers/within';

const KIB = 1024;
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('bytes are on disk in files of one size, each told with its hash', async () => {
  const { spool, folder, pieces } = openSpool({ sizes: { segment: 10_000 } });
  const bytes = randomBytes(25_000);
  for (let at = 0; at < bytes.length; at += 777) spool.append(bytes.subarray(at, at + 777));
  await spool.close();
  expect(readdirSync(folder)).toEqual(['000000.bin', '000001.bin', '000002.bin']);
  expect(pieces.map(({ offset, length }) => [offset, length])).toEqual([
    [0, 10_000],
    [10_000, 10_000],
    [20_000, 5_000],
  ]);
  pieces.forEach(({ offset, length, sha256: told }, i) => {
    const file = readFileSync(join(folder, `00000${i}.bin`));
    expect(file.equals(bytes.subarray(offset, offset + length))).toBe(true);
    expect(told).toBe(sha256(file));
  });
  expect(statSync(join(folder, '000000.bin')).mode & 0o777).toBe(0o600);
});

test('a terminal that wrote nothing leaves no folder', async () => {
  const { spool, folder, pieces } = openSpool();
  await spool.close();
  expect(pieces).toEqual([]);
  expect(() => statSync(folder)).toThrow('ENOENT');
});

test('an end exactly at the end of a file is told once', async () => {
  const { spool, pieces } = openSpool({ sizes: { segment: 1_000 } });
  spool.append(randomBytes(2_000));
  await spool.close();
  expect(pieces.map(({ offset, length }) => [offset, length])).toEqual([
    [0, 1_000],
    [1_000, 1_000],
  ]);
});

test('bytes can be read at any offset, from memory, while they are written, and after the close', async () => {
  const { spool } = openSpool({ sizes: { segment: 5_000 } });
  const bytes = randomBytes(32_000);
  for (let at = 0; at < bytes.length; at += 1_000) {
    spool.append(bytes.subarray(at, at + 1_000));
    expect(spool.peek(at + 999, 10)).toEqual(bytes.subarray(at + 999, at + 1_000));
    const from = Math.floor(Math.random() * spool.size);
    const piece = await spool.read(from, 3_000);
    expect(piece.length).toBeGreaterThan(0);
    expect(piece.equals(bytes.subarray(from, from + piece.length))).toBe(true);
  }
  expect(await spool.read(spool.size, 10)).toHaveLength(0);
  expect(spool.peek(spool.size, 10)).toBeUndefined();
  await spool.close();
  expect((await readAll(spool, 333)).equals(bytes)).toBe(true);
});

test('at 8 MB unwritten the source waits, and goes on when the disk has caught up', async () => {
  const { spool, told, heard } = openSpool();
  const chunk = randomBytes(64 * KIB);
  let appended = 0;
  while (!spool.wantsPause) {
    spool.append(chunk);
    appended += chunk.length;
  }
  expect(appended).toBeLessThanOrEqual(9 << 20);
  await within(10_000, 'resume', heard('resume'));
  expect(told.filter((what) => what !== 'segment')).toEqual(['pause', 'resume']);
  expect(spool.held).toBe('');
  await spool.close();
});

test('at the budget the source waits, for all terminals of the session; continue gives as much again', async () => {
  const budget = new SpoolBudget(100_000);
  const one = openSpool({ budget });
  const other = openSpool({ budget });
  one.spool.append(randomBytes(90_000));
  expect(one.spool.held).toBe('');
  other.spool.append(randomBytes(20_000));
  expect([one.spool.held, other.spool.held]).toEqual(['', 'budget']);
  one.spool.append(randomBytes(5_000));
  expect([one.told, other.told]).toEqual([
    ['pause', 'held budget'],
    ['pause', 'held budget'],
  ]);
  await one.spool.release('continue');
  expect([one.told, other.told]).toEqual([
    ['pause', 'held budget', 'resume', 'held'],
    ['pause', 'held budget', 'resume', 'held'],
  ]);
  one.spool.append(randomBytes(99_000));
  expect(one.spool.held).toBe('');
  one.spool.append(randomBytes(2_000));
  expect(one.spool.held).toBe('budget');
  await Promise.all([one.spool.close(), other.spool.close()]);
});

test('keep-last deletes whole files, keeps at least the last bytes and tells the gap', async () => {
  const { spool, folder, gaps, told } = openSpool({ budget: new SpoolBudget(100_000), sizes: { segment: 10_000, keepLast: 25_000 } });
  const bytes = randomBytes(103_000);
  spool.append(bytes);
  expect(spool.held).toBe('budget');
  await spool.release('keep-last');
  await spool.release('keep-last');
  expect(spool.held).toBe('');
  expect(told.at(-1)).toBe('held');
  spool.append(Buffer.from('more'));
  await spool.close();
  expect(gaps).toEqual([{ offset: 0, length: spool.kept }]);
  expect(spool.kept).toBe(70_000);
  expect(readdirSync(folder)).toEqual(['000007.bin', '000008.bin', '000009.bin', '000010.bin']);
  expect(await spool.read(0, 100)).toHaveLength(0);
  expect((await readAll(spool)).equals(Buffer.concat([bytes.subarray(70_000), Buffer.from('more')]))).toBe(true);
});

test('keep-last goes on even where there is nothing to delete', async () => {
  const { spool, gaps } = openSpool({ budget: new SpoolBudget(1_000) });
  spool.append(randomBytes(1_000));
  await spool.release('keep-last');
  expect([spool.held, gaps]).toEqual(['', []]);
  await spool.close();
});

test('the last of the disk is left to others, but a first file is always begun', async () => {
  const { spool, heard, pieces } = openSpool({ sizes: { segment: 1_000, reserve: Number.MAX_SAFE_INTEGER } });
  const bytes = randomBytes(3_000);
  spool.append(bytes);
  await within(5_000, 'hold', heard('held disk-full'));
  expect(pieces).toHaveLength(1);
  expect(spool.wantsPause).toBe(true);
  expect((await readAll(spool)).equals(bytes)).toBe(true);
  await expect(spool.close()).rejects.toMatchObject({ code: 'disk-full' });
  expect((await readAll(spool)).equals(bytes)).toBe(true);
});

test('a full disk holds the source, loses nothing, and goes on when there is space', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('only root may mount a small disk');
  const disk = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
  onTestFinished(() => void execFileSync('umount', [disk]));
  const other = join(disk, 'other');
  writeFileSync(other, Buffer.alloc(500 * KIB));
  const { spool, heard, pieces, told } = openSpool({ folder: join(disk, 'spool'), sizes: { segment: 100 * KIB } });
  const bytes = randomBytes(800 * KIB);
  for (let at = 0; at < bytes.length; at += 40_000) spool.append(bytes.subarray(at, at + 40_000));
  await within(5_000, 'hold', heard('held disk-full'));
  expect(told).toContain('pause');
  expect((await readAll(spool)).equals(bytes)).toBe(true);
  await spool.release('continue');
  expect(spool.held).toBe('disk-full');
  rmSync(other);
  await spool.release('continue');
  expect([spool.held, told.filter((what) => what !== 'segment').slice(-2)]).toEqual(['', ['resume', 'held']]);
  spool.append(randomBytes(400 * KIB));
  await expect(spool.close()).rejects.toMatchObject({ code: 'disk-full' });
  expect((await readAll(spool)).subarray(0, bytes.length).equals(bytes)).toBe(true);
  expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(1 << 20);
});

test('space that comes back is noticed without being asked', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('only root may mount a small disk');
  const disk = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
  onTestFinished(() => void execFileSync('umount', [disk]));
  const other = join(disk, 'other');
  writeFileSync(other, Buffer.alloc(200 * KIB));
  const { spool, heard } = openSpool({ folder: join(disk, 'spool') });
  const bytes = randomBytes(150 * KIB);
  spool.append(bytes);
  await within(5_000, 'hold', heard('held disk-full'));
  rmSync(other);
  await within(10_000, 'end of the hold', heard('held'));
  await spool.close();
  expect((await readAll(spool)).equals(bytes)).toBe(true);
}, 20_000);
