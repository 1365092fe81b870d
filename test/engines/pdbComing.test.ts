import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attach } from '../../main/engines/pdb/attaching';
import { waitingCommand } from '../../main/engines/pdb/waiting';
import { LocalTransport } from '../../main/transports/local/localTransport';
import { plainBreakpoint } from '../../preload/protocol/breakpoints';
import { packBridge, PROGRAMS, SOME_PYTHONS } from '../helpers/bridgeSession';
import { DoorKeeper } from '../helpers/doorKeeper';
import { hasEnded, runs } from '../helpers/processes';
import { within } from '../helpers/within';
import { HeadlessWorkbench } from '../helpers/workbench';

const THERMOSTAT = join(PROGRAMS, 'thermostat.py');
const NIGHTLY = join(PROGRAMS, 'nightly.py');
const PULSE = join(PROGRAMS, 'pulse.py');

/** node-pty's terminals are inherited by what this process starts, and by nothing that a person starts. */
const OWN_FILES_ONLY = "import os, sys; os.closerange(3, 4096); os.execv('/bin/sh', ['sh', '-c', sys.argv[1]])";

/** A process of the person's own, started in no terminal of ours. */
class Elsewhere {
  readonly child: ChildProcess;
  printed = '';
  private look = () => {};

  constructor(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(file, args, { env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    const heard = (chunk: Buffer) => {
      this.printed += chunk.toString();
      this.look();
    };
    this.child.stdout?.on('data', heard);
    this.child.stderr?.on('data', heard);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  prints(what: string): Promise<void> {
    const seen = new Promise<void>((resolve) => {
      this.look = () => this.printed.includes(what) && resolve();
      this.look();
    });
    return within(10_000, `${what}, after ${this.printed}`, seen);
  }

  async exit(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await within(10_000, 'exit', once(this.child, 'exit'));
    return this.child.exitCode;
  }
}

let workbench: HeadlessWorkbench;
let elsewhere: Elsewhere | undefined;
afterEach(() => {
  elsewhere?.child.kill('SIGKILL');
});

describe.each(SOME_PYTHONS)('with Python $version', ({ path: interpreter }) => {
  beforeEach(async () => {
    workbench = await HeadlessWorkbench.open();
  });
  afterEach(() => workbench.close());

  async function waiting(): Promise<{ session: string; command: string }> {
    const session = await workbench.launch({ kind: 'waiting', program: '', interpreter });
    const { awaits } = await workbench.until(session, 'command', (s) => s.awaits !== undefined);
    return { session, command: awaits?.command ?? '' };
  }

  const start = (command: string) => {
    const typed = command.replace(/\S+ your\.py$/, `${interpreter} ${THERMOSTAT}`);
    elsewhere = new Elsewhere(interpreter, ['-c', OWN_FILES_ONLY, `exec env ${typed}`]);
    return elsewhere;
  };

  test('a program started with the copied command stops here at its breakpoint(), its own input and output untouched', async () => {
    const { session, command } = await waiting();
    const it = start(command);
    it.child.stdin?.write('18\n');
    await it.prints('heat');
    expect(workbench.state(session)?.phase.phase).toBe('starting');
    it.child.stdin?.write('99\n');
    const stop = await workbench.until(session, 'stop', (s) => s.phase.phase === 'stopped');
    expect(stop).toMatchObject({
      pid: it.pid,
      awaits: undefined,
      phase: { reason: 'breakpoint', at: { name: 'judge', path: THERMOSTAT } },
    });
    await workbench.request('breakpoints.set', { breakpoints: [plainBreakpoint(THERMOSTAT, 9)] });
    await workbench.until(session, 'bound breakpoint', (s) => s.breakpoints[0]?.verified === true);
    await workbench.request('session.continue', { session });
    it.child.stdin?.write('30\n');
    const again = await workbench.until(session, 'second stop', (s) => s.stops === 2 && s.phase.phase === 'stopped');
    expect(again.phase).toMatchObject({ reason: 'breakpoint', frame: { line: 9 } });
    const [console] = again.terminals;
    expect(await workbench.shows(console?.id ?? '', '(Pdb) continue')).not.toMatch(/\n(heat|rest)/);
    await workbench.request('breakpoints.set', { breakpoints: [] });
    await workbench.request('session.continue', { session });
    it.child.stdin?.end('20\n');
    await it.prints('off');
    expect(await it.exit()).toBe(0);
    expect((await workbench.ended(session)).exit).toBeUndefined();
    expect(it.printed).toBe('heat\nrest\nrest\nheat\noff\n');
  });

  test('a session that is closed lets such a program go, and the command then says that nobody waits', async () => {
    const { session, command } = await waiting();
    const it = start(command);
    it.child.stdin?.write('99\n');
    await workbench.until(session, 'stop', (s) => s.phase.phase === 'stopped');
    await workbench.request('session.close', { session });
    await it.prints('rest');
    it.child.stdin?.end('99\n');
    await it.prints('rest\nrest\noff');
    expect(await it.exit()).toBe(0);
    const late = start(command);
    late.child.stdin?.end('99\n');
    expect(await late.exit()).toBe(0);
    expect(late.printed).toBe('Casebook does not wait any more: the program runs on, without stopping at its breakpoints.\nrest\noff\n');
  });

  test('a running program is paused, and ended by its number', async () => {
    const { session, command } = await waiting();
    const it = start(command);
    it.child.stdin?.write('99\n');
    await workbench.until(session, 'stop', (s) => s.phase.phase === 'stopped');
    await workbench.request('session.continue', { session });
    await it.prints('rest');
    await workbench.request('session.pause', { session });
    const paused = await workbench.until(session, 'pause', (s) => s.phase.phase === 'stopped' && s.phase.reason === 'pause');
    expect(paused.phase).toMatchObject({ at: { path: THERMOSTAT, name: '<module>' } });
    await workbench.request('session.terminate', { session });
    await workbench.ended(session);
    await hasEnded(it.pid);
  });

  test('each child that stops is a session beside its parent, and restarting it is refused with where to do it', async () => {
    await workbench.request('breakpoints.set', { breakpoints: [plainBreakpoint(NIGHTLY, 13)] });
    const session = await workbench.launch({ program: NIGHTLY, args: ['process', 'spawn'], interpreter, stopOnEntry: false });
    const children = await Promise.all(
      ['B', 'C', 'D'].map((id) => workbench.until(id, 'stop of a child', (s) => s.phase.phase === 'stopped')),
    );
    for (const child of children) {
      expect(child).toMatchObject({ parent: session, title: `nightly.py, pid ${child.pid}`, phase: { frame: { line: 13 } } });
      expect(child.terminals).toMatchObject([{ role: 'console' }]);
    }
    expect(workbench.state(session)?.phase.phase).toBe('running');
    await expect(workbench.request('session.restart', { session: 'B' })).rejects.toMatchObject({
      message: 'This process was started by session A: restart that one, and it is started again.',
    });
    for (const id of ['B', 'C']) await workbench.request('session.continue', { session: id });
    const last = workbench.state('D')?.pid ?? 0;
    await workbench.request('session.close', { session: 'D' });
    await hasEnded(last);
    expect(runs(last)).toBe(false);
  });

  test('a session that has its command and no program yet can be stopped', async () => {
    const { session } = await waiting();
    await workbench.request('session.terminate', { session });
    expect(await workbench.ended(session)).toMatchObject({ exit: undefined, why: 'Ended before a program came.' });
  });
});

test('a folder with a space is quoted in the command', () => {
  expect(waitingCommand({ folder: '/run/it is', settings: '/run/s.json', program: 'python3 your.py' })).toBe(
    "PYTHONBREAKPOINT=casebook_breakpoint.set_trace PYTHONPATH='/run/it is'${PYTHONPATH:+:$PYTHONPATH} CASEBOOK_DOOR=/run/s.json python3 your.py",
  );
});

/** Not run on 3.14: none here. Everything is real but `sys.remote_exec`, for which a signal to a program that expects it stands in. */
describe('attaching by pid', () => {
  const python = SOME_PYTHONS.at(-1)?.path ?? '';
  const transport = new LocalTransport();
  let keeper: DoorKeeper;
  let folder = '';
  beforeEach(async () => {
    keeper = await DoorKeeper.open();
    folder = mkdtempSync(join(tmpdir(), 'casebook-attach-'));
  });
  afterEach(() => keeper.close());

  /** A program whose executable's name does not tell its version, as that of 3.14 would pass the check. */
  async function pulse(): Promise<Elsewhere> {
    copyFileSync(python, join(folder, 'python'));
    const it = new Elsewhere(join(folder, 'python'), [PULSE, join(folder, 'script')], { PYTHONHOME: dirname(dirname(python)) });
    elsewhere = it;
    await it.prints('beats');
    return it;
  }

  function asker(remoteExec: string): string {
    const place = join(folder, 'venv');
    execFileSync(python, ['-m', 'venv', '--without-pip', place]);
    const [library = ''] = execFileSync('find', [place, '-name', 'site-packages'], { encoding: 'utf8' }).trim().split('\n');
    writeFileSync(
      join(library, 'sitecustomize.py'),
      `import os, signal, sys\n\n\ndef remote_exec(pid, script):\n    ${remoteExec}\n\n\nsys.remote_exec = remote_exec\n`,
    );
    return join(place, 'bin', 'python');
  }

  const ask = (pid: number, interpreter: string) =>
    attach(transport, keeper.place, { pid, interpreter, probe: packBridge(), folder, env: {}, children: 'follow' });

  test('a process that is asked comes in, stops where it is and is left running when the workbench lets go', async () => {
    const it = await pulse();
    await ask(it.pid, asker(`open(${JSON.stringify(join(folder, 'script'))}, 'w').write(script); os.kill(pid, signal.SIGUSR1)`));
    const visit = await keeper.visit();
    expect(visit.papers).toMatchObject({ pid: it.pid, how: 'attach' });
    const stopped = await visit.next('stopped');
    expect(stopped.reason).toBe('pause');
    expect(stopped.frames.filter((frame) => frame.path === PULSE).length).toBeGreaterThan(0);
    await visit.step('next');
    await keeper.close();
    writeFileSync(join(folder, 'script.stop'), '');
    await it.prints('stopped after True');
    expect(await it.exit()).toBe(0);
  });

  test.each([
    ['a process that is not there', 4_194_305, /^There is no process 4194305\. Check the number\.$/],
    ['an older Python', 0, /^Process \d+ runs Python 3\.\d+, and pdb attaches from Python 3\.14 on\. Look at it with gdb/],
  ])('%s is refused with the reason', async (_, given, said) => {
    elsewhere = new Elsewhere(python, [PULSE, join(folder, 'script')]);
    await elsewhere.prints('beats');
    await expect(ask(given || elsewhere.pid, python)).rejects.toMatchObject({
      code: 'not-available',
      message: expect.stringMatching(said),
    });
  });

  test('an interpreter that cannot ask is refused with which one is needed', async () => {
    const it = await pulse();
    await expect(ask(it.pid, python)).rejects.toMatchObject({
      message: expect.stringMatching(/is Python 3\.13\. To attach, choose the Python that runs process \d+: it must be 3\.14 or later\.$/),
    });
  });

  test('what the interpreter answers is said: no permission, or another reason', async () => {
    const it = await pulse();
    await expect(ask(it.pid, asker('raise PermissionError(1, "no")'))).rejects.toMatchObject({
      message: expect.stringMatching(/^No permission to attach to process \d+\. It must be yours, and ptrace_scope/),
    });
    writeFileSync(join(folder, 'script'), '');
    await expect(ask(it.pid, asker('raise RuntimeError("remote debugging is disabled")'))).rejects.toMatchObject({
      message: expect.stringContaining('cannot be asked to load the bridge: remote debugging is disabled.'),
    });
  });
});
