import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plainBreakpoint } from '../../preload/protocol/breakpoints';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge } from '../helpers/bridgeSession';
import type { BridgeLaunch } from '../helpers/bridgeSession';
import type { Bodies } from '../helpers/bridgeMessages';
import { DoorKeeper } from '../helpers/doorKeeper';
import type { Visit } from '../helpers/doorKeeper';
import { hasEnded } from '../helpers/processes';

const NIGHTLY = join(PROGRAMS, 'nightly.py');
const RELAY = join(PROGRAMS, 'relay.py');
const RESULT = { path: NIGHTLY, line: 13 };
const local = ({ locals }: Bodies['stopped'], name: string) => locals.items.find((item) => item.name === name)?.value;

let bridge = '';
let session: BridgeSession | undefined;
let keeper: DoorKeeper;
beforeAll(() => {
  bridge = packBridge();
});
beforeEach(async () => {
  keeper = await DoorKeeper.open();
  keeper.breakpoints = [plainBreakpoint(RESULT.path, RESULT.line)];
});
afterEach(async () => {
  await session?.close();
  await keeper.close();
});

describe.each(ALL_PYTHONS)('on Python $version', ({ path: python }) => {
  async function start(args: readonly string[], launch: Partial<BridgeLaunch> = {}): Promise<BridgeSession> {
    session = await BridgeSession.start({
      python,
      bridge,
      script: 'nightly.py',
      args,
      stopOnEntry: false,
      ownTty: true,
      children: 'follow',
      door: keeper.place,
      breakpoints: [RESULT],
      ...launch,
    });
    return session;
  }

  /** Sees each of the job's children through its one stop. */
  async function see(count: number, then: (visit: Visit, stopped: Bodies['stopped']) => void): Promise<string[]> {
    const shops: string[] = [];
    for (let left = count; left; left--) {
      const visit = await keeper.visit();
      const stopped = await visit.next('stopped');
      shops.push(local(stopped, 'shop') ?? '');
      then(visit, stopped);
    }
    return shops.sort();
  }

  test('a forked child keeps the breakpoints, comes in at its first stop and prompts in a console of its own', async () => {
    const it = await start(['fork', '-']);
    const visit = await keeper.visit();
    expect(visit.papers).toMatchObject({ ppid: it.hello?.pid, how: 'fork', argv: ['nightly.py', 'fork', '-'] });
    const stopped = await visit.next('stopped');
    expect(stopped).toMatchObject({ reason: 'breakpoint', threadName: 'MainThread' });
    expect(stopped.frames.map((frame) => frame.name).slice(0, 3)).toEqual(['total', 'by_fork', '<module>']);
    await visit.console.shows('(Pdb) ');
    visit.type('p takings');
    await visit.console.shows('[12, 30, 7]');
    expect(local(await visit.step('next'), 'result')).toBe('49');
    visit.type('continue');
    await visit.gone();
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    await it.program.shows(/north 49 status 0\r\nnightly job done/);
    expect(it.console.text).not.toContain('takings');
    expect(it.events.filter(({ name }) => name === 'stopped')).toEqual([]);
  });

  test('a child that stops nowhere opens nothing', async () => {
    keeper.breakpoints = [];
    const it = await start(['fork', '-'], { breakpoints: [{ path: NIGHTLY, line: 18 }] });
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    expect(keeper.visits).toHaveLength(0);
  });

  test('left alone, children run on as if there were no debugger', async () => {
    const it = await start(['fork', '-'], { children: 'leave' });
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    await it.program.shows('north 49 status 0');
    expect(keeper.visits).toHaveLength(0);
  });

  test.each(['fork', 'spawn', 'forkserver'])('multiprocessing children stop each in a console of its own (%s)', async (way) => {
    const it = await start(['process', way]);
    const shops = await see(3, (visit) => visit.type('continue'));
    expect(shops).toEqual(["'harbour'", "'north'", "'south'"]);
    expect(new Set(keeper.visits.map((visit) => visit.terminal?.ttyName)).size).toBe(3);
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    await it.program.shows("['harbour 45', 'north 49', 'south 10'] [0, 0, 0]");
    await Promise.all(keeper.visits.map((visit) => visit.gone()));
  });

  test.each([
    ['pool', 'fork'],
    ['pool', 'spawn'],
    ['executor', 'fork'],
    ['executor', 'spawn'],
  ])('workers of a %s (%s) can be stepped, though their input is nothing', async (way, how) => {
    const it = await start([way, how]);
    const stops: Promise<void>[] = [];
    let seen = 0;
    const drive = async (visit: Visit) => {
      await visit.next('stopped');
      for (;;) {
        const stepped = await visit.step('next');
        expect(local(stepped, 'result')).toMatch(/^(49|10|45)$/);
        seen++;
        visit.type('continue');
        if (seen === 3) return;
        await Promise.race([visit.next('stopped'), allSeen]);
        if (seen === 3) return;
      }
    };
    let tellAll = () => {};
    const allSeen = new Promise<void>((resolve) => (tellAll = resolve));
    stops.push(drive(await keeper.visit()).then(tellAll));
    void keeper
      .visit()
      .then(drive, () => {})
      .then(tellAll);
    await allSeen;
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    await it.program.shows("[('harbour', 45), ('north', 49), ('south', 10)]");
  });

  test('a running child is paused by itself, and Ctrl-C in the parent’s console leaves it alone', async () => {
    const it = await start(['service'], { script: 'lamp.py', breakpoints: [{ path: join(PROGRAMS, 'lamp.py'), line: 11 }] });
    keeper.breakpoints = [];
    const visit = await keeper.visit();
    await visit.next('stopped');
    visit.type('continue');
    await visit.next('continued');
    it.keys('\x03');
    expect(await it.next('stopped')).toMatchObject({ reason: 'pause' });
    keeper.signal(visit.papers.pid, 'SIGURG');
    const paused = await visit.next('stopped');
    expect(paused).toMatchObject({ reason: 'pause' });
    expect(paused.frames[0]?.name).toBe('burn');
    expect(visit.events.filter(({ name }) => name === 'stopped')).toHaveLength(2);
  });

  test('a child that a thread forks while another has the prompt has its own streams and its own prompt', async () => {
    keeper.breakpoints = [plainBreakpoint(RELAY, 11)];
    const it = await start([], { script: 'relay.py', breakpoints: [{ path: RELAY, line: 11 }] });
    await it.next('stopped');
    const visit = await keeper.visit();
    const stopped = await visit.next('stopped');
    expect(stopped).toMatchObject({ reason: 'breakpoint', threadName: 'relay', waiting: [] });
    await it.program.shows('child weighs');
    visit.type('run');
    expect((await visit.next('refused')).message).toContain('do that where it was started');
    visit.type('continue');
    await visit.gone();
    await it.program.shows('child weighed 6');
    expect(it.console.text).not.toContain('weighed');
    it.type('p 6 * 7');
    await it.console.shows(/\r\n42\r\n/);
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('function breakpoints hold in a spawned child too', async () => {
    await start(['process', 'spawn'], { breakpoints: [], functionBreakpoints: [{ name: 'total' }] });
    const visit = await keeper.visit();
    expect(await visit.next('stopped')).toMatchObject({ reason: 'breakpoint' });
    expect(visit.papers.how).toBe('spawn');
  });

  test('when the workbench hangs up, a child that stands at its prompt runs on', async () => {
    const it = await start(['fork', '-']);
    const visit = await keeper.visit();
    await visit.next('stopped');
    await keeper.close();
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    await it.program.shows('north 49 status 0');
    await hasEnded(visit.papers.pid);
  });
});
