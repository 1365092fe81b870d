import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone when the test has finished. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A file of random bytes, and them. */
export function randomFile(bytes: number): { readonly path: string; readonly content: Buffer } {
  const path = join(temporaryFolder(), 'source.bin');
  const content = randomBytes(bytes);
  writeFileSync(path, content);
  return { path, content };
}

/** What each open file of a process leads to. */
export function openFiles(pid: number | 'self' = 'self'): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((fd) => {
    try {
      return [readlinkSync(join(folder, fd))];
    } catch (error) {
      // The listing's own descriptor is closed by now.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  });
}

/** Pty masters among them. */
export const masters = (files: readonly string[]): readonly string[] => files.filter((file) => file.endsWith('/ptmx'));

/** Lets the event loop turn, for what may still be on its way to show itself. */
export async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}
