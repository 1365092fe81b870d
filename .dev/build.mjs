import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endAll } from './child.mjs';
import { digestOfListing, ROOT, textOf } from './tree.mjs';

/** What every part is made of, besides its own files. */
const ALWAYS = ['package-lock.json', '.dev/build.mjs', 'tsconfig.json'];

/** The parts of the product: what each is made of, what it leaves, and how. */
const PARTS = {
  main: {
    inputs: ['main', 'preload/protocol', 'resources'],
    outputs: ['dist/main/electron.cjs', 'dist/main/web.cjs'],
    make: () => bundle({ electron: 'main/hosts/electron/electron.ts', web: 'main/hosts/web/web.ts' }, 'dist/main'),
  },
  preload: {
    inputs: ['preload'],
    outputs: ['dist/preload/preload.cjs'],
    make: () => bundle({ preload: 'preload/preload.ts' }, 'dist/preload'),
  },
  probes: {
    inputs: ['resources/probes', '.dev/packProbes.mjs'],
    outputs: ['dist/probes/casebook_pdb.py'],
    make: async () => (await import('./packProbes.mjs')).packProbes(join(ROOT, 'dist/probes')),
  },
  renderer: {
    inputs: ['renderer', 'preload/protocol', 'resources'],
    outputs: ['dist/renderer/index.html'],
    make: drawRenderer,
  },
};

/**
 * Builds what is stale into `dist`. A part is stale when a file it is made of was added, changed or deleted since,
 * or when what it leaves is gone.
 *
 * @returns the names of the parts that were built
 * @throws when a part cannot be built; the other parts keep their state
 */
export async function build() {
  const built = [];
  for (const [name, part] of Object.entries(PARTS)) {
    const digest = digestOfListing([...ALWAYS, ...part.inputs].map((path) => join(ROOT, path)));
    const stamp = join(ROOT, 'dist/.stamps', name);
    if (textOf(stamp) === digest && part.outputs.every((path) => existsSync(join(ROOT, path)))) continue;
    const begun = Date.now();
    // A part that fails half-way must not pass for built.
    rmSync(stamp, { force: true });
    await part.make();
    mkdirSync(join(ROOT, 'dist/.stamps'), { recursive: true });
    writeFileSync(stamp, digest);
    console.log(`Built ${name} in ${((Date.now() - begun) / 1000).toFixed(1)} s.`);
    built.push(name);
  }
  return built;
}

/**
 * Bundles programs for Node: CommonJS that Electron 25's Node 18 can run.
 *
 * @param entries output name to source file, as in `{ web: 'main/hosts/web/web.ts' }`
 */
export async function bundle(entries, folder, options = {}) {
  const { build: esbuild } = await import('esbuild');
  await esbuild({
    absWorkingDir: ROOT,
    entryPoints: entries,
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node18',
    sourcemap: true,
    external: ['electron', 'node-pty', 'ssh2'],
    logLevel: 'warning',
    ...options,
  });
}

async function drawRenderer() {
  const { build: vite } = await import('vite');
  await vite({ configFile: join(ROOT, 'renderer/vite.config.mts'), logLevel: 'warn' });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const begun = Date.now();
  try {
    const { install } = await import('./install.mjs');
    await install();
    const built = await build();
    if (built.length === 0) console.log(`Everything is built already (${Date.now() - begun} ms).`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
    endAll();
  }
}
