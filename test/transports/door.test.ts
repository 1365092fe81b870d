import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { LocalTransport } from '../../main/transports/local/localTransport';
import type { Visitor } from '../../main/transports/transport';
import { hasEnded, runs } from '../helpers/processes';
import { within } from '../helpers/within';

const TOKEN = 'a-token-of-this-session';
const greeting = (name: string) => JSON.stringify({ token: TOKEN, name });

let transport = new LocalTransport();
afterEach(async () => {
  await transport.close();
  transport = new LocalTransport();
});

interface Guest {
  readonly visitor: Visitor;
  readonly lines: string[];
  gone: boolean;
}

async function open() {
  const guests: Guest[] = [];
  let look = () => {};
  const door = await transport.openDoor(TOKEN, (visitor, first) => {
    const guest: Guest = { visitor, lines: [first], gone: false };
    guests.push(guest);
    look();
    return {
      line: (line) => {
        guest.lines.push(line);
        look();
      },
      closed: () => {
        guest.gone = true;
        look();
      },
    };
  });
  const until = (what: string, there: () => boolean) =>
    within(
      5_000,
      what,
      new Promise<void>((resolve) => {
        look = () => there() && resolve();
        look();
      }),
    );
  return { door, guests, until, path: door.address.slice('unix:'.length) };
}

async function knock(path: string): Promise<{ socket: Socket; ended: Promise<unknown> }> {
  const socket = connect(path);
  socket.on('error', () => socket.destroy());
  socket.resume();
  const ended = once(socket, 'close');
  await within(5_000, 'connection', once(socket, 'connect'));
  return { socket, ended: within(7_000, 'end of the connection', ended) };
}

test('many may enter, at once and one after the other, and each is heard and spoken to apart', async () => {
  const { guests, until, path } = await open();
  const first = await knock(path);
  const second = await knock(path);
  first.socket.write(`${greeting('first')}\nfirst says\n`);
  await until('the first', () => guests[0]?.lines.length === 2);
  second.socket.write(`${greeting('second')}\n`);
  await until('the second', () => guests.length === 2);
  const told = once(second.socket, 'data');
  guests[1]?.visitor.send('welcome');
  expect(String((await within(5_000, 'welcome', told))[0])).toBe('welcome\n');
  first.socket.end();
  await until('the end of the first', () => guests[0]?.gone === true);
  second.socket.write('second says\n');
  await until('the second line', () => guests[1]?.lines.length === 2);
  expect(guests.map((guest) => guest.lines)).toEqual([
    [greeting('first'), 'first says'],
    [greeting('second'), 'second says'],
  ]);
  expect(guests.map((guest) => guest.gone)).toEqual([true, false]);
});

test('only its owner can reach it: the socket is 0600 in a folder of 0700', async () => {
  const { path } = await open();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
});

test.each([
  ['a wrong token', JSON.stringify({ token: 'another' })],
  ['no token', JSON.stringify({ name: 'x' })],
  ['no JSON', 'hello'],
  ['a greeting without an end', 'x'.repeat(20_000)],
])('%s is shown out, and nothing of it is heard', async (_, line) => {
  const { guests, path, until } = await open();
  const stranger = await knock(path);
  stranger.socket.write(`${line}\nmore\n`);
  await stranger.ended;
  expect(guests).toEqual([]);
  const { socket } = await knock(path);
  socket.write(`${greeting('after')}\n`);
  await until('one who knows the word', () => guests.length === 1);
});

test('closed, it lets nobody in, and who is in stays', async () => {
  const { door, guests, path, until } = await open();
  const { socket } = await knock(path);
  socket.write(`${greeting('inside')}\n`);
  await until('a guest', () => guests.length === 1);
  const late = await knock(path);
  door.close();
  await late.ended;
  expect(existsSync(dirname(path))).toBe(false);
  socket.write('still here\n');
  await until('a line', () => guests[0]?.lines.length === 2);
});

test('the end of the transport shows everybody out and takes folders away', async () => {
  const { guests, path, until } = await open();
  const { socket, ended } = await knock(path);
  socket.write(`${greeting('inside')}\n`);
  await until('a guest', () => guests.length === 1);
  const folder = await transport.privateFolder({ 'module.py': 'x = 1\n' });
  expect(statSync(`${folder}/module.py`).mode & 0o777).toBe(0o600);
  await transport.close();
  await ended;
  expect([existsSync(path), existsSync(folder)]).toEqual([false, false]);
});

test('a process that was not started here is signalled by its number, and a number that nobody has is said so', async () => {
  const child = spawn('sleep', ['60'], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  expect(runs(pid)).toBe(true);
  expect(transport.signal(pid, 'SIGTERM')).toBe(true);
  await hasEnded(pid);
  if (child.exitCode === null && child.signalCode === null) await within(5_000, 'exit', once(child, 'exit'));
  expect(transport.signal(pid, 'SIGTERM')).toBe(false);
  expect([0, -1, 1.5].map((number) => transport.signal(number, 'SIGTERM'))).toEqual([false, false, false]);
});
