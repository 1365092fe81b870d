import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { errorCode, timedOut, tooMuchOutput } from '../../failures';
import type { Command, ExecResult } from '../transport';

const MOST_OUTPUT_BYTES = 10_000_000;

/** How to watch over a command. */
export interface ExecLimits {
  readonly timeoutMs: number;
  /** What the person knows the command as; the file itself may be a way to start it. */
  readonly name: string;
  /** Each ends the command; the result is then as the kill left it. */
  readonly signals: readonly AbortSignal[];
}

/**
 * Runs a command to its end, without a terminal, without input, never through a shell's reading.
 * Its whole process group is killed at the limits, so that no child of it holds the result back.
 *
 * @throws Failure `timed-out`, or `rejected` past 10 MB of output
 */
export function execCommand({ file, args, cwd, env }: Command, { timeoutMs, name, signals }: ExecLimits): Promise<ExecResult> {
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      env: { ...env },
      stdio: ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    };
    const child = spawn(file, [...args], options);
    let bytes = 0;
    let failure: Error | undefined;
    const end = (why?: Error) => {
      failure ??= why;
      if (child.pid !== undefined) killGroup(child.pid);
    };
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_OUTPUT_BYTES) end(tooMuchOutput(name, MOST_OUTPUT_BYTES));
      else into.push(chunk);
    };
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', collect(stdout));
    child.stderr.on('data', collect(stderr));
    const abort = () => end();
    for (const signal of signals) signal.addEventListener('abort', abort);
    if (signals.some((signal) => signal.aborted)) abort();
    const timer = setTimeout(() => end(timedOut(name, timeoutMs)), timeoutMs);
    const done = () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener('abort', abort);
    };
    child.on('error', (error) => {
      done();
      reject(error);
    });
    child.on('close', (code, killedBy) => {
      done();
      if (failure) return reject(failure);
      const exit = { exitCode: code ?? 0, signal: killedBy ? constants.signals[killedBy] : 0 };
      resolve({ stdout: Buffer.concat(stdout).toString('utf8'), stderr: Buffer.concat(stderr).toString('utf8'), exit });
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}
