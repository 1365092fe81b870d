import { findCommand, run } from './child.mjs';

/**
 * What the house needs from the system, and why. `purpose` says for what:
 * `native` to build node-pty, `start` to use Casebook, `test` to test it, `bench` to race it.
 * A thing is there when one of its `commands` is on the PATH or its `file` can be opened.
 */
const NEEDS = [
  { package: 'make', purpose: 'native', commands: ['make'], why: 'node-pty is compiled here' },
  { package: 'g++', purpose: 'native', commands: ['g++', 'c++', 'clang++'], why: 'node-pty is compiled here' },
  { package: 'python3', purpose: 'native', commands: ['python3'], why: "node-pty's build runs on it" },
  { package: 'python3', purpose: 'start', commands: ['python3'], why: 'Casebook debugs programs with it' },
  { package: 'chromium', purpose: 'test', commands: ['chromium', 'chromium-browser', 'google-chrome'], why: 'the window tests run in it' },
  { package: 'xvfb', purpose: 'test', commands: ['Xvfb'], why: 'Electron draws on its screen in tests' },
  {
    package: 'libpython3.11-testsuite',
    purpose: 'test',
    module: 'test.test_pdb',
    why: "Python's own tests of pdb are run with the bridge in place",
  },
  { package: 'python3-pytest', purpose: 'test', module: 'pytest', why: 'its tests are debugged' },
  { package: 'python3-numpy', purpose: 'test', module: 'numpy', why: 'its arrays are shown' },
  { package: 'python3-pandas', purpose: 'test', module: 'pandas', why: 'its tables are shown' },
  { package: 'python3-torch', purpose: 'test', module: 'torch', why: 'its tensors are shown' },
  { package: 'python3-attr', purpose: 'test', module: 'attr', why: 'its classes are shown' },
  { package: 'python3-pydantic', purpose: 'test', module: 'pydantic', why: 'its models are shown' },
  { package: 'python3-debugpy', purpose: 'bench', module: 'debugpy', why: 'it is the peer that steps are measured against' },
];

/**
 * What is missing for these purposes. Looks at names on the PATH and asks the system's Python for modules: some milliseconds each.
 *
 * @returns one `{ package, why }` for each package, none twice
 */
export async function missingPackages(purposes) {
  const missing = new Map();
  for (const need of NEEDS) {
    if (!purposes.includes(need.purpose) || missing.has(need.package)) continue;
    const there = need.module ? await hasModule(need.module) : findCommand(...need.commands);
    if (!there) missing.set(need.package, { package: need.package, why: need.why });
  }
  return [...missing.values()];
}

/** Whether the system's own Python would find it; importing it could take seconds. */
const hasModule = async (name) =>
  (await run('/usr/bin/python3', ['-c', `import importlib.util, sys; sys.exit(importlib.util.find_spec('${name}') is None)`])).code === 0;

/**
 * Installs what is missing, where that needs no question: on Debian and Ubuntu, as root or with a sudo that asks
 * for no password. Elsewhere it prints the one line to run and goes on.
 */
export async function installSystemPackages(purposes) {
  if (process.platform !== 'linux') return;
  const missing = await missingPackages(purposes);
  if (missing.length === 0) return;
  for (const { package: name, why } of missing) console.log(`Missing: ${name} (${why}).`);
  const names = missing.map((need) => need.package);
  const prefix = await rootPrefix();
  if (!findCommand('apt-get')) return console.log(`Install with your package manager: ${names.join(' ')}`);
  if (!prefix) return console.log(`Run this once, then start again: sudo apt-get install -y ${names.join(' ')}`);
  console.log(`Installing ${names.join(', ')} with apt-get…`);
  const apt = (args) => run('env', ['DEBIAN_FRONTEND=noninteractive', ...args], { limitSeconds: 1200 });
  const wanted = [...prefix, 'apt-get', 'install', '-y', '--no-install-recommends', ...names];
  if ((await apt(wanted)).code === 0) return;
  // The lists of packages may be missing or old: both look like a failed install.
  await apt([...prefix, 'apt-get', 'update', '-q']);
  if ((await apt(wanted)).code === 0) return;
  // One that this system does not have must not keep the others away.
  for (const name of names) {
    const alone = await apt([...prefix, 'apt-get', 'install', '-y', '--no-install-recommends', name]);
    if (alone.code !== 0) console.log(`${alone.output}\napt-get could not install ${name}. Going on without.`);
  }
}

/** The words that make a command run as root, or undefined where a password would be asked. */
async function rootPrefix() {
  if (process.getuid() === 0) return [];
  if (!findCommand('sudo')) return undefined;
  const free = await run('sudo', ['-n', 'true']);
  return free.code === 0 ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined;
}
