import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { App } from '../../main/app';
import { serve } from '../../main/hosts/web/webServer';
import type { Listening } from '../../main/hosts/web/webServer';
import type { BridgeEvent, Handlers } from '../../preload/protocol/bridge';
import { decodeOutput } from '../../preload/protocol/outputFrame';
import { within } from '../helpers/within';

/** A web host with a page to serve and an app that notes what reaches it. */
async function host(listening: Listening = { port: 0 }) {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-web-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, 'assets', 'index-1.js'), '1');
  const reached: string[] = [];
  const windows = new Map<number, (event: BridgeEvent) => void>();
  const handlers: Partial<Handlers> = {
    'files.source': async ({ path }) => {
      reached.push(path);
      return { path, text: 'x', stamp: '1', note: '' };
    },
  };
  const app: App = {
    handlers: handlers as Handlers,
    subscribe: (window, listener) => {
      windows.set(window, listener);
      return () => windows.delete(window);
    },
    close: async () => {},
  };
  const server = await serve(app, folder, listening);
  onTestFinished(async () => {
    await within(5_000, 'end of the web host', server.close());
    rmSync(folder, { recursive: true, force: true });
  });
  const { port, hash } = new URL(server.url);
  return { server, port: Number(port), token: hash.replace('#t=', ''), reached, windows, folder };
}

/** Status and headers of one plain request. */
async function get(options: RequestOptions): Promise<{ status: number; headers: Record<string, unknown>; body: string }> {
  const asked = httpRequest({ host: '127.0.0.1', ...options });
  asked.end();
  const [response] = await within(5_000, 'answer', once(asked, 'response'));
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

/** A window's socket, its messages in order, and how it was closed. */
function knock(port: number, more: { origin?: string; host?: string; path?: string } = {}) {
  const own = more.host ?? `localhost:${port}`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${more.path ?? '/bridge'}`, {
    headers: { Host: own, Origin: more.origin ?? `http://${own}` },
  });
  const messages: unknown[] = [];
  const waiting: (() => void)[] = [];
  socket.on('message', (data, binary) => {
    messages.push(binary || !Buffer.isBuffer(data) ? data : JSON.parse(data.toString()));
    for (const tell of waiting.splice(0)) tell();
  });
  socket.on('error', () => {});
  const refused = new Promise<number>((resolve) => socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0)));
  const opened = new Promise((resolve) => socket.once('open', resolve));
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  onTestFinished(() => socket.terminate());
  return {
    socket,
    messages,
    say: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: () => within(5_000, 'message', new Promise<void>((resolve) => waiting.push(resolve))),
    refused: () => within(5_000, 'refusal', refused),
    opened: () => within(5_000, 'opening', opened),
    closed: () => within(5_000, 'closing', closed),
  };
}

/** One that has been let in. */
async function letIn(port: number, token: string) {
  const window = knock(port);
  await window.opened();
  window.say({ token });
  await window.next();
  expect(window.messages.splice(0)).toEqual([{ welcome: true }]);
  return window;
}

describe('over HTTP', () => {
  test('the page and its parts are served to this machine, with their policy and without a cookie', async () => {
    const { port } = await host();
    for (const [path, own] of [
      ['/', 'localhost'],
      ['/index.html?x=1', '127.0.0.1'],
      ['/assets/index-1.js', '[::1]'],
    ] as const) {
      const { status, headers } = await get({ port, path, headers: { Host: `${own}:${port}` } });
      expect([path, status]).toEqual([path, 200]);
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
      expect([headers['set-cookie'], headers['access-control-allow-origin']]).toEqual([undefined, undefined]);
    }
  });

  test('nothing served holds the token', async () => {
    const { port, token } = await host();
    for (const path of ['/', '/assets/index-1.js', '/nothing']) {
      const { body, headers } = await get({ port, path, headers: { Host: 'localhost' } });
      expect(JSON.stringify([body, headers])).not.toContain(token);
    }
  });

  test.each([
    ['another host', { Host: 'evil.test' }, 403],
    ['another host at our port', { Host: 'localhost.evil.test:80' }, 403],
    ['a page of another origin', { Host: 'localhost', Origin: 'http://evil.test' }, 403],
    ['a page without an origin', { Host: 'localhost', Origin: 'null' }, 403],
    ['a forwarded port', { Host: 'localhost:9000', Origin: 'http://localhost:9000' }, 200],
  ])('%s gets what it should', async (_, headers, status) => {
    const { port } = await host();
    expect((await get({ port, headers })).status).toBe(status);
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'])('%s is no way in', async (method) => {
    const { port } = await host();
    expect((await get({ port, method, headers: { Host: 'localhost' } })).status).toBe(405);
  });

  test.each(['/../package.json', '/%2e%2e/secret', '/bridge', '/..%5cx', 'http://evil.test/index.html'])(
    '%s is not there',
    async (path) => {
      const { port } = await host();
      expect((await get({ port, path, headers: { Host: 'localhost' } })).status).toBe(404);
    },
  );
});

