import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { LocalTransport } from '../../main/transports/local/localTransport';
import type { Command } from '../../main/transports/transport';
import { openFiles, temporaryFolder } from '../helpers/ptyFiles';
import { command, PtyRun, run, SIZE } from '../helpers/ptyRun';
import { within } from '../helpers/within';

const transport = new LocalTransport();
afterAll(() => transport.close());

const sh = (script: string, options: { cwd?: string; env?: Readonly<Record<string, string>> } = {}): Command =>
  command('/bin/sh', ['-c', script], options);
const told = (args: readonly string[], options: { cwd?: string; env?: Readonly<Record<string, string>> } = {}): Command =>
  command('python3', ['-I', '-S', join(process.cwd(), 'test/programs/tty/told.py'), ...args], options);

describe('a program in a terminal', () => {
  test('gets exactly the arguments that were given, whatever is in them', async () => {
    const args = ['a b', '', '"quoted" \'single\'', '$HOME `id` $(id) \\', 'line\nbreak', '-x', '--', '*', 'é😀', '-'];
    const { seen } = await run(transport, told(args));
    await seen.end();
    expect(JSON.parse(seen.text).args).toEqual(args);
  });

  test('gets exactly the environment that was given, and PWD and SHLVL', async () => {
    const env = {
      'a-b': '1',
      LC_ALL: 'xx_YY.UTF-8',
      SPACED: ' $HOME `id`\n"',
      EMPTY: '',
      BASH_ENV: '/nonexistent',
      'BASH_FUNC_ls%%': '() { echo no; }',
      n: '5',
      fd: '6',
    };
    const { seen } = await run(transport, told([], { cwd: '/', env }));
    await seen.end();
    const arrived = JSON.parse(seen.text).env;
    const given = command('', [], { env }).env;
    expect(arrived).toMatchObject(given);
    // LC_CTYPE is Python's own doing.
    expect(['LC_CTYPE', 'PWD', 'SHLVL']).toEqual(expect.arrayContaining(Object.keys(arrived).filter((name) => !(name in given))));
  });

  test('leads its session, and has its terminal and nothing else open', async () => {
    const { terminal, seen } = await run(transport, told([], { cwd: '/usr' }));
    await seen.end();
    const { leads, cwd, fds } = JSON.parse(seen.text);
    expect({ leads, cwd }).toEqual({ leads: true, cwd: '/usr' });
    expect(fds).toEqual({ 0: terminal.ttyName, 1: terminal.ttyName, 2: terminal.ttyName });
  });

  test('may have a name that begins with a dash or holds an equals sign', async () => {
    const folder = temporaryFolder();
    for (const name of ['-x', 'a=b', 'a b']) symlinkSync('/bin/echo', join(folder, name));
    for (const file of ['./-x', './a=b', './a b']) {
      const { seen } = await run(transport, command(file, ['here'], { cwd: folder }));
      expect(await seen.end()).toEqual({ exitCode: 0, signal: 0 });
      expect(seen.text).toBe('here\r\n');
    }
  });

  test.each([0, 1, 126, 127, 255])('that exits with %i is told so', async (exitCode) => {
    const { seen } = await run(transport, sh(`exit ${exitCode}`));
    expect(await seen.end()).toEqual({ exitCode, signal: 0 });
  });

  test('that crashes is told with its signal', async () => {
    const { seen } = await run(transport, sh('kill -SEGV $$'));
    expect(await seen.end()).toEqual({ exitCode: 0, signal: 11 });
  });

  test('has the size that it was opened with, and hears of another', async () => {
    const { terminal, seen } = await run(transport, sh("trap 'stty size; exit 0' WINCH; stty size; while read line; do :; done"));
    await seen.seen(/24 80\r\n/);
    terminal.resize({ cols: 132, rows: 50 });
    terminal.write('\n');
    await seen.seen(/50 132\r\n/);
    expect(await seen.end()).toEqual({ exitCode: 0, signal: 0 });
    terminal.resize(SIZE);
  });

  test('is interrupted by Ctrl+C, stopped by Ctrl+Z and brought back by its shell', async () => {
    const { terminal, seen } = await run(transport, command('/bin/bash', ['--norc', '--noprofile', '-i'], { env: { PS1: '<ready>' } }));
    await seen.seen(/<ready>/);
    // Computed, so that the echo of what is typed cannot be taken for it.
    terminal.write(`sh -c 'echo begun-$((1+1)); while read line; do echo "got-$((2+2)) $line"; done'\n`);
    await seen.seen(/begun-2/);
    terminal.write('one\n');
    await seen.seen(/got-4 one/);
    terminal.write('\x1a');
    await seen.seen(/Stopped.*<ready>/s);
    terminal.write('fg\n');
    await seen.seen(/done'\r\n/);
    terminal.write('two\n');
    await seen.seen(/got-4 two/);
    terminal.write('\x03');
    await seen.seen(/<ready>/);
    terminal.write('exit $?\n');
    expect(await seen.end()).toEqual({ exitCode: 130, signal: 0 });
    expect(seen.text).not.toContain('no job control');
  });

  test('gets a signal together with its process group', async () => {
    const { terminal, seen } = await run(
      transport,
      sh('sh -c "trap \'echo child; exit\' TERM; echo ready; while :; do read x; done" & trap "wait; exit 7" TERM; wait'),
    );
    await seen.seen(/ready/);
    terminal.signal('SIGTERM');
    await seen.seen(/child/);
    await within(5_000, 'exit', seen.exited);
    terminal.close();
    await seen.closed;
    expect(() => terminal.signal('SIGTERM')).not.toThrow();
  });

  test('tells its exit before the close when a child goes on writing', async () => {
    const { seen } = await run(transport, sh('(trap "" HUP; read go < "$0"; echo late) & echo early', { cwd: '/' }));
    await seen.end();
    expect(seen.events.at(-1)).toBe('close');
    expect(seen.events.filter((event) => event !== 'data')).toEqual(['exit', 'close']);
  });

  test('that floods from the background does not hold its exit back', async () => {
    const { terminal, seen } = await run(transport, sh('trap "" HUP; yes & echo; exit 3'));
    expect(await within(5_000, 'exit', seen.exited)).toEqual({ exitCode: 3, signal: 0 });
    terminal.close();
    await within(5_000, 'close', seen.closed);
  });

  test('may be closed at once, twice, and written to afterwards', async () => {
    const { terminal, seen } = await run(transport, command('/bin/cat', []));
    terminal.close();
    terminal.close();
    terminal.write('x');
    terminal.resize(SIZE);
    terminal.pause();
    terminal.resume();
    // Signal 1, or exit code 1 when the hang-up came before it had its terminal.
    const { exitCode, signal } = await seen.end();
    expect(exitCode + signal).toBe(1);
    expect(seen.events.filter((event) => event !== 'data')).toEqual(['exit', 'close']);
  });

  test('takes a long paste while it is slow to read, unchanged', async () => {
    const paste = 'ü'.repeat(150_000);
    const { terminal, seen } = await run(transport, sh('stty raw -echo; echo ready; head -c 300000 | sha256sum'));
    await seen.seen(/ready/);
    terminal.write(paste);
    await seen.end();
    const { createHash } = await import('node:crypto');
    expect(seen.text).toContain(createHash('sha256').update(paste).digest('hex'));
  });

  test('that never reads gets 16 MB at most', async () => {
    const { terminal, seen } = await run(transport, sh('stty raw -echo; echo ready; sleep 60'));
    await seen.seen(/ready/);
    for (let i = 0; i < 16; i++) terminal.write(Buffer.alloc(1_000_000));
    expect(() => terminal.write(Buffer.alloc(1_000_000))).toThrow(expect.objectContaining({ code: 'rejected' }));
    terminal.close();
    await seen.end();
  });

  test('may cut its UTF-8 anywhere: bytes pass as they are', async () => {
    const text = 'aé€😀\u0301z';
    const bytes = Buffer.from(text);
    const halves = Array.from({ length: bytes.length - 1 }, (_, i) => [bytes.subarray(0, i + 1), bytes.subarray(i + 1)] as const);
    const octal = (part: Buffer) => [...part].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
    const script = halves.map(([left, right]) => `printf '${octal(left)}'; read go; printf '${octal(right)}\\n'`).join('; ');
    const { terminal, seen } = await run(transport, sh(`stty -echo; echo ready; ${script}`));
    await seen.seen(/ready\r\n/);
    for (let i = 0; i < halves.length; i++) {
      terminal.write('\n');
      await seen.seen(/z\r?\n/);
    }
    await seen.end();
    expect(seen.text).toBe(`ready\r\n${`${text}\r\n`.repeat(halves.length)}`);
  });
});

describe('what cannot be started is refused with what to do', () => {
  const opening = (what: Command) => transport.open(what, SIZE, new PtyRun());

  test('a missing program', async () => {
    for (const file of ['/nonexistent/gdb', 'no-such-program', './here', '/etc/passwd/x']) {
      await expect(opening(command(file, []))).rejects.toMatchObject({ code: 'program-unusable', message: expect.stringContaining(file) });
    }
  });

  test('a file that may not be run, and a folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'plain'), 'text');
    mkdirSync(join(folder, 'bin'));
    for (const file of ['plain', 'bin']) {
      await expect(opening(command(join(folder, file), []))).rejects.toMatchObject({
        code: 'program-unusable',
        message: expect.stringContaining('may not be run'),
      });
    }
    chmodSync(join(folder, 'plain'), 0o755);
    await expect(transport.exec(command(join(folder, 'plain'), []), 5_000)).resolves.toBeDefined();
  });

  test('a missing folder, and a file in its place', async () => {
    await expect(opening(command('/bin/true', [], { cwd: '/nonexistent' }))).rejects.toMatchObject({ code: 'folder-unusable' });
    await expect(opening(command('/bin/true', [], { cwd: '/etc/passwd' }))).rejects.toMatchObject({ code: 'folder-unusable' });
  });

  test('a program is looked for in the PATH of the command, and relative to its folder', async () => {
    const folder = temporaryFolder();
    symlinkSync('/bin/echo', join(folder, 'mine'));
    const onPath = await transport.exec(command('mine', ['1'], { env: { PATH: `/nonexistent:${folder}` } }), 5_000);
    const inFolder = await transport.exec(command('./mine', ['2'], { cwd: folder }), 5_000);
    expect([onPath.stdout, inFolder.stdout]).toEqual(['1\n', '2\n']);
  });
});

