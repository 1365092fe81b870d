import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { sourceQueries } from '../../preload/protocol/queries/source';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge } from '../helpers/bridgeSession';
import type { Bodies } from '../helpers/bridgeMessages';

const LINES = readFileSync(join(PROGRAMS, 'delivery.py'), 'utf8').split('\n');
const lineOf = (text: string) => LINES.findIndex((line) => line.includes(text)) + 1;
const OFF = { library: false, decorators: false, generators: false };
const LIBRARY = { ...OFF, library: true };

/** `call weigh`, `step plan: route = sorted(parcels, key=by_weight)` */
function place({ reason, frames: [frame] }: Bodies['stopped']): string {
  const at = `${reason} ${frame?.name.split('.').at(-1)}`;
  return reason === 'call' ? at : `${at}: ${LINES[(frame?.line ?? 0) - 1]?.trim()}`;
}

let bridge = '';
let session: BridgeSession | undefined;
const open = (): BridgeSession => {
  if (!session) throw new Error('there is no session');
  return session;
};
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

/** Runs the deliveries to the line with this text. */
async function runTo(python: string, text: string): Promise<BridgeSession> {
  await session?.close();
  const breakpoints = [{ path: join(PROGRAMS, 'delivery.py'), line: lineOf(text) }];
  session = await BridgeSession.start({ python, bridge, script: 'delivery.py', breakpoints, stopOnEntry: false });
  expect(place(await session.next('stopped'))).toContain(text);
  await session.request('setBreakpoints', { breakpoints: [] });
  return session;
}

/** Steps as the workbench does: prepared first, then typed. */
async function stepIn(filters = OFF, target: number | null = null): Promise<string> {
  await open().request('prepareStep', { filters, target });
  return place(await open().step('step'));
}

const targets = async () => sourceQueries.stepInTargets.answer.strict().parse(await open().request('stepInTargets'));
const labels = async () => (await targets()).targets.map((target) => target.label);

async function stepInto(label: string, filters = OFF): Promise<string> {
  const found = (await targets()).targets.find((target) => target.label === label);
  expect(found, `a target ${label}`).toBeDefined();
  return stepIn(filters, found?.id ?? -1);
}

