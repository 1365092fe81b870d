import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { dirname } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { LocalTransport } from '../../main/transports/local/localTransport';
import { within } from '../helpers/within';

const TOKEN = 'a-token-of-this-session';
const GREETING = JSON.stringify({ token: TOKEN, python: '3.11' });

let transport = new LocalTransport();
afterEach(async () => {
  await transport.close();
  transport = new LocalTransport();
});

async function listen() {
  const lines: string[] = [];
  let look = () => {};
  let tellClosed = () => {};
  const closed = new Promise<void>((resolve) => (tellClosed = resolve));
  const channel = await transport.listen(TOKEN, {
    line: (line) => {
      lines.push(line);
      look();
    },
    closed: () => tellClosed(),
  });
  const path = channel.address.slice('unix:'.length);
  const heard = (count: number) =>
    within(
      5_000,
      `${count} lines, after ${lines.length}`,
      new Promise<readonly string[]>((resolve) => {
        look = () => lines.length >= count && resolve([...lines]);
        look();
      }),
    );
  return { channel, path, heard, lines, closed: () => within(5_000, 'close of the channel', closed) };
}

async function peer(path: string): Promise<{ socket: Socket; ended: Promise<void>; received: () => string }> {
  const socket = connect(path);
  let text = '';
  socket.on('data', (bytes) => (text += bytes.toString()));
  const ended = new Promise<void>((resolve) => void socket.on('close', () => resolve()));
  await new Promise<void>((resolve, reject) => void socket.once('connect', resolve).once('error', reject));
  socket.on('error', () => socket.destroy());
  return { socket, ended: within(10_000, 'end of the connection', ended), received: () => text };
}

test('the place is ours alone, short, and gone when nobody came', async () => {
  const { channel, path } = await listen();
  expect(channel.address).toMatch(/^unix:\//);
  expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100);
  expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o600, 0o700]);
  channel.close();
  expect(existsSync(dirname(path))).toBe(false);
});

test('a peer that shows the token is heard from its first line on, and answered', async () => {
  const { channel, path, heard, closed } = await listen();
  const { socket, received, ended } = await peer(path);
  socket.write(`${GREETING}\n{"event":"stopped"}\n`);
  expect(await heard(2)).toEqual([GREETING, '{"event":"stopped"}']);
  channel.send('{"request":"stack"}');
  await within(5_000, 'answer', new Promise<void>((resolve) => (received() ? resolve() : socket.once('data', () => resolve()))));
  expect(received()).toBe('{"request":"stack"}\n');
  channel.close();
  await ended;
  await closed();
});

test('lines may be split at any byte, even inside a character', async () => {
  const { path, heard } = await listen();
  const { socket } = await peer(path);
  socket.setNoDelay(true);
  const message = JSON.stringify({ text: 'aé€😀' });
  for (const byte of Buffer.from(`${GREETING}\n${message}\n\n${message}\n`)) {
    await new Promise<void>((resolve) => socket.write(Buffer.of(byte), () => resolve()));
  }
  expect(await heard(4)).toEqual([GREETING, message, '', message]);
});

test.each([
  ['a wrong token', '{"token":"wrong"}\n'],
  ['no token', '{"event":"stopped"}\n'],
  ['no JSON', 'GET / HTTP/1.1\n'],
  ['a token that is no text', '{"token":["a-token-of-this-session"]}\n'],
  ['the right token only in the second line', `{}\n${GREETING}\n`],
  ['a first line without an end', 'x'.repeat(5_000)],
])('a peer that shows %s is turned away, and the next may still come', async (_, greeting) => {
  const { path, heard, lines } = await listen();
  const stranger = await peer(path);
  stranger.socket.write(greeting);
  await stranger.ended;
  expect([stranger.received(), lines]).toEqual(['', []]);
  const { socket } = await peer(path);
  socket.write(`${GREETING}\n`);
  await heard(1);
});

test('a peer that says nothing is turned away after 5 s', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const { path, lines } = await listen();
    const socket = connect(path);
    const ended = new Promise<void>((resolve) => void socket.on('close', () => resolve()).resume());
    await new Promise<void>((resolve) => void socket.once('connect', resolve));
    while (vi.getTimerCount() === 0) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(5_000);
    await ended;
    expect(lines).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

test('once a peer is heard, nobody else is: others are closed and the place is taken down', async () => {
  const { path, heard, lines, closed } = await listen();
  const waiting = await peer(path);
  const first = await peer(path);
  first.socket.write(`${GREETING}\n`);
  await heard(1);
  await waiting.ended;
  expect(existsSync(dirname(path))).toBe(false);
  await expect(peer(path)).rejects.toThrow('ENOENT');
  expect(lines).toEqual([GREETING]);
  first.socket.end();
  await closed();
});

test('a line of 16 MB passes, a longer one ends the connection', async () => {
  const { path, heard, closed } = await listen();
  const { socket } = await peer(path);
  const line = 'x'.repeat(16 << 20);
  socket.write(`${GREETING}\n${line}\n`);
  expect((await heard(2))[1]?.length).toBe(line.length);
  socket.write(`${line}y\n`);
  await closed();
});

test('the end of the process leaves nothing behind', () => {
  const program = `
    const { build } = require('esbuild');
    build({ entryPoints: ['main/transports/local/localTransport.ts'], bundle: true, platform: 'node', format: 'cjs', external: ['node-pty'], write: false }).then(async ({ outputFiles }) => {
      const module = { exports: {} };
      new Function('module', 'exports', 'require', '__filename', '__dirname', outputFiles[0].text)(module, module.exports, require, __filename, __dirname);
      const transport = new module.exports.LocalTransport();
      const channel = await transport.listen('t', { line() {}, closed() {} });
      console.log(channel.address.slice(5) + '\\n' + await transport.privateFile('a', 'b'));
      process.exit(0);
    });`;
  const [socket = '', file = ''] = execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }).trim().split('\n');
  expect(socket).toMatch(/bridge\.sock$/);
  expect([existsSync(dirname(socket)), existsSync(dirname(file))]).toEqual([false, false]);
});
