import { existsSync } from 'node:fs';
import { z } from 'zod';
import { expect, test } from 'vitest';
import { read } from './sourceFiles';

const entries = z
  .array(z.strictObject({ test: z.string().min(1), reason: z.string().min(10), when: z.string().min(3).optional() }))
  .parse(JSON.parse(read('test/skips.json')));

/** A name is a stage, or `test/unit/x.test.ts > group > title`, with the e2e project in front where only one skips. */
const STAGES = ['electron', 'packaged'];

test('every skip names a test that is there', () => {
  const lost = entries.filter(({ test: name }) => {
    if (STAGES.includes(name)) return false;
    const [file = '', ...titles] = name.replace(/^\w+: /, '').split(' > ');
    return !existsSync(file) || !titles.every((title) => read(file).includes(title));
  });
  expect(lost.map(({ test: name }) => name)).toEqual([]);
});

test('no test is listed twice', () => {
  expect(new Set(entries.map(({ test: name }) => name)).size).toBe(entries.length);
});

test('every reason is a sentence', () => {
  for (const { reason } of entries) expect(reason).toMatch(/^[A-Z].*\.$/);
});
