import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { errorCode } from './failures';

/** What a kept file holds, and what it holds before anything was kept. */
export interface Kind<T> {
  readonly schema: z.ZodType<T>;
  readonly fallback: T;
}

/**
 * A small JSON file that outlives a run: settings, recent launches, breakpoints. What cannot be read
 * is put aside as `NAME.broken` and the default taken, so that a damaged file never stops a start.
 */
export class KeptFile<T> {
  private writing: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    private current: T,
    private readonly trouble: (message: string) => void,
  ) {}

  /** @param trouble told when it cannot be written; the value lives on in memory */
  static async open<T>(path: string, { schema, fallback }: Kind<T>, trouble: (message: string) => void): Promise<KeptFile<T>> {
    const read = schema.safeParse(await readJson(path));
    if (!read.success) await putAside(path);
    return new KeptFile(path, read.success ? read.data : fallback, trouble);
  }

  get value(): T {
    return this.current;
  }

  /** Takes the new value at once; it is on disk when the promise settles, or `trouble` was told. */
  set(value: T): Promise<void> {
    this.current = value;
    this.writing = this.writing.then(() => this.write());
    return this.writing;
  }

  /** Everything that was set is on disk, or `trouble` was told. */
  settled(): Promise<void> {
    return this.writing;
  }

  private async write(): Promise<void> {
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      await writeFile(`${this.path}.new`, JSON.stringify(this.current, undefined, 1), { mode: 0o600 });
      await rename(`${this.path}.new`, this.path);
    } catch (error) {
      if (!errorCode(error)) throw error;
      this.trouble(`${this.path} cannot be written (${errorCode(error)}), so this is kept only until Casebook is closed.`);
    }
  }
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || errorCode(error)) return undefined;
    throw error;
  }
}

async function putAside(path: string): Promise<void> {
  try {
    await rename(path, `${path}.broken`);
  } catch (error) {
    if (!errorCode(error)) throw error;
  }
}