describe('a socket is refused before it is one', () => {
  test.each([
    ['to another host', { host: 'evil.test', origin: 'http://evil.test' }],
    ['of a page elsewhere', { origin: 'http://evil.test' }],
    ['of a page of another port', { origin: 'http://localhost:1' }],
    ['of a local file', { origin: 'null' }],
    ['by another path', { path: '/other' }],
    ['by a longer path', { path: '/bridge?token=x' }],
  ])('%s', async (_, more) => {
    const { port, reached } = await host();
    expect(await knock(port, more).refused()).toBe(403);
    expect(reached).toEqual([]);
  });

  test('without an origin, as no browser sends it', async () => {
    const { port } = await host();
    const headers = {
      Host: 'localhost',
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    expect((await get({ port, path: '/bridge', headers })).status).toBe(403);
  });

  test('and one that is torn off meanwhile does no harm', async () => {
    const { port, token } = await host();
    for (let i = 0; i < 50; i++) {
      const socket = connect(port, '127.0.0.1');
      await within(5_000, 'connection', once(socket, 'connect'));
      socket.write('GET /bridge HTTP/1.1\r\nHost: evil.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
      socket.resetAndDestroy();
      await within(5_000, 'end of the connection', once(socket, 'close'));
    }
    expect((await letIn(port, token)).socket.readyState).toBe(WebSocket.OPEN);
  });
});

describe('a socket is deaf until the token comes', () => {
  test('and answers afterwards', async () => {
    const { port, token, reached } = await host();
    const window = await letIn(port, token);
    window.say({ id: 7, name: 'files.source', params: { path: '/a.py' } });
    await window.next();
    expect(window.messages).toEqual([{ id: 7, answer: { ok: true, result: { path: '/a.py', text: 'x', stamp: '1', note: '' } } }]);
    expect(reached).toEqual(['/a.py']);
  });

  test.each([
    ['a request', { id: 1, name: 'files.source', params: { path: '/a.py' } }],
    ['a wrong token', { token: '0'.repeat(32) }],
    ['a token that is no text', { token: ['x'] }],
    ['nothing in it', {}],
    ['a text', 'hello'],
    ['null', 'null'],
    ['the prototype', '{"__proto__":{"token":"x"}}'],
  ])('%s closes it', async (_, first) => {
    const { port, token, reached, windows } = await host();
    const window = knock(port);
    await window.opened();
    window.say(first);
    window.say({ token });
    window.say({ id: 2, name: 'files.source', params: { path: '/b.py' } });
    expect(await window.closed()).toBe(4403);
    expect([window.messages, reached, windows.size]).toEqual([[], [], 0]);
  });

  test('silence closes it after two seconds', async () => {
    const { port } = await host();
    const window = knock(port);
    await window.opened();
    const begun = performance.now();
    expect(await window.closed()).toBe(1006);
    expect(performance.now() - begun).toBeGreaterThan(1500);
  });

  test('and hears no event before', async () => {
    const { port, windows } = await host();
    const window = knock(port);
    await window.opened();
    expect(windows.size).toBe(0);
  });
});

test('after ten wrong tokens even the right one is refused', async () => {
  const { port, token } = await host();
  for (let i = 0; i < 10; i++) {
    const window = knock(port);
    await window.opened();
    window.say({ token: `wrong ${i}` });
    expect(await window.closed()).toBe(4403);
  }
  const late = knock(port);
  await late.opened();
  late.say({ token });
  expect([await late.closed(), late.messages]).toEqual([4403, []]);
});

describe('a window that was let in', () => {
  test('gets its own events, output as bytes, and no more once it is gone', async () => {
    const { port, token, windows } = await host();
    const [one, two] = [await letIn(port, token), await letIn(port, token)];
    expect([...windows.keys()]).toEqual([1, 2]);
    windows.get(2)?.({ type: 'output', terminal: 'A.console', offset: 5, data: Uint8Array.from([27, 0, 255]) });
    await two.next();
    const [frame] = two.messages;
    const bytes = frame instanceof Uint8Array ? Uint8Array.from(frame) : new Uint8Array();
    expect(decodeOutput(bytes.buffer)).toEqual({ terminal: 'A.console', offset: 5, data: Uint8Array.from([27, 0, 255]) });
    windows.get(1)?.({ type: 'session-closed', session: 'A' });
    await one.next();
    expect(one.messages).toEqual([{ event: { type: 'session-closed', session: 'A' } }]);
    const told = windows.get(2);
    two.socket.close();
    await two.closed();
    one.say({ id: 1, name: 'nothing', params: {} });
    await one.next();
    expect([...windows.keys()]).toEqual([1]);
    expect(() => told?.({ type: 'session-closed', session: 'A' })).not.toThrow();
  });

  test.each([
    ['something else than a request', '{"name":"files.source"}', 4400],
    ['no JSON', '{{{', 4400],
    ['more than 4 MB', JSON.stringify({ id: 1, name: 'files.source', params: { path: 'x'.repeat(5_000_000) } }), 1009],
  ])('is closed when it sends %s', async (_, message, code) => {
    const { port, token, reached, windows } = await host();
    const window = await letIn(port, token);
    window.say(message);
    expect([code, 1006]).toContain(await window.closed());
    expect(reached).toEqual([]);
    const other = await letIn(port, token);
    other.say({ id: 1, name: 'files.source', params: { path: '/a.py' } });
    await other.next();
    expect([reached, windows.size]).toEqual([['/a.py'], 1]);
  });

  test('is refused by name what is not in the list', async () => {
    const { port, token } = await host();
    const window = await letIn(port, token);
    for (const name of ['__proto__', 'constructor', 'toString', 7, null]) {
      window.say({ id: 1, name, params: {} });
      await window.next();
    }
    for (const message of window.messages)
      expect(message).toMatchObject({ id: 1, answer: { ok: false, failure: { code: 'bad-request' } } });
  });
});

test('it listens on the loopback address only', async () => {
  const { port } = await host();
  const socket = connect(port, '::1');
  const [error] = await within(5_000, 'refusal', once(socket, 'error'));
  expect(error.code).toMatch(/ECONNREFUSED|EADDRNOTAVAIL/);
});

test('a unix socket is the person’s alone, serves as a port does, and is gone afterwards', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'casebook-socket-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const socketPath = join(folder, 'a.sock');
  const mask = process.umask();
  const { server } = await host({ socket: socketPath });
  expect([statSync(socketPath).mode & 0o777, process.umask()]).toEqual([0o600, mask]);
  expect(server.url).toMatch(/^http:\/\/localhost:9000\/#t=[0-9a-f]{32}$/);
  expect((await get({ socketPath, headers: { Host: 'localhost:9000' } })).status).toBe(200);
  expect((await get({ socketPath, headers: { Host: 'evil.test' } })).status).toBe(403);
  await within(5_000, 'end of the web host', server.close());
  expect(() => statSync(socketPath)).toThrow('ENOENT');
});

test('it ends at once, also while somebody holds a connection open', async () => {
  const { server, port, token } = await host();
  const window = await letIn(port, token);
  const half = connect(port, '127.0.0.1');
  half.on('error', () => {});
  await within(5_000, 'connection', once(half, 'connect'));
  half.write('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ');
  const refused = connect(port, '127.0.0.1');
  refused.on('error', () => {});
  refused.write('GET /bridge HTTP/1.1\r\nHost: evil.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await within(5_000, 'refusal', once(refused, 'data'));
  await within(2_000, 'end of the web host', server.close());
  expect(await window.closed()).toBe(1006);
});

test('a port that is taken is an error that names it', async () => {
  const { port } = await host();
  await expect(host({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
