import { start } from './child.mjs';

/**
 * A screen in memory for programs that need one, on a number that is free. Listens on no network port.
 *
 * @returns `{ env, close }`: the variables that name the screen, and how to end it
 * @throws when Xvfb cannot be started
 */
export function openDisplay() {
  return new Promise((resolve, reject) => {
    const child = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const closed = new Promise((done) => child.once('close', done));
    const close = () => {
      child.kill('SIGTERM');
      return closed;
    };
    child.once('error', () => reject(new Error('Xvfb cannot be started. Install the package xvfb.')));
    child.once('close', () => reject(new Error('Xvfb ended before it had a screen.')));
    child.stdio[3].setEncoding('utf8').once('data', (number) => resolve({ env: { DISPLAY: `:${number.trim()}` }, close }));
  });
}
