import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { chmod, rm } from 'node:fs/promises';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import type { ServerMessage } from '../../../preload/protocol/answer';
import type { BridgeEvent } from '../../../preload/protocol/bridge';
import { encodeOutput } from '../../../preload/protocol/outputFrame';
import type { App } from '../../app';
import { answer } from '../answer';
import { staticFile } from '../staticFiles';
import { Door, isOurs } from './door';

/** A socket that has not shown the token by then is closed. */
const TOKEN_WITHIN_MS = 2000;
/** The largest message of a window: a request's limits and room for JSON's escapes. */
const LARGEST_MESSAGE = 4 * 1024 * 1024;

/** Where the web host listens: a loopback port (0: any free one), or a unix socket for `ssh -L`. */
export type Listening = { readonly port: number } | { readonly socket: string };

/** A running web host. */
export interface WebServer {
  /** What to open, with the token in its fragment; for a unix socket, as it is seen through a forwarded port. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the workbench to browsers on this machine. @throws the system's error when the port or socket cannot be had */
export async function serve(app: App, folder: string, listening: Listening): Promise<WebServer> {
  const door = new Door();
  const http = createServer((request, response) => void sendFile(folder, request, response));
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  let windows = 0;
  http.on('upgrade', (request, socket, head) => {
    // From here on the socket is nobody's but ours: a reset that nobody hears would end the process.
    socket.on('error', () => socket.destroy());
    if (request.url !== '/bridge' || !isOurs(request.headers.host, request.headers.origin, true)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n', () => socket.destroy());
      return;
    }
    sockets.handleUpgrade(request, socket, head, (peer) => admit({ app, peer, window: ++windows }, door));
  });
  await listen(http, listening);
  const address = http.address();
  const port = address && typeof address === 'object' ? address.port : 9000;
  return {
    url: `http://localhost:${port}/#t=${door.token}`,
    async close() {
      for (const peer of sockets.clients) peer.terminate();
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
      if ('socket' in listening) await rm(listening.socket, { force: true });
    },
  };
}

async function listen(http: Server, listening: Listening): Promise<void> {
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen('port' in listening ? { port: listening.port, host: '127.0.0.1' } : { path: listening.socket }, resolve);
    });
  } finally {
    process.umask(mask);
  }
  if ('socket' in listening) await chmod(listening.socket, 0o600);
}

async function sendFile(folder: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOurs(request.headers.host, request.headers.origin, false)) return void response.writeHead(403).end();
  if (request.method !== 'GET') return void response.writeHead(405, { Allow: 'GET' }).end();
  const path = (request.url ?? '/').replace(/[?#].*$/, '');
  const file = await staticFile(folder, path);
  if (!file) return void response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is nothing here.\n');
  response.writeHead(200, file.headers).end(file.body);
}

/** One window over one socket. */
interface Link {
  readonly app: App;
  readonly peer: WebSocket;
  readonly window: number;
}

/** Deaf until the token comes; then a window like any other. */
function admit(link: Link, door: Door): void {
  const { app, peer, window } = link;
  const late = setTimeout(() => peer.terminate(), TOKEN_WITHIN_MS);
  peer.on('error', () => peer.terminate());
  peer.once('message', (data) => {
    clearTimeout(late);
    const first = parsed(data);
    if (!door.admits(first?.['token'], performance.now())) return peer.close(4403, 'wrong token');
    send(peer, { welcome: true });
    const stop = app.subscribe(window, (event) => tell(peer, event));
    peer.on('message', (next) => void reply(link, next));
    peer.on('close', stop);
  });
  peer.on('close', () => clearTimeout(late));
}

function tell(peer: WebSocket, event: BridgeEvent): void {
  if (event.type === 'output') peer.send(encodeOutput(event));
  else send(peer, { event });
}

async function reply({ app, peer, window }: Link, data: RawData): Promise<void> {
  const message = parsed(data);
  const id = message?.['id'];
  if (typeof id !== 'number') return peer.close(4400, 'not a request');
  const answered = await answer(app.handlers, { name: message?.['name'], params: message?.['params'] }, { window });
  if (peer.readyState === peer.OPEN) peer.send(JSON.stringify({ id, answer: answered }));
}

const send = (peer: WebSocket, message: ServerMessage): void => {
  if (peer.readyState === peer.OPEN) peer.send(JSON.stringify(message));
};

function parsed(data: RawData): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.isBuffer(data) ? data.toString('utf8') : '');
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
