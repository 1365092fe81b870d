import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runNode } from './child.mjs';
import { openDisplay } from './display.mjs';
import { findElectron } from './electronRuntime.mjs';
import { failed, passed, readPlaywrightReport, readVitestReport, skipped } from './results.mjs';
import { ROOT } from './tree.mjs';

/** The compiler checks every folder with what that folder may use. */
const PROJECTS = ['preload/protocol', 'preload', 'main', 'renderer', 'test'];

const VITEST = 'node_modules/vitest/vitest.mjs';
const PLAYWRIGHT = 'node_modules/@playwright/test/cli.js';
const BUILDER_MINUTES = 5;

/** Everything that must hold, in the order in which it is cheapest to learn that it does not. Each gives results. */
export const STAGES = {
  types: async () => (await Promise.all(PROJECTS.map(checkTypes))).flat(),
  lint: () => checkWith('lint', ['node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings']),
  format: () => checkWith('format', ['node_modules/oxfmt/bin/oxfmt', '--check']),
  unit: () => testWithVitest('unit'),
  engines: () => testWithVitest('engines'),
  transports: () => testWithVitest('transports'),
  web: () => testInBrowser('web', {}),
  electron: () => withElectron('electron', (electron) => onDisplay((env) => testInBrowser('electron', { ...env, ...describe(electron) }))),
  packaged: () => withElectron('packaged', testPackaged),
};

async function checkTypes(project) {
  return checkWith(`types of ${project}`, ['node_modules/typescript/bin/tsc', '-p', project, '--pretty', 'false']);
}

async function checkWith(name, args) {
  const { code, output } = await runNode(args);
  return [code === 0 ? passed(name) : failed(name, output)];
}

async function testWithVitest(folder) {
  const file = reportFile(folder);
  const args = [
    'run',
    '--root',
    '.',
    '--config',
    'test/vitest.config.mts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const { code } = await runNode([VITEST, ...args, `test/${folder}/`], { show: true });
  return readReport({ file, code, stage: folder }, readVitestReport);
}

async function testInBrowser(project, env) {
  const file = reportFile(project);
  const options = { show: true, env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: file } };
  const { code } = await runNode([PLAYWRIGHT, 'test', '-c', 'test/playwright.config.ts', '--project', project], options);
  return readReport({ file, code, stage: project }, readPlaywrightReport);
}

/** A runner that found nothing, or that failed without naming a test, must not pass for a good one. */
function readReport({ file, code, stage }, read) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    return [failed(stage, `The test runner ended with code ${code} and left no report (${error.message}).`)];
  }
  const results = read(report);
  if (results.length === 0) return [failed(stage, 'No test was run.')];
  const told = results.some((found) => found.outcome === 'failed');
  return code !== 0 && !told ? [...results, failed(stage, `The test runner ended with code ${code}; its output above says why.`)] : results;
}

function reportFile(stage) {
  const file = join(ROOT, 'dist/results', `${stage}.json`);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

async function withElectron(stage, test) {
  const electron = await findElectron();
  if (electron.path) {
    console.log(`Electron ${electron.version} from ${electron.source}.`);
    return test(electron);
  }
  const asked = process.env.CASEBOOK_NO_ELECTRON === '1';
  return [asked ? skipped(stage, electron.missing) : failed(stage, `Electron not available. ${electron.missing}`)];
}

/** What a spec needs to start Electron: its program, and, for the stand-in, the folder to open. */
const describe = (electron) => ({ CASEBOOK_ELECTRON: electron.path, CASEBOOK_APP: ROOT });

/** On Linux, a screen of their own; elsewhere windows can only open on the person's. */
async function onDisplay(test) {
  if (process.platform !== 'linux') return test({});
  const display = await openDisplay();
  try {
    return await test(display.env);
  } finally {
    await display.close();
  }
}

async function testPackaged() {
  if (process.platform !== 'linux') return [skipped('packaged', 'Only the Linux package is made and opened here.')];
  const made = await runNode(['.dev/dist.mjs', '--linux', 'dir'], { limitSeconds: BUILDER_MINUTES * 60 });
  if (made.code !== 0) return [failed('packaged', made.output)];
  return onDisplay((env) => testInBrowser('packaged', { ...env, CASEBOOK_PACKAGED: join(ROOT, 'release/linux-unpacked/casebook') }));
}
