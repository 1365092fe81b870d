import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNode, runNpm } from './child.mjs';
import { installSystemPackages } from './systemPackages.mjs';
import { filesUnder, ROOT, textOf } from './tree.mjs';

const OLDEST_NODE = [20, 19];
const STAMP = join(ROOT, 'node_modules', '.casebook-stamp');

/**
 * Makes the packages of the lockfile, and what they need from the system, be there. A second call does nothing.
 *
 * @param purposes what for, besides starting: any of `test`, `bench`
 * @throws Error with a sentence that says what to do
 */
export async function install(...purposes) {
  requireNode(process.versions.node);
  const wanted = stampOfLockfile();
  const stale = textOf(STAMP) !== wanted;
  await installSystemPackages(['start', ...purposes, ...(stale ? ['native'] : [])]);
  if (!stale) return;
  console.log('Installing packages with npm ci (half a minute to a minute)…');
  const { code, output } = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) throw new Error(`${withoutUsage(output)}\nnpm ci failed. The lines above say why; start again when that is mended.`);
  makeSpawnHelperRunnable();
  await requireNodePty();
  writeFileSync(STAMP, wanted);
}

/** Refuses a Node that is too old, in a sentence. */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Error(
    `Casebook needs Node ${OLDEST_NODE.join('.')} or newer; this is ${version}. Install one from https://nodejs.org and start again.`,
  );
}

/** npm ends some failures with a page of its own options. */
const withoutUsage = (output) => output.replace(/^npm error Clean install a project[^]*/m, '').trim();

/** Which packages are meant, for which machine: node_modules copied from another one must not pass. */
function stampOfLockfile() {
  const digest = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  return `${digest} ${process.platform}-${process.arch}\n`;
}

/** node-pty 1.1.0's archive carries this program without its executable bit. */
function makeSpawnHelperRunnable() {
  const parts = filesUnder([join(ROOT, 'node_modules/node-pty/prebuilds')]);
  for (const file of parts.filter((path) => path.endsWith('spawn-helper'))) chmodSync(file, 0o755);
}

async function requireNodePty() {
  const { code, output } = await runNode(['-e', "require('node-pty')"]);
  if (code === 0) return;
  const cure =
    process.platform === 'linux'
      ? 'It is compiled on this machine: install python3, make and g++, delete node_modules, and start again.'
      : 'Delete node_modules and start again.';
  throw new Error(`${output}\nThe native part of node-pty cannot be loaded. ${cure}`);
}
