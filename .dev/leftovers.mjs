import { readdirSync, readFileSync } from 'node:fs';

const MARK = 'CASEBOOK_TEST_RUN';
const GONE = ['ENOENT', 'EACCES', 'ESRCH'];

/** Marks every process that will descend from this one, so that none can hide by leaving its parent. */
export function markDescendants() {
  process.env[MARK] = `${process.pid}-${Date.now()}`;
}

/**
 * Ends what our tests started and left running, and nothing else. Only on Linux can such processes be told.
 *
 * @returns their command lines
 */
export function endLeftovers() {
  if (process.platform !== 'linux' || !process.env[MARK]) return [];
  const mark = `${MARK}=${process.env[MARK]}`;
  const marked = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return marked.flatMap((pid) => {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark)) return [];
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      process.kill(Number(pid), 'SIGKILL');
      return [command];
    } catch (error) {
      if (GONE.includes(error.code)) return [];
      throw error;
    }
  });
}