describe.each(ALL_PYTHONS)('a step on Python $version', ({ path: python, version }) => {
  const [, minor = 0] = version.split('.').map(Number);

  test('goes past library code, and stops in what that calls back', async () => {
    const it = await runTo(python, 'route = sorted');
    expect(await stepIn(LIBRARY)).toBe('call by_weight');
    await it.step('return');
    expect(await stepIn(LIBRARY)).toBe('call by_weight');
    await runTo(python, 'spare = Parcel');
    expect(await stepIn(LIBRARY)).toBe('call __post_init__');
    await open().step('return');
    expect(await stepIn(LIBRARY)).toBe("step plan: log.info('planned %d', len(names))");
    expect(await stepIn(LIBRARY)).toMatch(/^step plan: return total/);
  });

  test('that the person types is pdb’s own, also after a prepared one', async () => {
    const it = await runTo(python, 'log.info');
    await it.request('prepareStep', { filters: LIBRARY, target: null });
    it.type('p route[0].number');
    await it.console.shows('3\r\n');
    expect(place(await it.step('step'))).toBe('call info');
    await it.step('return');
    expect(place(await it.step('step'))).toMatch(/^step plan: return total/);
    expect(await stepIn(LIBRARY)).toBe('call weigh');
  });

  test('out of library code ends in the person’s, also where no step has been', async () => {
    const it = await runTo(python, 'return -parcel.grams');
    for (let at = 0; at < 2; at++) {
      await it.step('return');
      expect(await stepIn(LIBRARY)).toBe('call by_weight');
    }
    await it.step('return');
    expect(await stepIn(LIBRARY)).toBe('step plan: names = list(stops(route))');
  });

  test('passes a decorator’s wrapper when told to', async () => {
    await runTo(python, 'return price(1)');
    expect(await stepInto('price')).toBe('call wrapper');
    const it = await runTo(python, 'return price(1)');
    expect(await stepIn({ ...OFF, decorators: true })).toBe('call price');
    await it.step('return');
    expect(await stepIn({ ...OFF, decorators: true })).toBe('return failing: return price(1)');
  });

  test('passes generators and comprehensions when told to', async () => {
    const generators = { ...OFF, generators: true };
    const it = await runTo(python, 'names = list');
    expect(await stepIn(generators)).toBe('call label');
    await it.step('return');
    expect(await stepIn(generators)).toBe('return stops: yield parcel.label()');
    await runTo(python, 'names = list');
    expect(await stepIn()).toBe('call stops');
    expect(await stepIn(generators)).toBe('step stops: for parcel in parcels:');
  });

  test('goes into the chosen one of several calls', async () => {
    await runTo(python, 'total = price');
    expect(await labels()).toEqual(['weigh', 'zone', 'price']);
    expect(await stepInto('zone')).toBe('call zone');
    const it = await runTo(python, 'total = price');
    expect(await stepInto('price', { ...LIBRARY, decorators: true })).toBe('call price');
    await it.step('return');
    expect(await stepIn({ ...LIBRARY, decorators: true })).toBe('step plan: route = sorted(parcels, key=by_weight)');
  });

  test('says where each call stands', async () => {
    await runTo(python, 'total = price');
    const line = lineOf('total = price');
    expect((await targets()).targets.map((target) => [target.line, target.column, target.endColumn])).toEqual([
      [line, 18, 23],
      [line, 42, 46],
      [line, 12, 17],
    ]);
  });

  test('stops after the line when the chosen call is not made', async () => {
    await runTo(python, 'return total + sum');
    expect(await labels()).toEqual(['weigh', 'price']);
    expect(await stepInto('price')).toMatch(/^return plan/);
    expect(await targets()).toEqual({ targets: [], why: 'The function returns here: its calls have been made.' });
  });

  test('stops at an exception before the chosen call', async () => {
    await runTo(python, 'return price(parcels[len');
    expect(await labels()).toEqual(['zone', 'price']);
    expect(await stepInto('zone')).toMatch(/^exception failing: return price\(parcels/);
    expect((await targets()).why).toMatch(/^An exception passes through here/);
  });

  test('goes into a call of a statement over several lines, past its other lines', async () => {
    await runTo(python, 'print(day[0].label(),');
    expect(await labels()).toEqual(['day[0].label', 'failing']);
    expect(await stepInto('failing')).toBe('call failing');
  });

  test('tells the calls of a with from the one that leaves it, and names a chain over several lines', async () => {
    const it = await runTo(python, 'with ledger');
    expect(await labels()).toEqual(['ledger', 'ledger']);
    expect(place(await it.step('next'))).toContain('day.append(parcels[0]');
    expect(await labels()).toEqual(['parcels[0].label']);
    expect(await stepInto('parcels[0].label')).toBe('call label');
    if (minor < 10) return; // the line of the `with` is not passed again on the way out
    await it.step('return');
    expect(place(await it.step('next'))).toContain('day.append(parcels[0]');
    expect(place(await it.step('next'))).toContain('with ledger');
    expect(await labels()).toEqual([]);
  });

  test('says what cannot be stepped into, and why', async () => {
    const it = await runTo(python, 'names = list');
    expect(await targets()).toEqual({ targets: [], why: 'stops makes a generator: its body runs later.' });
    expect(place(await it.step('next'))).toMatch(/^step plan: fees/);
    const apart = 'What a comprehension, a generator or a lambda calls runs in a frame of its own: step into that first.';
    expect([await labels(), (await targets()).why]).toEqual(minor >= 12 ? [['weigh', 'price'], ''] : [[], apart]);
    await it.step('until');
    expect(await targets()).toMatchObject({ targets: [{ label: 'Parcel' }], why: '' });
    await expect(it.request('prepareStep', { filters: OFF, target: 1 })).rejects.toThrow('no longer to be made on this line');
  });
});
