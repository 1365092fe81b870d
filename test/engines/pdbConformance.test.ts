import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ALL_PYTHONS, packBridge } from '../helpers/bridgeSession';
import { StopCounter, runSuites, runSuitesBeside } from '../helpers/conformance';

/** Test ids that stock pdb passes and the bridge does not. None is the goal; whatever is added here needs its reason beside it. */
const DIFFERENT: readonly string[] = [];
const TIME_MS = 300_000;

const isLong = process.env['CASEBOOK_LONG'] === '1';
const chosen = ALL_PYTHONS.filter(({ version }) => version === '3.11' || version === '3.13');
const PYTHONS = isLong || chosen.length === 0 ? ALL_PYTHONS : chosen;

let folder = '';
let probe = '';
let counter: StopCounter;
beforeAll(() => {
  probe = packBridge();
});
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'casebook-conformance-'));
  counter = await StopCounter.open(join(folder, 'socket'));
});
afterEach(() => {
  counter.close();
  rmSync(folder, { recursive: true });
});

describe.each(PYTHONS)("CPython's test_pdb and test_bdb on Python $version", ({ path: python }) => {
  test(
    'pass with the bridge in place where they pass without it',
    async () => {
      const stock = await runSuites(python, folder);
      expect(counter.stops.size).toBe(0);
      const { pid, tests } = await runSuitesBeside(python, { folder, probe, socket: join(folder, 'socket') });
      const passes = Object.keys(stock.tests).filter((id) => stock.tests[id] === 'passed');
      expect(passes.length).toBeGreaterThan(70);

      const different = Object.entries(tests).filter(([id, outcome]) => outcome !== stock.tests[id] && stock.tests[id] === 'passed');
      expect(different.filter(([id]) => !DIFFERENT.includes(id)).map(([id, outcome]) => `${id}\n${outcome}`)).toEqual([]);
      expect(different.map(([id]) => id)).toEqual(DIFFERENT);
      expect(Object.keys(tests).sort()).toEqual(Object.keys(stock.tests).sort());

      // The bridge was on: it told of stops in this process, and in those that the tests start as `python -m pdb`.
      const inChildren = [...counter.stops].filter(([process]) => process !== pid).map(([, stops]) => stops);
      expect(counter.stops.get(pid)).toBeGreaterThan(90);
      expect(inChildren.filter((stops) => stops > 0).length).toBeGreaterThan(12);
      expect(inChildren.reduce((sum, stops) => sum + stops, 0)).toBeGreaterThan(30);
      // One test stops while the interpreter ends, where 3.12 and later start no thread to answer requests.
      expect(counter.troubles.filter((trouble) => !JSON.stringify(trouble).includes('Python is ending'))).toEqual([]);
    },
    TIME_MS,
  );
});