describe('a tty without a program', () => {
  test('serves programs one after the other, and closes only when told', async () => {
    const seen = new PtyRun();
    const tty = await transport.openTty({ cols: 90, rows: 30 }, seen);
    expect(tty.pid).toBeUndefined();
    for (const word of ['first', 'second']) {
      const { exit } = await transport.exec(sh(`exec <"${tty.ttyName}" >"${tty.ttyName}"; stty size; echo ${word}`), 5_000);
      expect(exit.exitCode).toBe(0);
      await seen.seen(new RegExp(`30 90\r\n${word}\r\n`));
    }
    expect(seen.events).toEqual(['data']);
    tty.close();
    tty.close();
    await within(5_000, 'close', seen.closed);
    expect(seen.events).toEqual(['data', 'close']);
  });

  test('passes keys to whoever reads it, and survives a session leader that had it as its own', async () => {
    const seen = new PtyRun();
    const tty = await transport.openTty(SIZE, seen);
    const reader = transport.exec(
      command('/usr/bin/setsid', ['-w', '/bin/sh', '-c', 'exec <"$0" >"$0"; echo ready; read line; echo "got $line"', tty.ttyName]),
      5_000,
    );
    await seen.seen(/ready/);
    tty.write('keys\n');
    await seen.seen(/got keys/);
    await reader;
    await transport.exec(sh(`echo after > ${tty.ttyName}`), 5_000);
    await seen.seen(/after/);
    tty.close();
    await seen.closed;
    expect(seen.text).toBe('ready\r\nkeys\r\ngot keys\r\nafter\r\n');
  });

  test('delivers the last words before its close, even while paused', async () => {
    const seen = new PtyRun();
    const tty = await transport.openTty(SIZE, seen);
    tty.pause();
    await transport.exec(sh(`head -c 3000 /dev/zero | tr '\\0' x > ${tty.ttyName}`), 5_000);
    expect(seen.events).toEqual([]);
    tty.close();
    expect(seen.output.length).toBe(3_000);
    await within(5_000, 'close', seen.closed);
    expect(seen.events).toEqual(['data', 'close']);
  });
});

