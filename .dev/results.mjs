import { relative } from 'node:path';
import { ROOT } from './tree.mjs';

/**
 * What a stage found: `{ name, outcome, message }` for each check, where `outcome` is `passed`, `failed` or `skipped`
 * and `message` says why it did not pass. A name is the file, the groups and the title, with ` > ` between.
 */
const result = (name, outcome, message = '') => ({ name, outcome, message });
export const passed = (name) => result(name, 'passed');
export const failed = (name, message) => result(name, 'failed', message);
export const skipped = (name, message) => result(name, 'skipped', message);

// Colours of assertion messages would be noise in a log.
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
const plain = (text) => text.replaceAll(COLOUR, '').trim();

/** What vitest's JSON report says. A file that could not even be loaded is one failure. */
export function readVitestReport(report) {
  return report.testResults.flatMap((file) => {
    const path = relative(ROOT, file.name);
    const tests = file.assertionResults.map((test) => {
      const name = [path, ...test.ancestorTitles.filter(Boolean), test.title].join(' > ');
      if (test.status === 'passed') return passed(name);
      if (test.status === 'failed') return failed(name, plain(test.failureMessages.join('\n')));
      return skipped(name);
    });
    const told = tests.some((test) => test.outcome === 'failed');
    return file.status === 'failed' && !told ? [...tests, failed(path, plain(file.message || 'The file could not be run.'))] : tests;
  });
}

/** What Playwright's JSON report says. Its project is the first word of a name: `web: test/e2e/…`. */
export function readPlaywrightReport(report) {
  const outside = report.errors.map((error) => failed('playwright', plain(error.message ?? error.value ?? '')));
  return [...outside, ...report.suites.flatMap((suite) => readSuite(suite, [relative(ROOT, `${report.config.rootDir}/${suite.file}`)]))];
}

function readSuite(suite, path) {
  const inner = (suite.suites ?? []).flatMap((next) => readSuite(next, [...path, next.title]));
  const specs = suite.specs.flatMap((spec) => spec.tests.map((test) => readTest(test, [...path, spec.title].join(' > '))));
  return [...specs, ...inner];
}

function readTest(test, title) {
  const name = `${test.projectName}: ${title}`;
  if (test.status === 'expected') return passed(name);
  if (test.status === 'skipped') return skipped(name, test.annotations.find((note) => note.type === 'skip')?.description);
  const errors = test.results.flatMap((attempt) => attempt.errors.map((error) => plain(error.message ?? error.value ?? '')));
  return failed(name, errors.join('\n') || `ended as ${test.status}`);
}

/**
 * A skip must be known beforehand, with its reason; what nobody decided counts as a failure. An entry of the list that
 * nothing needs any more is one too, unless it says `when` it is needed.
 *
 * @param entries what test/skips.json holds: `{ test, reason, when? }`, where `test` is a name with or without project
 * @param whole whether every test was run, so that an unused entry can be told
 */
export function judgeSkips(results, entries, whole) {
  const used = new Set();
  const judged = results.map((found) => {
    if (found.outcome !== 'skipped') return found;
    const entry = entries.find(({ test }) => found.name === test || found.name.endsWith(`: ${test}`));
    if (!entry) return failed(found.name, `skipped${found.message ? ` ("${found.message}")` : ''}, but test/skips.json does not list it`);
    used.add(entry);
    return skipped(found.name, entry.reason);
  });
  const idle = whole ? entries.filter((entry) => !entry.when && !used.has(entry)) : [];
  return [...judged, ...idle.map(({ test }) => failed('test/skips.json', `lists "${test}", which was not skipped: delete the entry`))];
}
