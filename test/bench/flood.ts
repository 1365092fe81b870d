import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { CaseEntry } from '../../preload/protocol/caseEntry';
import type { SessionId } from '../../preload/protocol/session';
import { openWindow } from './browser';
import { config, ended, terminalOf } from './casebook';
import type { Casebook } from './casebook';
import type { WebHost } from './webHost';

export const FLOOD_PROGRAM = 'flood.py';
/** 201 MB, which is a whole number of spool files, so that the last byte completes and hashes the last one. */
export const FLOOD_BYTES = 12 * (16 << 20);
/** What the program says before it waits for a byte. */
export const GREETING_BYTES = 'ready\r\n'.length;

/** A session whose program waits to flood its own terminal, and waits again when it has. */
export class Flood {
  readonly terminal: string;

  private constructor(
    private readonly casebook: Casebook,
    private readonly session: SessionId,
  ) {
    this.terminal = terminalOf(session, 'program');
  }

  static async ready(casebook: Casebook): Promise<Flood> {
    const launch = casebook.request('session.launch', config(FLOOD_PROGRAM, [String(FLOOD_BYTES)]));
    const [session] = await Promise.all([launch, captured(casebook, GREETING_BYTES)]);
    return new Flood(casebook, session);
  }

  /** Has the program flood, and settles when main has all of it. @returns when it was told to, in milliseconds of the wall clock */
  async run(): Promise<number> {
    const began = Date.now();
    await Promise.all([captured(this.casebook, FLOOD_BYTES), this.poke()]);
    return began;
  }

  /** Ends the program and closes the session. */
  async end(): Promise<void> {
    await Promise.all([ended(this.casebook), this.poke()]);
    await this.casebook.request('session.close', { session: this.session });
  }

  /** When the last byte was on disk and hashed, by the journal: milliseconds of the wall clock. @throws Error when bytes are missing */
  async completedAt(): Promise<number> {
    const text = await readFile(join(await this.folder(), 'entries.jsonl'), 'utf8');
    const entries: readonly CaseEntry[] = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const pieces = entries.flatMap((entry) => (entry.type === 'spooled' && entry.terminal === this.terminal ? [entry] : []));
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    if (bytes !== FLOOD_BYTES) throw new Error(`Of ${FLOOD_BYTES} bytes ${bytes} are on disk.`);
    return Date.parse(pieces.at(-1)?.at ?? '');
  }

  /** The files that hold the terminal's output, in order. */
  async files(): Promise<readonly string[]> {
    const folder = join(await this.folder(), 'program');
    return (await readdir(folder)).sort().map((name) => join(folder, name));
  }

  private async poke(): Promise<void> {
    await this.casebook.request('terminal.write', { terminal: this.terminal, data: '\n' });
  }

  private async folder(): Promise<string> {
    const all = join(this.casebook.dataFolder, 'sessions');
    const own = (await readdir(all)).find((name) => name.endsWith(`-${this.session}`));
    if (!own) throw new Error(`Session ${this.session} has no folder in ${all}.`);
    return join(all, own);
  }
}

/** Settles when a program's terminal has so many bytes. */
const captured = ({ told }: Casebook, bytes: number): Promise<true> =>
  told.next(`${bytes} bytes in main`, (event) =>
    event.type === 'terminal' && event.terminal.id.endsWith('.program') && event.terminal.size >= bytes ? true : undefined,
  );

/** Opens a window that shows the flood's pane, and settles when it has drawn the greeting. */
export async function openFloodPane(browser: Browser, host: WebHost, { terminal }: Flood): Promise<Page> {
  const page = await openWindow(browser, host.url);
  await drawnAt(page, terminal, GREETING_BYTES);
  return page;
}

/** When the pane's buffer held everything before `offset`: milliseconds of the wall clock. */
export async function drawnAt(page: Page, terminal: string, offset: number): Promise<number> {
  const at = await page.evaluate(([id, bytes]) => window.screenWatch?.drawn(id, bytes), [terminal, offset] as const);
  if (at === undefined) throw new Error('The page has no watch on its screens.');
  return at;
}
