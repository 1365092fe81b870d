import { closeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadNodePty } from '../../main/transports/local/nodePty';
import { version } from 'node-pty/package.json';

const { native } = loadNodePty();
const wrongCall =
  (call: Function, ...args: unknown[]) =>
  () =>
    Reflect.apply(call, undefined, args);

test('node-pty is the version whose native part was read', () => {
  expect(version).toBe('1.1.0');
});

test('native.fork takes these eleven arguments and no others', () => {
  const usage = 'Usage: pty.fork(file, args, env, cwd, cols, rows, uid, gid, utf8, helperPath, onexit)';
  expect(wrongCall(native.fork)).toThrow(usage);
  const eleven = ['/bin/true', [], [], '/', 80, 24, -1, -1, true, '', () => {}];
  expect(wrongCall(native.fork, ...eleven, 1)).toThrow(usage);
  eleven.forEach((_, i) =>
    expect(wrongCall(native.fork, ...eleven.map((argument, at) => (at === i ? null : argument))), `argument ${i}`).toThrow(usage),
  );
});

test('native.fork gives exactly fd, pid and pty, and tells exit code and signal once', async () => {
  const told = new Promise<readonly unknown[]>((resolve) => {
    const child = native.fork('/bin/sh', ['-c', 'exit 5'], ['A=1'], '/', 80, 24, -1, -1, true, '', (...status) =>
      resolve([child, ...status]),
    );
  });
  const [child, exitCode, signal] = await told;
  expect(child).toEqual({ fd: expect.any(Number), pid: expect.any(Number), pty: expect.stringMatching(/^\/dev\/pts\/\d+$/) });
  expect([exitCode, signal]).toEqual([5, 0]);
  if (typeof child === 'object' && child !== null && 'fd' in child) closeSync(Number(child.fd));
});

test('native.open gives exactly master, slave and pty, and native.resize takes three numbers', () => {
  expect(wrongCall(native.open, 80)).toThrow('Usage: pty.open(cols, rows)');
  const pty = native.open(80, 24);
  expect(pty).toEqual({ master: expect.any(Number), slave: expect.any(Number), pty: expect.stringMatching(/^\/dev\/pts\/\d+$/) });
  expect(wrongCall(native.resize, pty.master, 80)).toThrow('Usage: pty.resize(fd, cols, rows)');
  native.resize(pty.master, 100, 30);
  closeSync(pty.slave);
  closeSync(pty.master);
});
