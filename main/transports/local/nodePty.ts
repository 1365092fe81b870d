import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What node-pty's `fork` gives: the master's file descriptor, the child, the path of the slave. */
export interface ForkedPty {
  readonly fd: number;
  readonly pid: number;
  readonly pty: string;
}

/** What node-pty's `open` gives: two file descriptors and the path of the slave. */
export interface OpenedPty {
  readonly master: number;
  readonly slave: number;
  readonly pty: string;
}

/**
 * The part of node-pty 1.1.0 that Casebook uses on Unix: its native functions, without the JavaScript above them.
 * node-pty exports them as `native` and promises nothing about them, so the version is pinned and
 * `test/transports/nodePty.test.ts` holds every argument and field. Source: node-pty `src/unix/pty.cc`.
 */
export interface NativePty {
  /** `uid` and `gid` -1: as we are. `helper` is used on macOS only. Neither file nor folder is checked: look before. */
  fork(
    file: string,
    args: readonly string[],
    env: readonly string[],
    cwd: string,
    cols: number,
    rows: number,
    uid: number,
    gid: number,
    utf8: boolean,
    helper: string,
    onExit: (exitCode: number, signal: number) => void,
  ): ForkedPty;
  open(cols: number, rows: number): OpenedPty;
  resize(fd: number, cols: number, rows: number): void;
}

/** node-pty itself. Loaded at the first terminal, so that code that needs only types never loads a native module. */
export function loadNodePty(): typeof import('node-pty') & { readonly native: NativePty } {
  return require('node-pty');
}

/** The program through which node-pty starts children on macOS; empty elsewhere. An asar archive cannot be executed from. */
export function spawnHelper(): string {
  if (process.platform !== 'darwin') return '';
  const root = dirname(require.resolve('node-pty/package.json')).replace('app.asar', 'app.asar.unpacked');
  const places = ['build/Release', `prebuilds/${process.platform}-${process.arch}`];
  const found = places.map((place) => join(root, place, 'spawn-helper')).find((path) => existsSync(path));
  if (!found) throw new Error(`node-pty's spawn-helper is in none of ${places.join(', ')} under ${root}`);
  return found;
}
