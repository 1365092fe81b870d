import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { ClientMessage, ServerMessage } from '../../preload/protocol/answer';
import { decodeOutput } from '../../preload/protocol/outputFrame';
import { within } from '../helpers/within';
import { ROOT, Told } from './casebook';
import type { Casebook } from './casebook';
import { inTemporaryFolder } from './temporaryFolder';

const PATIENCE_MS = 15_000;

/** The web host as people start it, a process of its own. */
export interface WebHost extends Casebook {
  readonly pid: number;
  /** What a browser opens. */
  readonly url: string;
}

/** Starts a web host, links with it as a window does, and ends it afterwards. */
export function withWebHost<T>(use: (host: WebHost) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (home) => {
    const env = { ...process.env, CASEBOOK_HOME: home };
    // With node --cpu-prof dist/bench/bench.cjs the host is profiled too.
    const child = spawn(process.execPath, [...process.execArgv, join(ROOT, 'dist/main/web.cjs')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const url = await within(PATIENCE_MS, 'address of the web host', addressOf(child));
      const link = await openLink(url);
      try {
        return await use({ ...link, dataFolder: join(home, 'data'), pid: child.pid ?? 0, url });
      } finally {
        link.socket.terminate();
      }
    } finally {
      await ended(child);
    }
  });
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const url = /http:\S+(?=\n)/.exec(said)?.[0];
      if (url) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`The web host ended with code ${code}: ${said}`)));
  });
}

async function openLink(url: string) {
  const { origin, host, hash } = new URL(url);
  const socket = new WebSocket(`ws://${host}/bridge`, { origin });
  socket.binaryType = 'arraybuffer';
  await within(PATIENCE_MS, 'link with the web host', once(socket, 'open'));
  const told = new Told();
  const waiting = new Map<number, (message: Extract<ServerMessage, { readonly id: number }>) => void>();
  let asked = 0;
  const send = (message: ClientMessage) => socket.send(JSON.stringify(message));
  const welcome = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      if (data instanceof ArrayBuffer) return told.hear({ type: 'output', ...decodeOutput(data) });
      const message: ServerMessage = JSON.parse(data.toString());
      if ('welcome' in message) return resolve();
      if ('event' in message) return told.hear(message.event);
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    });
  });
  send({ token: hash.replace('#t=', '') });
  await within(PATIENCE_MS, 'welcome of the web host', welcome);
  const request: Casebook['request'] = async (name, params) => {
    const id = ++asked;
    const answered = new Promise<Extract<ServerMessage, { readonly id: number }>>((resolve) => waiting.set(id, resolve));
    send({ id, name, params });
    const { answer } = await within(PATIENCE_MS, `answer to ${name}`, answered);
    if (!answer.ok) throw new Error(`${name}: ${answer.failure.message}`);
    return answer.result;
  };
  return { socket, told, request };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await within(PATIENCE_MS, 'end of the web host', gone);
}
