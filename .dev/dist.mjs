import { join } from 'node:path';
import { build } from './build.mjs';
import { runNode } from './child.mjs';
import { findElectron } from './electronRuntime.mjs';
import { install } from './install.mjs';
import { ROOT } from './tree.mjs';

const BUILDER = join(ROOT, 'node_modules/electron-builder/out/cli/cli.js');

/** The stand-in may be packaged to test the package, never to be given away. */
const isTrial = (args) => args.includes('--linux') && args.includes('dir');

/** What electron-builder needs to know about the Electron that is there; nothing when it will fetch its own. */
async function electronOptions(args) {
  const electron = await findElectron({ standIn: isTrial(args) });
  if (!electron.path) {
    console.log(`${electron.missing}\nelectron-builder will try to fetch Electron itself.`);
    return [];
  }
  console.log(`Packaging Electron ${electron.version} from ${electron.source}.`);
  return [`-c.electronDist=${electron.dist}`, `-c.electronVersion=${electron.version}`];
}

/** Why electron-builder failed, where it is not our doing. */
function explain(output) {
  if (!/ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT/.test(output)) return output;
  return `${output}\n\nelectron-builder fetches Electron and the makers of installers (AppImage, fpm, NSIS) from github.com, which cannot be reached from here. On this machine only "npm run dist -- --linux dir" can be made.`;
}

try {
  await install();
  await build();
  const args = process.argv.slice(2);
  const options = await electronOptions(args);
  const { code, output } = await runNode([BUILDER, ...args, '--publish', 'never', ...options], { limitSeconds: 1800 });
  console.log(code === 0 ? output : explain(output));
  process.exitCode = code;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
