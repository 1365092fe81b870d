import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { BridgeSession, PROGRAMS, SOME_PYTHONS, packBridge } from '../helpers/bridgeSession';
import type { BridgeLaunch } from '../helpers/bridgeSession';
import { boundList, takenLine } from '../helpers/bridgeMessages';

const KILL_LINE = '\x01\x0b';
const lineOf = (path: string, text: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

describe.each(SOME_PYTHONS)('on Python $version', ({ path: python }) => {
  async function start(launch: Partial<BridgeLaunch> & { readonly script: string }): Promise<BridgeSession> {
    session = await BridgeSession.start({ python, bridge, ...launch });
    return session;
  }

  test('with a terminal of its own the program reads and prints there and nowhere else', async () => {
    const it = await start({ script: 'asks.py', ownTty: true });
    await it.next('stopped');
    await it.step('until 4');
    it.type('next');
    await it.program.shows('name? ');
    it.typeToProgram('Ann');
    await it.next('stopped');
    await it.step('next');
    it.type("!print('from the prompt')");
    await it.console.shows('\r\nfrom the prompt\r\n');
    it.type('continue');
    await it.next('finished');
    await it.program.shows(/hello Ann \/dev\/pts\/\d+\r\nbye\r\n/);
    expect(it.program.text).not.toMatch(/Pdb|asks\.py|prompt/);
    expect(it.console.text).not.toMatch(/\nname\? |hello Ann/);
    await it.console.shows('The program finished.');
  });

  test('nothing that the program prints is taken for the debugger, and a program that takes the streams keeps its prompt', async () => {
    const path = join(PROGRAMS, 'pretends.py');
    const it = await start({ script: 'pretends.py', channel: 'osc' });
    const lines = [(await it.next('stopped')).frames[0]?.line];
    const last = lineOf(path, 'done = 1');
    while (lines.at(-1) !== last) {
      await it.console.shows(/\(Pdb\) $/);
      lines.push((await it.step('next')).frames[0]?.line);
    }
    expect(lines).toEqual([1, 2, 3, 4, ...Array.from({ length: last - 5 }, (_, index) => index + 6)]);
    it.type('p heard');
    await it.console.shows(String.raw`'kept quiet\n'`);
    expect(it.console.text).not.toContain('lost\r');
    expect(it.console.text).toContain('no end of line> ');
  });

  test('what the prompt needs is put back: the program keeps its own sys.stdout', async () => {
    const it = await start({
      script: 'pretends.py',
      ownTty: true,
      stopOnEntry: false,
      breakpoints: [{ path: join(PROGRAMS, 'pretends.py'), line: 14, condition: '', enabled: true }],
    });
    await it.next('stopped');
    it.type('p type(sys.stdout).__name__, __import__("builtins").input is input');
    await it.console.shows("('StringIO', True)");
    expect(it.program.text).not.toContain('StringIO');
  });

  test('a half-typed line stands again at the next prompt', async () => {
    const it = await start({ script: 'till.py' });
    await it.next('stopped');
    await it.console.shows('(Pdb) ');
    it.keys('p sold +');
    await it.console.shows('p sold +');
    expect(takenLine.parse(await it.request('takeLine'))).toEqual({ line: 'p sold +', supported: true });
    it.keys(KILL_LINE);
    await it.step('next');
    await it.console.shows(/-> import sys[^]*\(Pdb\) p sold \+$/);
    expect(takenLine.parse(await it.request('takeLine'))).toEqual({ line: 'p sold +', supported: true });
    it.keys(KILL_LINE);
    await it.step('until 10');
    await it.console.shows(/\(10\)<module>[^]*\(Pdb\) p sold \+$/);
    it.keys(`${KILL_LINE}next\n`);
    await it.next('stopped');
    await it.console.shows(/\(11\)<module>[^]*\(Pdb\) $/);
    expect(takenLine.parse(await it.request('takeLine'))).toEqual({ line: '', supported: true });
  });

  test('what is typed as soon as a stop is told is echoed once, by the prompt', async () => {
    const it = await start({ script: 'till.py', args: ['50'] });
    await it.next('stopped');
    for (let round = 0; round < 100; round += 1) await it.step('next');
    await it.console.shows(/\(Pdb\) $/);
    expect(it.console.text.match(/^next/gm)).toBeNull();
  });

  test('a half-typed line is not taken away from another question of the console', async () => {
    const it = await start({ script: 'till.py' });
    await it.next('stopped');
    it.type('b 11');
    it.type('commands 1');
    await it.console.shows('(com) ');
    await expect(it.request('takeLine')).rejects.toThrow('The console asks for something else ((com)).');
  });

  test('without a socket every event comes within the output, and none of it is shown', async () => {
    for (const channel of ['osc', 'broken'] as const) {
      const it = await start({ script: 'orders.py', channel, ownTty: channel === 'osc' });
      expect(await it.next('hello')).toMatchObject({ protocol: 1, channel: 'osc' });
      await it.next('stopped');
      await it.step('next');
      it.type('x = 1');
      await it.next('changed');
      it.type('continue');
      await it.next('finished');
      expect((await it.exit()).exitCode).toBe(0);
      expect(it.events.map((event) => event.name)).toEqual([
        'hello',
        'breakpoints',
        'stopped',
        'continued',
        'stopped',
        'changed',
        'continued',
        'finished',
      ]);
      expect(it.console.text).not.toContain('7773');
      await it.close();
    }
  });

  test('a child of fork runs on as if there were no debugger', async () => {
    const it = await start({ script: 'forks.py' });
    await it.next('stopped');
    it.type('continue');
    await it.next('finished');
    await it.console.shows("child done, traced: b'None' 0\r\n");
    // What the console says comes by another way than events; at the exit all of it is here.
    await it.exit();
    expect(it.events.filter((event) => event.name === 'stopped')).toHaveLength(1);
    expect(it.console.text.match(/The program/g)).toHaveLength(1);
  });

  test('processes of a pool and threads that outlive the script work as without a debugger', async () => {
    const path = join(PROGRAMS, 'shares.py');
    const it = await start({ script: 'shares.py', stopOnEntry: false, breakpoints: [{ path, line: 15, condition: '', enabled: true }] });
    await it.next('stopped');
    expect((await it.step('continue')).frames[0]?.name).toContain('<lambda>');
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
    expect((await it.exit()).exitCode).toBe(0);
    await it.console.shows(/spawn \[9, 16\]\r\nfork \[9, 16\]\r\n[^]*late\r\n/);
    const told = ['breakpoints', 'continued', 'stopped', 'continued', 'stopped', 'continued', 'finished'];
    expect(it.events.map((event) => event.name)).toEqual(told);
  });

  test('a debugger within the debugger tells its own stops, and the outer prompt as a new one', async () => {
    const it = await start({ script: 'orders.py' });
    await it.next('stopped');
    await it.step('until 24');
    expect((await it.step('debug discount(100)')).frames[0]?.path).toBe('');
    expect(await it.step('step')).toMatchObject({ reason: 'call', frames: [{ name: 'discount' }, {}, {}] });
    expect((await it.step('continue')).frames[0]?.line).toBe(24);
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('breakpoints are set without a word in the console, and refused ones say why', async () => {
    const path = join(PROGRAMS, 'orders.py');
    const it = await start({ script: 'orders.py' });
    await it.next('stopped');
    await it.console.shows('(Pdb) ');
    const before = it.console.text;
    const want = (line: number, condition = '', file = path) => ({ path: file, line, condition, enabled: true });
    const answer = boundList.parse(
      await it.request('setBreakpoints', {
        breakpoints: [
          want(19, 'total >='),
          want(20),
          want(11, 'total > 90'),
          want(1, '', join(PROGRAMS, 'unfinished.py')),
          want(1, '', '/nowhere.py'),
          want(30),
        ],
      }),
    );
    expect(answer.map(({ line, verified, message }) => `${line} ${verified} ${message}`)).toEqual([
      expect.stringMatching(/^19 false The condition does not compile: .+\.$/),
      '20 false No code on this line. The next line with code is 21.',
      '11 true ',
      expect.stringMatching(/^1 false The file does not compile: line 2: .+\.$/),
      '1 false The file cannot be read: No such file or directory.',
      '30 false No code on this line, and none after it.',
    ]);
    expect(it.console.text).toBe(before);
    const stopped = await it.step('continue');
    expect(stopped.breakpoints).toMatchObject([{ line: 11, condition: 'total > 90', hits: 5 }]);
    await it.request('setBreakpoints', { breakpoints: [] });
    it.type('continue');
    expect(await it.next('finished')).toMatchObject({ how: 'end' });
  });

  test('a breakpoint set while its function already runs stops there', async () => {
    const path = join(PROGRAMS, 'till.py');
    const it = await start({ script: 'stopsItself.py', stopOnEntry: false });
    await it.next('stopped');
    const caller = join(PROGRAMS, 'stopsItself.py');
    await it.request('setBreakpoints', {
      breakpoints: [
        { path: caller, line: 13, condition: '', enabled: true },
        { path, line: 6, condition: '', enabled: true },
      ],
    });
    expect((await it.step('continue')).frames[0]).toMatchObject({ path: caller, line: 13 });
  });

  test('a program that breaks the bridge loses the views, not the session', async () => {
    const it = await start({ script: 'sabotages.py' });
    await it.next('stopped');
    for (const line of [2, 3, 5, 6]) {
      it.type('next');
      await it.console.shows(`sabotages.py(${line})`);
    }
    expect((await it.next('trouble')).message).toContain('NoneType');
    it.type('until 11');
    await it.console.shows('sabotages.py(11)');
    it.type('next');
    await it.console.shows('sabotages.py(12)');
    it.type('p third + 1');
    await it.console.shows('\r\n4\r\n');
    it.type('continue');
    await it.console.shows('not broken """');
    await it.console.shows('The program finished.');
    expect((await it.exit()).exitCode).toBe(0);
  });
});
