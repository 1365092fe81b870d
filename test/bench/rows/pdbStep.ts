import { PROGRAMS } from '../casebook';
import type { Casebook } from '../casebook';
import { atMostTimesPeer } from '../goals';
import { inProcess } from '../inProcess';
import { Debugpy } from '../peers/debugpy';
import type { Pair, Row } from '../row';
import { standAt } from '../stepping';
import { timed } from '../timed';

const PROGRAM = 'steps.py';
/** Of the loop's body. */
const LINE = 9;
/** As many as debugpy is asked for. */
const FRAMES = 20;

/** A step to stack and locals in main's session state, against debugpy as Debian ships it. */
export const pdbStep: Row = {
  name: 'pdb-step',
  unit: 'ms',
  goal: atMostTimesPeer(1 / 40),
  measure: (effort) => measureSteps('as shipped', effort.pairs(60, 10)),
};

/** The same, against a debugpy whose sockets do not wait for more to send. */
export const pdbStepNodelay: Row = {
  name: 'pdb-step-nodelay',
  unit: 'ms',
  goal: atMostTimesPeer(1 / 10),
  measure: (effort) => measureSteps('none', effort.pairs(200, 20)),
};

async function measureSteps(delay: 'as shipped' | 'none', count: number): Promise<readonly Pair[]> {
  const debugpy = await Debugpy.stoppedAt(`${PROGRAMS}/${PROGRAM}`, LINE, delay);
  try {
    return await inProcess(async (casebook) => {
      const step = await stepper(casebook);
      const pairs: Pair[] = [];
      while (pairs.length < count) pairs.push([await timed(step), await timed(() => debugpy.step())]);
      return pairs;
    });
  } finally {
    await debugpy.close();
  }
}

/** Brings our session to the same line. @returns one step over, to the same answers */
async function stepper(casebook: Casebook): Promise<() => Promise<void>> {
  const { request } = casebook;
  const { session, next } = await standAt(casebook, PROGRAM, LINE);
  return async () => {
    const stopId = await next();
    await request('session.stackTrace', { session, stopId, start: 0, count: FRAMES });
    const [locals] = await request('session.scopes', { session, stopId, frame: 0 });
    if (!locals) throw new Error('The stop has no scope, so there are no locals to measure.');
    await request('session.variables', { session, stopId, reference: locals.reference, start: 0, count: 100 });
  };
}
