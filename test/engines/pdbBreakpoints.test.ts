import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { plainBreakpoint } from '../../preload/protocol/breakpoints';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge } from '../helpers/bridgeSession';
import type { BridgeLaunch } from '../helpers/bridgeSession';
import type { Bodies } from '../helpers/bridgeMessages';
import { boundList } from '../helpers/bridgeMessages';

const DEPOT = join(PROGRAMS, 'depot.py');
const TEXT = readFileSync(DEPOT, 'utf8').split('\n');
/** The number of the only line of depot.py with this text. */
function at(text: string): number {
  const found = TEXT.flatMap((line, index) => (line.includes(text) ? [index + 1] : []));
  if (found.length !== 1) throw new Error(`${text} stands on ${found.length} lines of depot.py`);
  return found[0] ?? 0;
}
const WEIGHED = at('total += parcel.weight');
const CHECKED = at('        check(parcel)');
const FEE = at('return parcel.fee');

const place = ({ reason, frames, frame }: Bodies['stopped']) => `${reason} ${frames[frame]?.name.split('.').at(-1)}:${frames[frame]?.line}`;
const local = ({ locals }: Bodies['stopped'], name: string) => locals.items.find((item) => item.name === name)?.value;
const PYTHONS = ALL_PYTHONS.filter(({ version }) => ['3.8', '3.11', '3.12', '3.13', '3.14'].includes(version));
/** Whether breakpoints are looked for by sys.monitoring there. */
const isMonitored = ({ version }: { readonly version: string }) => Number(version.split('.')[1]) >= 12;

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

async function start(launch: Omit<BridgeLaunch, 'script'>): Promise<BridgeSession> {
  session = await BridgeSession.start({ script: DEPOT, stopOnEntry: false, ...launch });
  return session;
}

