import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { z } from 'zod';
import { ROOT } from './bridgeSession';

const FOLDER = join(ROOT, 'test', 'helpers', 'conformance');
const SUITES = ['test_pdb', 'test_bdb'];
/** Both suites take seconds; a hundred of their tests start a Python each. */
const LONGEST_RUN_MS = 240_000;

const result = z.object({ pid: z.number(), tests: z.record(z.string(), z.string()) });
/** What became of each test of CPython's, by its id, in the process `pid`. */
export type Outcomes = z.infer<typeof result>;

const told = z.union([z.object({ token: z.string(), pid: z.number() }), z.object({ event: z.string(), body: z.unknown() })]);

/** Runs CPython's tests of its debuggers in a fresh folder, as they are. */
export async function runSuites(python: string, folder: string, env: Readonly<Record<string, string>> = {}): Promise<Outcomes> {
  const file = join(folder, 'outcomes.json');
  await promisify(execFile)(python, [join(FOLDER, 'run.py'), file, ...SUITES], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', LANG: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1', ...env },
    timeout: LONGEST_RUN_MS,
    maxBuffer: 64 << 20,
  });
  return result.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** A workbench's end of the channel for many processes at once: it counts what their bridges tell. */
export class StopCounter {
  /** Stops by process id; a process that said hello and never stopped has 0. */
  readonly stops = new Map<number, number>();
  readonly troubles: unknown[] = [];

  private constructor(private readonly server: Server) {}

  static async open(path: string): Promise<StopCounter> {
    const server = createServer();
    const counter = new StopCounter(server);
    server.on('connection', (socket) => counter.listen(socket));
    await new Promise<void>((ready) => server.listen(path, ready));
    return counter;
  }

  close(): void {
    this.server.close();
  }

  private listen(socket: Socket): void {
    let pid = 0;
    createInterface({ input: socket }).on('line', (line) => {
      const message = told.parse(JSON.parse(line));
      if ('token' in message) {
        pid = message.pid;
        this.stops.set(pid, 0);
      } else if (message.event === 'stopped') this.stops.set(pid, (this.stops.get(pid) ?? 0) + 1);
      else if (message.event === 'trouble') this.troubles.push(message.body);
    });
  }
}

/** The suites with the bridge beside every debugger of the process and of its children, which tell `socket` of their stops. */
export function runSuitesBeside(
  python: string,
  { folder, probe, socket }: { folder: string; probe: string; socket: string },
): Promise<Outcomes> {
  const settings = join(folder, 'beside.json');
  writeFileSync(settings, JSON.stringify({ probe, channel: { kind: 'unix', path: socket }, token: 'conformance' }));
  return runSuites(python, folder, { PYTHONPATH: join(FOLDER, 'site'), CASEBOOK_BESIDE: settings });
}
