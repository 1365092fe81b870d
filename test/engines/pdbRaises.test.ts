import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { exceptionFilters } from '../../preload/protocol/breakpoints';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge } from '../helpers/bridgeSession';
import type { BridgeLaunch } from '../helpers/bridgeSession';
import type { Bodies } from '../helpers/bridgeMessages';

const DEPOT = join(PROGRAMS, 'depot.py');
const TEXT = readFileSync(DEPOT, 'utf8').split('\n');
const at = (text: string) => TEXT.findIndex((line) => line.includes(text)) + 1;
const READ = at('fields = json.loads(text)');
const BUILT = at("return Parcel(fields['number'], fields['weight'])");
const BAD = at('raise ValueError');
const place = ({ reason, frames, frame }: Bodies['stopped']) => `${reason} ${frames[frame]?.name.split('.').at(-1)}:${frames[frame]?.line}`;
const RAISED = exceptionFilters.parse({ raised: true });
const PYTHONS = ALL_PYTHONS.filter(({ version }) => ['3.8', '3.11', '3.12', '3.13', '3.14'].includes(version));

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

describe.each(PYTHONS)('on Python $version', ({ path: python }) => {
  async function run(kind: string, launch: Partial<BridgeLaunch> = {}): Promise<BridgeSession> {
    session = await BridgeSession.start({ python, bridge, script: DEPOT, args: [kind], stopOnEntry: false, ...launch });
    return session;
  }

  test('a raised exception stops once, in the first frame of the person’s own that it passes', async () => {
    const it = await run('unread', { exceptionFilters: RAISED });
    const first = await it.next('stopped');
    expect([place(first), first.exception?.typeName]).toEqual([`exception read:${READ}`, 'JSONDecodeError']);
    expect(first.frames[0]?.name).toContain('raw_decode');
    const second = await it.step('continue');
    expect([place(second), second.exception]).toEqual([`exception read:${BUILT}`, { typeName: 'KeyError', message: "'weight'" }]);
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('in libraries too when they are not left out', async () => {
    const it = await run('unread', { exceptionFilters: { ...RAISED, onlyMine: false, types: ['json.decoder.JSONDecodeError'] } });
    expect((await it.next('stopped')).frames[0]?.name).toContain('raw_decode');
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test.each([
    [['LookupError'], BUILT],
    [['KeyError', 'TypeError'], BUILT],
    [['ValueError'], READ],
  ])('only those of the types %j, and of what is derived from them', async (types, line) => {
    const it = await run('unread', { exceptionFilters: { ...RAISED, types } });
    expect(place(await it.next('stopped'))).toBe(`exception read:${line}`);
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('stepping over a raise stops at it once, and the next one still counts', async () => {
    const it = await run('unread', { exceptionFilters: RAISED, breakpoints: [{ path: DEPOT, line: READ }] });
    await it.next('stopped');
    expect(place(await it.step('next'))).toBe(`exception read:${READ}`);
    expect(place(await it.step('continue'))).toBe(`breakpoint read:${READ}`);
    expect(place(await it.step('continue'))).toBe(`exception read:${BUILT}`);
    expect(place(await it.step('next'))).toBe(`return read:${BUILT}`);
    it.type('clear 1');
    await it.next('changed');
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('filters set at a stop hold from there on', async () => {
    const it = await run('unread', { stopOnEntry: true });
    await it.next('stopped');
    await it.request('setExceptionFilters', { filters: { ...RAISED, types: ['KeyError'] } });
    expect(place(await it.step('continue'))).toBe(`exception read:${BUILT}`);
    await it.request('setExceptionFilters', { filters: exceptionFilters.parse({}) });
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('uncaught ones that are not wanted print their traceback and end with 1, without a prompt', async () => {
    const it = await run('light', { exceptionFilters: exceptionFilters.parse({ uncaught: false }), env: { NO_COLOR: '1' } });
    expect(await it.next('finished')).toEqual({ how: 'uncaught', exitCode: 1, text: 'ValueError: parcel -1 weighs less than nothing' });
    expect((await it.exit()).exitCode).toBe(1);
    expect(it.events.map((event) => event.name)).toEqual(['breakpoints', 'continued', 'finished']);
    expect(it.console.text).toMatch(/^Traceback \(most recent call last\):\r\n {2}File ".*depot\.py", line \d+, in <module>/);
    expect(it.console.text).not.toContain('(Pdb)');
  });

  test('uncaught ones of other types than asked for are no stop either', async () => {
    const it = await run('light', { exceptionFilters: exceptionFilters.parse({ types: ['OSError'] }) });
    expect(await it.next('finished')).toMatchObject({ how: 'uncaught', exitCode: 1 });
  });

  test('one that ends a thread is looked at in that thread, and the program goes on', async () => {
    const it = await run('lost');
    const stopped = await it.next('stopped');
    expect([place(stopped), stopped.threadName, stopped.exception?.typeName]).toEqual([`post-mortem check:${BAD}`, 'ann', 'ValueError']);
    it.type('p parcel.number');
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end', exitCode: 0 });
    await it.console.shows('the depot stays open');
    expect(it.console.text).toMatch(/Exception in thread ann:[\s\S]*Uncaught exception in thread ann\.[\s\S]*\r\n-1\r\n/);
  });

  test('a function breakpoint stops at the first line of its body, once a call', async () => {
    const it = await run('day', {
      functionBreakpoints: [
        { name: 'Parcel.fee', hitCondition: '2' },
        { name: 'read_all' },
        { name: 'depot.weigh' },
        { name: 'json.loads', condition: '"6" in s' },
        { name: 'weight' },
      ],
    });
    const first = await it.next('stopped');
    expect(place(first)).toBe(`breakpoint weigh:${at('total = 0')}`);
    expect(first.functionBreakpoints.map(({ name, verified, message, hits }) => [name, verified, message, hits])).toEqual([
      ['Parcel.fee', true, '', 0],
      ['read_all', true, '', 0],
      ['depot.weigh', true, '', 1],
      ['json.loads', true, '', 0],
      ['weight', false, 'No function of that name is loaded yet.', 0],
    ]);
    expect(place(await it.step('continue'))).toBe(`breakpoint read_all:${at('for text in texts:')}`);
    expect(place(await it.step('continue'))).toBe(`breakpoint fee:${at('return self.weight * 2')}`);
    const library = await it.step('continue');
    expect(place(library)).toMatch(/^breakpoint loads:/);
    expect(library.functionBreakpoints.map((point) => point.hits)).toEqual([5, 1, 1, 6, 0]);
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('a function breakpoint set at a prompt holds, is told to be unknown, and goes again', async () => {
    const it = await run('day', { stopOnEntry: true });
    await it.next('stopped');
    const plain = { condition: '', hitCondition: '', logMessage: '', enabled: true };
    const functions = [
      { ...plain, name: 'check', logMessage: 'checks {parcel.number}' },
      { ...plain, name: 'clerk' },
      { ...plain, name: 'day', condition: '(' },
    ];
    expect(await it.request('setFunctionBreakpoints', { functions })).toMatchObject([
      { name: 'check', verified: false, message: 'No function of that name is loaded yet.', hits: 0 },
      { name: 'clerk', verified: false },
      { name: 'day', verified: false, message: expect.stringContaining('The condition does not compile') },
    ]);
    it.type(`tbreak ${at("print('weighed:', total)")}`);
    await it.next('changed');
    const later = await it.step('continue');
    expect(later.functionBreakpoints).toMatchObject([
      { verified: true, hits: 6 },
      { verified: true, hits: 0 },
    ]);
    expect(await it.request('setFunctionBreakpoints', { functions: [] })).toEqual([]);
    it.type('continue');
    await it.next('finished');
    await it.console.shows('The program finished.');
    expect(it.console.text.match(/Log depot\.py:\d+: checks \d\r\n/g)).toHaveLength(6);
  });

  test('every kind of function begins once a call: decorated, looping at once, class method, coroutine, generator', async () => {
    const names = ['logged.<locals>.inner', 'drain', 'House.Meter.install', 'poll', 'readings'];
    const it = await run('', { script: 'meters.py', functionBreakpoints: names.map((name) => ({ name })) });
    const places = [place(await it.next('stopped'))];
    while (places.length < names.length) places.push(place(await it.step('continue')));
    const expected = ['inner:9', 'drain:16', 'install:35', 'poll:27', 'readings:22'];
    expect(places).toEqual(expected.map((where) => `breakpoint ${where}`));
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });
});
