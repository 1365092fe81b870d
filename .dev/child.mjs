import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './tree.mjs';

const WINDOWS = process.platform === 'win32';
const running = new Set();

/** Ends a child and all that it started. */
function end(child, signal) {
  try {
    if (WINDOWS) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

let asked = false;

/** Whether the person asked us to stop: what has begun may end well, nothing new should begin. */
export const isStopping = () => asked;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    // Who asks twice does not want to wait.
    for (const child of running) end(child, asked ? 'SIGKILL' : signal);
    if (asked || running.size === 0) process.exit(130);
    asked = true;
  });
}

/**
 * Starts a program in a process group of its own, without stdin. It ends with us.
 *
 * @param stdio as in node:child_process
 */
export function start(command, args, { env = {}, cwd = ROOT, stdio = ['ignore', 'inherit', 'inherit'] } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio, detached: !WINDOWS });
  running.add(child);
  child.once('close', () => running.delete(child));
  child.once('error', () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end. A program that fails or cannot be started is an answer, not an exception.
 *
 * @param show lets its output through as it comes; else it is gathered in `output`
 * @param limitSeconds after this it is ended, with all that it started
 * @returns `code` is 0 only when it ended well; `output` is stdout and stderr as they came
 */
export function run(command, args, { show = false, limitSeconds = 900, ...options } = {}) {
  return new Promise((resolve) => {
    const stdio = show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'];
    const child = start(command, args, { ...options, stdio });
    const pieces = [];
    let late = false;
    const deadline = setTimeout(() => {
      late = true;
      end(child, 'SIGKILL');
    }, limitSeconds * 1000);
    const settle = (code) => {
      clearTimeout(deadline);
      if (late) pieces.push(`\n${command} did not end within ${limitSeconds} s and was ended.`);
      resolve({ code: late ? 124 : code, output: pieces.join('').trim() });
    };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (piece) => pieces.push(piece));
    child.once('error', (error) => {
      pieces.push(error.message);
      settle(127);
    });
    child.once('close', (code) => settle(code ?? 1));
  });
}

/** Runs a program of ours or of a package with this very Node. */
export const runNode = (args, options) => run(process.execPath, args, options);

/** Runs npm: the one that started us, else the one on the PATH. */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return runNode([npm, ...args], options);
  return WINDOWS ? run('cmd.exe', ['/d', '/s', '/c', 'npm', ...args], options) : run('npm', args, options);
}

/** Ends everything that `start` began and that still runs. */
export function endAll() {
  for (const child of running) end(child, 'SIGTERM');
}

/** The full path of the first of these programs that is on the PATH, or undefined. */
export function findCommand(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const endings = WINDOWS ? ['.exe', '.cmd', ''] : [''];
  const paths = names.flatMap((name) => folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))));
  return paths.find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ENOTDIR'].includes(error.code)) return false;
    throw error;
  }
}
