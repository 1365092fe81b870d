import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { within } from './within';

/** Whether a process runs; one that has ended and only waits for its parent to notice does not. Linux only. */
export function runs(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/^\d+ \(.*\) [ZX]/s.test(readFileSync(stat, 'latin1'));
}

/** Waits until a process that is not ours has ended. */
export async function hasEnded(pid: number): Promise<void> {
  const watched = new Promise<void>((done) => execFile('tail', ['-s', '0.05', `--pid=${pid}`, '-f', '/dev/null'], () => done()));
  await within(5_000, `end of process ${pid}`, watched);
}
