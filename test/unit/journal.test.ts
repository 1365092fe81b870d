import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Journal } from '../../main/cases/journal';
import type { CaseEvent } from '../../preload/protocol/caseEntry';
import { within } from '../helpers/within';

const typed = (text: string): CaseEvent => ({ type: 'typed', terminal: 'A.console', text });

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A journal in a folder of its own, what it complained of, and its entries as they are on disk. */
function journal(folder = temporaryFolder()) {
  const file = join(folder, 'session', 'entries.jsonl');
  const troubles: string[] = [];
  const waiting: (() => void)[] = [];
  const made = new Journal(file, (trouble) => {
    troubles.push(trouble);
    for (const tell of waiting.splice(0)) tell();
  });
  /** Settles at the next word about how writing goes. */
  const said = () => within(5_000, 'word about the writing', new Promise<void>((resolve) => waiting.push(resolve)));
  const text = () => readFileSync(file, 'utf8');
  const entries = () =>
    text()
      .split('\n')
      .slice(0, -1)
      .map((line): { seq: number; text: string; ms: number; at: string } => JSON.parse(line));
  return { made, file, troubles, said, text, entries };
}

test('every entry is a line of JSON, numbered from 1 without gaps, in order', async () => {
  const { made, text, entries } = journal();
  for (let i = 1; i <= 500; i++) made.append(typed(`p ${i}`));
  expect(made.entries).toBe(500);
  await made.close();
  expect(text().endsWith('\n')).toBe(true);
  expect(entries().map(({ seq, text: said }) => `${seq} ${said}`)).toEqual(Array.from({ length: 500 }, (_, i) => `${i + 1} p ${i + 1}`));
});

test('an entry says when: by the wall clock, and by one that only goes forward', async () => {
  const { made, entries } = journal();
  for (let i = 0; i < 50; i++) made.append(typed('next'));
  await made.flush();
  made.append(typed('next'));
  await made.close();
  const times = entries();
  for (const { at } of times) expect(new Date(at).toISOString()).toBe(at);
  expect(times.map(({ ms }) => ms)).toEqual(times.map(({ ms }) => ms).sort((a, b) => a - b));
  expect(times.at(-1)?.ms).toBeLessThanOrEqual(made.now());
});

test('what a program printed stays on its line, whatever it is', async () => {
  const { made, text, entries } = journal();
  const hostile = ['a\nb\r\u2028c', '\x1b]0;x\x07\0', '\ud800', '"}{"seq":9', '🐍', 'x'.repeat(300_000)];
  for (const each of hostile) made.append(typed(each));
  await made.close();
  expect(text().split('\n')).toHaveLength(hostile.length + 1);
  expect(entries().map((e) => e.text)).toEqual(hostile);
});

test('entries are written by themselves, soon and together', async () => {
  const { made, said, entries } = journal();
  const written = said();
  made.append(typed('one'));
  made.append(typed('two'));
  await written;
  expect(entries().map((e) => e.text)).toEqual(['one', 'two']);
  await made.close();
});

test('only the person can read it', async () => {
  const { made, file } = journal();
  made.append(typed('p password'));
  await made.close();
  expect([statSync(file).mode & 0o777, statSync(join(file, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
});

test('a journal without entries leaves no file', async () => {
  const { made, text } = journal();
  await made.close();
  expect(text).toThrow('ENOENT');
});

test('an entry that comes after the close is added, and nothing before it is lost', async () => {
  const { made, said, entries } = journal();
  made.append(typed('one'));
  await made.close();
  const written = said();
  made.append(typed('late'));
  await written;
  expect(entries().map(({ seq, text }) => `${seq} ${text}`)).toEqual(['1 one', '2 late']);
  await made.close();
});

test('a folder that cannot be written is told once, entries are kept, and are written when it can', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'session'), 'in the way');
  const { made, troubles, entries } = journal(folder);
  made.append(typed('one'));
  await made.flush();
  expect(troubles).toEqual([
    expect.stringMatching(/^The case is not being saved: \w+ at .*session\. Free some space; it goes on by itself\.$/),
  ]);
  rmSync(join(folder, 'session'));
  made.append(typed('two'));
  await made.close();
  expect(troubles.at(-1)).toBe('');
  expect(entries().map((e) => e.text)).toEqual(['one', 'two']);
});

test('on a full disk the file keeps whole lines, the rest is kept in memory, and all is written when there is room', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('only root may mount a small disk');
  const disk = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]);
  onTestFinished(() => void execFileSync('umount', [disk]));
  const filler = join(disk, 'filler');
  writeFileSync(filler, Buffer.alloc(32 * 1024));
  const { made, troubles, text, entries } = journal(disk);
  for (let i = 0; i < 60; i++) {
    made.append(typed(`${i} ${'x'.repeat(1000)}`));
    await made.flush();
  }
  expect(troubles.at(-1)).toMatch(/the disk is full/);
  expect(text().endsWith('\n')).toBe(true);
  expect(entries().length).toBeGreaterThan(10);
  expect(entries().length).toBeLessThan(40);
  rmSync(filler);
  for (let i = 60; i < 62; i++) made.append(typed(`${i} y`));
  await made.flush();
  expect(troubles.at(-1)).toMatch(/the disk is full/);
  expect(entries().map(({ seq }) => seq)).toEqual(Array.from({ length: entries().length }, (_, i) => i + 1));
  execFileSync('mount', ['-o', 'remount,size=1m', disk]);
  await made.flush();
  expect(troubles.at(-1)).toBe('');
  expect(entries().map((e) => Number.parseInt(e.text))).toEqual(Array.from({ length: 62 }, (_, i) => i));
  await made.close();
});

test('a full disk is tried again by itself, once a second', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('only root may mount a small disk');
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const disk = temporaryFolder();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk]);
  onTestFinished(() => void execFileSync('umount', [disk]));
  const { made, troubles, entries } = journal(disk);
  made.append(typed('x'.repeat(40_000)));
  await made.flush();
  expect([troubles.length, vi.getTimerCount()]).toEqual([1, 1]);
  execFileSync('mount', ['-o', 'remount,size=1m', disk]);
  vi.advanceTimersByTime(1000);
  await made.flush();
  expect([troubles.at(-1), vi.getTimerCount()]).toEqual(['', 0]);
  expect(entries()).toHaveLength(1);
  await made.close();
});