describe('a command without a terminal', () => {
  test('gives its output, its errors and how it ended', async () => {
    const result = await transport.exec(sh('echo out; echo é >&2; exit 3'), 5_000);
    expect(result).toEqual({ stdout: 'out\n', stderr: 'é\n', exit: { exitCode: 3, signal: 0 } });
    expect((await transport.exec(sh('kill -9 $$'), 5_000)).exit).toEqual({ exitCode: 0, signal: 9 });
  });

  test('is killed with its children after its time', async () => {
    await expect(transport.exec(sh('sleep 60 & sleep 60'), 200)).rejects.toMatchObject({
      code: 'timed-out',
      message: expect.stringContaining('/bin/sh'),
    });
  });

  test('is stopped when it prints more than 10 MB', async () => {
    await expect(transport.exec(command('/usr/bin/yes', []), 10_000)).rejects.toMatchObject({ code: 'rejected' });
  });
});

test('a private file is ours alone and gone at the close', async () => {
  const own = new LocalTransport();
  const path = await own.privateFile('session.json', '{}');
  expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(readFileSync(path, 'utf8')).toBe('{}');
  await own.close();
  expect(() => statSync(dirname(path))).toThrow('ENOENT');
});

test('nothing is left open or running after the close', async () => {
  const own = new LocalTransport();
  await own.exec(command('/bin/true', []), 5_000);
  const before = openFiles().length;
  const runs = await Promise.all(Array.from({ length: 20 }, () => run(own, command('/bin/cat', []))));
  const deaf = await run(own, sh('trap "" HUP; echo deaf; while :; do sleep 1; done'));
  await deaf.seen.seen(/deaf/);
  await Promise.all(Array.from({ length: 5 }, () => own.openTty(SIZE, new PtyRun())));
  await own.listen('token', { line: () => {}, closed: () => {} });
  await within(5_000, 'close of everything', own.close());
  for (const { seen } of runs) expect(seen.events.at(-1)).toBe('close');
  expect(await deaf.seen.end()).toEqual({ exitCode: 0, signal: 9 });
  expect(openFiles().length).toBeLessThanOrEqual(before);
  for (const { terminal } of [...runs, deaf]) expect(readdirSync('/proc')).not.toContain(String(terminal.pid));
  await expect(own.open(command('/bin/true', []), SIZE, new PtyRun())).rejects.toMatchObject({ code: 'ended' });
});
