import { join } from 'node:path';
import { build, bundle } from './build.mjs';
import { runNode } from './child.mjs';
import { install } from './install.mjs';
import { ROOT } from './tree.mjs';

const LIMIT_MINUTES = 20;

try {
  await install('test', 'bench');
  await build();
  // Playwright loads parts of itself by name at run time, so it stays a package.
  await bundle({ bench: 'test/bench/bench.ts' }, 'dist/bench', { external: ['electron', 'node-pty', 'ssh2', '@playwright/test'] });
  const { code } = await runNode([join(ROOT, 'dist/bench/bench.cjs'), ...process.argv.slice(2)], {
    show: true,
    limitSeconds: LIMIT_MINUTES * 60,
  });
  process.exitCode = code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
