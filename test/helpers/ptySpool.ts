import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Failure } from '../../main/failures';
import { Spool, SpoolBudget } from '../../main/sessions/spool';
import type { SpoolSizes } from '../../main/sessions/spool';
import type { Segment, Stretch } from '../../main/sessions/spoolSegments';
import { temporaryFolder } from './ptyFiles';

interface SpoolOptions {
  readonly folder?: string;
  readonly budget?: SpoolBudget;
  readonly sizes?: Partial<SpoolSizes>;
  /** What the spool pauses; it may come into being later. */
  readonly source?: () => { pause(): void; resume(): void };
}

/** A spool in a folder that is gone after the test, and everything it told. */
export function openSpool({
  folder = join(temporaryFolder(), 'spool'),
  budget = new SpoolBudget(2 ** 40),
  sizes = {},
  source,
}: SpoolOptions = {}) {
  const told: string[] = [];
  const pieces: Segment[] = [];
  const gaps: Stretch[] = [];
  const watchers = new Set<() => void>();
  const tell = (what: string) => {
    told.push(what);
    for (const look of watchers) look();
  };
  const spool: Spool = new Spool({
    folder,
    budget,
    sizes: { reserve: 0, ...sizes },
    pause: () => {
      source?.().pause();
      tell('pause');
    },
    resume: () => {
      source?.().resume();
      tell('resume');
    },
    changed: () => tell(`held ${spool.held}`.trim()),
    segment: (piece) => {
      pieces.push(piece);
      tell('segment');
    },
    gap: (piece) => void gaps.push(piece),
  });
  onTestFinished(async () => {
    await spool.close().catch((error: unknown) => {
      if (!(error instanceof Failure && error.code === 'disk-full')) throw error;
    });
  });
  /** Settles when that is told, or was. */
  const heard = (what: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!told.includes(what)) return;
        watchers.delete(look);
        resolve();
      };
      watchers.add(look);
      look();
    });
  return { spool, folder, budget, told, pieces, gaps, heard };
}

/** Everything that is kept, read in pieces of `most` bytes. */
export async function readAll(spool: Spool, most = 1 << 20): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let at = spool.kept; at < spool.size;) {
    const piece = await spool.read(at, most);
    if (piece.length === 0) throw new Error(`nothing at ${at} of ${spool.size}`);
    at += piece.length;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