describe.each(PYTHONS)('on Python $version', ({ path: python, version }) => {
  const run = (kind: string, launch: Partial<BridgeLaunch> = {}) => start({ python, bridge, args: [kind], ...launch });

  test.each([
    ['4', [4]],
    ['== 4', [4]],
    ['>= 5', [5, 6]],
    ['> 5', [6]],
    ['% 3', [3, 6]],
  ])('a hit condition of %s counts its hits', async (hitCondition, stops) => {
    const it = await run('day', { breakpoints: [{ path: DEPOT, line: CHECKED, hitCondition }] });
    for (const hits of stops) {
      const stopped = await it.next('stopped');
      expect(stopped.breakpoints[0]).toMatchObject({ hits, hitCondition, temporary: false });
      it.type('continue');
    }
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('a log message is one line in the console, without a stop, and says what could not be evaluated', async () => {
    const logMessage = '{parcel.number}: {total:>4} {{kept}} {missing} {"a\\nb"!r} {dict(x=1)["x"]}{{"x"}}';
    const it = await run('day', { breakpoints: [{ path: DEPOT, line: CHECKED, condition: 'total > 5', logMessage }] });
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    expect(it.events.map((event) => event.name)).toEqual(['breakpoints', 'continued', 'finished']);
    await it.console.shows('The program finished.');
    const logs = it.console.text.split('\r\n').filter((line) => line.startsWith('Log '));
    const rest = `{kept} (NameError: name 'missing' is not defined) 'a\\nb' 1{"x"}`;
    expect(logs).toEqual([
      `Log depot.py:${CHECKED}: 3:    6 ${rest}`,
      `Log depot.py:${CHECKED}: 4:   10 ${rest}`,
      `Log depot.py:${CHECKED}: 5:   15 ${rest}`,
      `Log depot.py:${CHECKED}: 6:   21 ${rest}`,
    ]);
  });

  test('a condition that fails stops the program and says why', async () => {
    const it = await run('day', { breakpoints: [{ path: DEPOT, line: CHECKED, condition: 'totl > 5' }] });
    const stopped = await it.next('stopped');
    expect(stopped.note).toBe("The condition failed: NameError: name 'totl' is not defined.");
    it.type(`condition 1 total > 14`);
    await it.next('changed');
    const next = await it.step('continue');
    expect([next.note, local(next, 'total'), next.breakpoints[0]?.condition]).toEqual(['', '15', 'total > 14']);
  });

  test('a temporary one stops once and has left the table by then', async () => {
    const it = await run('day', {
      breakpoints: [
        { path: DEPOT, line: CHECKED, condition: 'total > 5', temporary: true },
        { path: DEPOT, line: FEE, condition: 'parcel.number == 5' },
      ],
    });
    const stopped = await it.next('stopped');
    expect(place(stopped)).toBe(`breakpoint weigh:${CHECKED}`);
    expect(stopped.breakpoints.map((point) => point.line)).toEqual([FEE]);
    expect(place(await it.step('continue'))).toBe(`breakpoint check:${FEE}`);
  });

  test('what is typed of a breakpoint holds beside what was clicked of it', async () => {
    const it = await run('day', { breakpoints: [{ path: DEPOT, line: CHECKED, hitCondition: '>= 2' }] });
    expect((await it.next('stopped')).breakpoints[0]?.hits).toBe(2);
    it.type('ignore 1 2');
    const third = await it.step('continue');
    expect([local(third, 'total'), third.breakpoints[0]?.hits]).toEqual(['15', 5]);
    for (const line of ['commands 1', 'silent', 'p total * 100', 'continue', 'continue']) it.type(line);
    await it.next('finished');
    await it.console.shows('\r\n2100\r\n');
  });

  test('a disabled one, typed or clicked, does not stop, and one that cannot be is said so', async () => {
    const it = await run('day', { breakpoints: [{ path: DEPOT, line: CHECKED }] });
    await it.next('stopped');
    const answer = boundList.parse(
      await it.request('setBreakpoints', {
        breakpoints: [
          { ...plainBreakpoint(DEPOT, CHECKED), enabled: false },
          { ...plainBreakpoint(DEPOT, FEE), logMessage: 'fee {parcel.fee' },
          { ...plainBreakpoint(DEPOT, WEIGHED), hitCondition: 'often' },
        ],
      }),
    );
    expect(answer.map(({ verified, message }) => [verified, message])).toEqual([
      [true, ''],
      [false, 'The log message has no expression that compiles at {parcel.fee. Write {{ for a brace of the text.'],
      [false, 'The hit condition is a number, after >=, >, == or %, such as >= 5.'],
    ]);
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('after continue no tracer is left where breakpoints are monitored', async () => {
    const it = await run('day', { breakpoints: [{ path: DEPOT, line: CHECKED, hitCondition: '2' }] });
    await it.next('stopped');
    it.type('next');
    await it.next('stopped');
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    await it.console.shows(`traced: ${isMonitored({ version }) ? 'False' : 'True'}`);
  });

  test('a line is stopped at once, however it is reached', async () => {
    const it = await run('day', {
      breakpoints: [
        { path: DEPOT, line: CHECKED },
        { path: DEPOT, line: WEIGHED },
      ],
    });
    expect(place(await it.next('stopped'))).toBe(`breakpoint weigh:${WEIGHED}`);
    expect(place(await it.step('next'))).toBe(`step weigh:${CHECKED}`);
    expect(place(await it.step('continue'))).toBe(`breakpoint weigh:${WEIGHED}`);
    const stopped = await it.step('continue');
    expect([place(stopped), local(stopped, 'total')]).toEqual([`breakpoint weigh:${CHECKED}`, '3']);
    it.type('clear 2');
    await it.next('changed');
    it.type('tbreak depot.py:' + CHECKED);
    await it.next('changed');
    it.type('clear 1');
    await it.next('changed');
    const next = await it.step('continue');
    expect([place(next), local(next, 'total')]).toEqual([`breakpoint weigh:${CHECKED}`, '6']);
    it.type('continue');
    await it.next('finished');
  });

  test('a breakpoint stops within a call that is stepped over, and steps go on from there', async () => {
    const it = await run('day', { breakpoints: [{ path: DEPOT, line: CHECKED }] });
    await it.next('stopped');
    it.type(`b ${FEE}`);
    await it.next('changed');
    expect(place(await it.step('next'))).toBe(`breakpoint check:${FEE}`);
    expect(place(await it.step('step'))).toMatch(/^call fee:/);
    expect(place(await it.step('return'))).toMatch(/^return fee:/);
    expect(place(await it.step('step'))).toBe(`return check:${FEE}`);
    expect(place(await it.step('next'))).toBe(`step weigh:${at('for parcel in parcels:')}`);
    expect(place(await it.step('continue'))).toBe(`breakpoint weigh:${CHECKED}`);
    expect(place(await it.step('return'))).toBe(`breakpoint check:${FEE}`);
  });

  test('what is assigned at a breakpoint is the program’s, and jump moves it', async () => {
    const it = await run('day', { breakpoints: [{ path: DEPOT, line: CHECKED, hitCondition: '6' }] });
    await it.next('stopped');
    it.type(`jump ${WEIGHED}`);
    await it.next('changed');
    const again = await it.step('next');
    expect([place(again), local(again, 'total')]).toEqual([`step weigh:${CHECKED}`, '27']);
    it.type(`b ${FEE}`);
    await it.next('changed');
    await it.step('continue');
    it.type('parcel = 0');
    await it.next('changed');
    it.type('continue');
    expect(await it.next('stopped')).toMatchObject({ reason: 'post-mortem', exception: { typeName: 'AttributeError' } });
  });

  test('a breakpoint set at a prompt counts in functions that are already on the stack', async () => {
    const it = await run('day', { breakpoints: [{ path: DEPOT, line: FEE, hitCondition: '2' }] });
    await it.next('stopped');
    it.type(`b ${CHECKED}`);
    await it.next('changed');
    it.type(`b ${at("print('weighed:', total)")}`);
    await it.next('changed');
    expect(place(await it.step('continue'))).toBe(`breakpoint weigh:${CHECKED}`);
    it.type('clear 2');
    await it.next('changed');
    expect(place(await it.step('continue'))).toBe(`breakpoint day:${at("print('weighed:', total)")}`);
  });

  test('every thread stops at a breakpoint, and the hits are right', async () => {
    const it = await run('clerks', {
      breakpoints: [
        { path: DEPOT, line: CHECKED, logMessage: '{parcel.number}' },
        { path: DEPOT, line: at('return total'), temporary: false },
      ],
    });
    const stops = [await it.next('stopped'), await it.step('continue'), await it.step('continue'), await it.step('continue')];
    expect(stops.map((stop) => stop.threadName).sort()).toEqual(['ann', 'ben', 'cy', 'dee']);
    expect(stops.map((stop) => local(stop, 'total'))).toEqual(['1275', '1275', '1275', '1275']);
    expect(stops.at(-1)?.breakpoints.map((point) => point.hits)).toEqual([200, 4]);
    it.type('continue');
    await it.next('finished');
    await it.console.shows('The program finished.');
    expect(it.console.text.match(/Log depot/g)).toHaveLength(200);
  });
});

/** A program whose threads run, stopped by Ctrl-C before it has any breakpoint, and then one is set in another thread's loop. */
async function setInWatch(python: string): Promise<BridgeSession> {
  const it = await start({ python, bridge, args: ['night'] });
  await it.console.shows('the watch begins');
  it.keys('\x03');
  expect(await it.next('stopped')).toMatchObject({ reason: 'pause', threadName: 'MainThread' });
  const wanted = { ...plainBreakpoint(DEPOT, at('rounds += 1')), condition: 'rounds > 2' };
  expect(await it.request('setBreakpoints', { breakpoints: [wanted] })).toMatchObject([{ verified: true }]);
  return it;
}

describe.each(PYTHONS.filter((python) => !isMonitored(python)))('on Python $version', ({ path: python }) => {
  test('it is said that threads which run already do not stop at a first breakpoint', async () => {
    const it = await setInWatch(python);
    expect((await it.next('trouble')).message).toContain('Set a breakpoint before they are started.');
  });
});

describe.each(PYTHONS.filter(isMonitored))('on Python $version', ({ path: python }) => {
  test('a first breakpoint counts for threads that run already', async () => {
    const it = await setInWatch(python);
    const stopped = await it.step('continue');
    expect([stopped.threadName, place(stopped)]).toEqual(['watch', `breakpoint night_watch:${at('rounds += 1')}`]);
  });

  test('where another tool holds the monitoring, breakpoints work by tracing and it is said', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'casebook-tool-'));
    writeFileSync(join(folder, 'sitecustomize.py'), 'import sys\nsys.monitoring.use_tool_id(sys.monitoring.DEBUGGER_ID, "probe")\n');
    const it = await start({
      python,
      bridge,
      args: ['clerks'],
      breakpoints: [{ path: DEPOT, line: at('return total') }],
      env: { PYTHONPATH: folder },
    });
    expect((await it.next('trouble')).message).toBe(
      'Another debugger (probe) holds this Python’s monitoring, so code with a breakpoint runs slower.',
    );
    const stops = [await it.next('stopped'), await it.step('continue'), await it.step('continue'), await it.step('continue')];
    expect(stops.map((stop) => stop.threadName).sort()).toEqual(['ann', 'ben', 'cy', 'dee']);
    it.type('continue');
    await it.next('finished');
    await it.console.shows('traced: True');
  });
});
