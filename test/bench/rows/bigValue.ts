import { PROGRAMS } from '../casebook';
import type { Casebook } from '../casebook';
import { atMost } from '../goals';
import { inProcess } from '../inProcess';
import { PlainPdb } from '../peers/plainPdb';
import type { Effort, Pair, Row } from '../row';
import { standAt } from '../stepping';
import { timed } from '../timed';

const PROGRAM = 'million.py';
/** Of the loop's body, in `hold`. */
const LINE = 8;
const ELEMENTS = 1_000_000;
/** As many as a view asks for at once. */
const PAGE = 100;

/** One step and a list of a million elements shown: summary, its first page and its last, against `p` in plain pdb. */
export const bigValue: Row = {
  name: 'big-value',
  unit: 'ms',
  goal: atMost(20, 'ms'),
  measure: async (effort) => (await measureShown(effort)).map(({ ours, peer }): Pair => [ours.ms, peer.ms]),
};

/** What crosses the seam for that. */
export const bigValueBytes: Row = {
  name: 'big-value-bytes',
  unit: 'bytes',
  goal: atMost(64 << 10, 'bytes'),
  measure: async (effort) => (await measureShown(effort)).map(({ ours, peer }): Pair => [ours.bytes, peer.bytes]),
};

interface Cost {
  readonly ms: number;
  readonly bytes: number;
}

async function measureShown(effort: Effort): Promise<readonly { readonly ours: Cost; readonly peer: Cost }[]> {
  const count = effort.pairs(15, 3);
  const pdb = await PlainPdb.start(`${PROGRAMS}/${PROGRAM}`);
  try {
    await pdb.command(`break ${LINE}`);
    await pdb.command('continue');
    return await inProcess(async (casebook) => {
      const show = await shower(casebook);
      const pairs = [];
      while (pairs.length < count) pairs.push({ ours: await cost(show), peer: await cost(() => pdb.command('p numbers')) });
      return pairs;
    });
  } finally {
    pdb.close();
  }
}

async function cost(show: () => Promise<number>): Promise<Cost> {
  let bytes = 0;
  const ms = await timed(async () => (bytes = await show()));
  return { ms, bytes };
}

/** Brings our session into the loop. @returns one step, after which all is asked for that shows the list; tells its bytes */
async function shower(casebook: Casebook): Promise<() => Promise<number>> {
  const { request } = casebook;
  const { session, next } = await standAt(casebook, PROGRAM, LINE);
  return async () => {
    const stopId = await next();
    const [scope] = await request('session.scopes', { session, stopId, frame: 0 });
    if (!scope) throw new Error('The stop has no scope, so there is no list to show.');
    const page = (reference: number, start: number) => request('session.variables', { session, stopId, reference, start, count: PAGE });
    const locals = await page(scope.reference, 0);
    const numbers = locals.items.find((variable) => variable.name === 'numbers');
    if (numbers?.count !== ELEMENTS) throw new Error(`The list of ${ELEMENTS} elements is shown as ${JSON.stringify(numbers)}.`);
    const shown = [scope, locals, await page(numbers.reference, 0), await page(numbers.reference, ELEMENTS - PAGE)];
    const last = shown.at(-1);
    if (!JSON.stringify(last).includes(`"${ELEMENTS - 1}"`))
      throw new Error(`The last page ends otherwise: ${JSON.stringify(last).slice(-200)}`);
    return Buffer.byteLength(JSON.stringify(shown));
  };
}
