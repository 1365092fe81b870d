import { install } from './install.mjs';
import { STAGES } from './stages.mjs';

/** The gates for daily use: no browser, no debugger, seconds. */
const DAILY = ['types', 'lint', 'format', 'unit'];

try {
  const begun = Date.now();
  await install();
  const [unit, ...others] = DAILY.toReversed();
  // The compiler and the linters share the cores well; the unit tests have their own time limits.
  const early = await Promise.all(others.map((name) => STAGES[name]()));
  const failures = [...early.flat(), ...(await STAGES[unit]())].filter((found) => found.outcome === 'failed');
  for (const { name, message } of failures) console.log(`\nFAILED ${name}\n${message}`);
  console.log(`\n${failures.length === 0 ? 'All is well' : `${failures.length} failed`} (${((Date.now() - begun) / 1000).toFixed(1)} s).`);
  process.exitCode = failures.length === 0 ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
