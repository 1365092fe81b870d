import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { endAll, isStopping } from './child.mjs';
import { install } from './install.mjs';
import { endLeftovers, markDescendants } from './leftovers.mjs';
import { failed, judgeSkips } from './results.mjs';
import { STAGES } from './stages.mjs';
import { ROOT } from './tree.mjs';

const USAGE = `npm test [-- --long] [-- --only ${Object.keys(STAGES).join('|')}]`;

/** What the command line asks for. */
function readOptions() {
  const { values } = parseArgs({ options: { long: { type: 'boolean' }, only: { type: 'string', multiple: true } } });
  const unknown = values.only?.find((name) => !(name in STAGES));
  if (unknown) throw new Error(`There is no stage ${unknown}. Use: ${USAGE}`);
  return { long: values.long ?? false, stages: values.only ?? Object.keys(STAGES) };
}

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs the stages one after the other, so that what they measure is not disturbed. */
async function runStages(names) {
  const results = [];
  const times = [];
  for (const name of names) {
    if (isStopping()) return { results: [...results, failed(name, 'Not run: the tests were interrupted.')], times };
    console.log(`\n── ${name}`);
    const begun = Date.now();
    const found = await STAGES[name]();
    results.push(...found);
    times.push(`${name} ${seconds(begun)}`);
    for (const command of endLeftovers()) console.log(`Left running by ${name}, now ended: ${command}`);
    const bad = found.filter((one) => one.outcome === 'failed').length;
    console.log(`   ${name}: ${found.length - bad} of ${found.length} without failure, ${seconds(begun)}`);
  }
  return { results, times };
}

/** Everything that a reader of the log must know, at its end, where it is looked for. */
function printSummary(results, times) {
  const of = (outcome) => results.filter((found) => found.outcome === outcome);
  console.log(`\nTimes: ${times.join(' · ')}`);
  for (const { name, message } of of('failed')) console.log(`\nFAILED ${name}\n${message.replaceAll(/^/gm, '    ')}`);
  for (const { name, message } of of('skipped')) console.log(`\nSKIPPED ${name}\n    ${message}`);
  console.log(`\n${of('passed').length} passed, ${of('failed').length} failed`);
}

async function test() {
  const begun = Date.now();
  const { long, stages } = readOptions();
  if (long) process.env.CASEBOOK_LONG = '1';
  await install('test');
  await build();
  // Not before the build: esbuild keeps a process of its own, which ends with this one.
  markDescendants();
  const ready = `set-up ${seconds(begun)}`;
  const { results, times } = await runStages(stages);
  const entries = JSON.parse(readFileSync(join(ROOT, 'test/skips.json'), 'utf8'));
  const whole = stages.length === Object.keys(STAGES).length;
  const judged = judgeSkips(results, entries, whole);
  if (!judged.some((found) => found.outcome === 'passed')) judged.push(failed('npm test', 'Nothing passed.'));
  printSummary(judged, [ready, ...times, `all ${seconds(begun)}`]);
  return judged.some((found) => found.outcome === 'failed') ? 1 : 0;
}

try {
  process.exitCode = await test();
} catch (error) {
  console.error(error.message);
  console.log('\n0 passed, 1 failed');
  process.exitCode = 1;
  endAll();
}
