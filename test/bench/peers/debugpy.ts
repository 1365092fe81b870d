import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { within } from '../../helpers/within';
import { PYTHON, ROOT } from '../casebook';

const PATIENCE_MS = 30_000;
const HEAD_END = '\r\n\r\n';

const message = z.object({
  type: z.string(),
  event: z.string().optional(),
  request_seq: z.number().optional(),
  success: z.boolean().optional(),
  message: z.string().optional(),
  body: z.unknown().optional(),
});
type Message = z.infer<typeof message>;

const stop = z.object({ threadId: z.number() });
const stack = z.object({ stackFrames: z.array(z.object({ id: z.number(), line: z.number() })).min(1) });
const scopes = z.object({ scopes: z.array(z.object({ variablesReference: z.number() })).min(1) });
const variables = z.object({ variables: z.array(z.object({ name: z.string(), value: z.string() })).min(1) });

/** A program under Debian's debugpy, by a client of the Debug Adapter Protocol that does nothing else. */
export class Debugpy {
  private asked = 0;
  private thread = 0;
  private rest = Buffer.alloc(0);
  private readonly listeners = new Set<(heard: Message) => void>();

  private constructor(private readonly adapter: ChildProcessByStdio<Writable, Readable, null>) {
    adapter.stdout.on('data', (chunk: Buffer) => this.take(chunk));
  }

  /**
   * Starts a program and stands at a breakpoint, which is then taken away.
   *
   * @param delay `none` forces TCP_NODELAY on all sockets of the adapter, the launcher and the debuggee
   * @throws Error with what to install
   */
  static async stoppedAt(program: string, line: number, delay: 'as shipped' | 'none'): Promise<Debugpy> {
    const env = {
      ...process.env,
      PYTHONDONTWRITEBYTECODE: '1',
      ...(delay === 'none' ? { PYTHONPATH: `${ROOT}/test/bench/peers/nodelay` } : {}),
    };
    await mustBeThere(env);
    const debugpy = new Debugpy(spawn(PYTHON, ['-m', 'debugpy.adapter'], { env, stdio: ['pipe', 'pipe', 'ignore'] }));
    try {
      await debugpy.launch(program, line);
    } catch (error) {
      await debugpy.close();
      throw error;
    }
    return debugpy;
  }

  /** One step over, to the answers that a window needs to draw it: stack, scopes, locals. */
  async step(): Promise<void> {
    const stopped = this.event('stopped');
    this.send('next', { threadId: this.thread });
    await stopped;
    const [frame] = stack.parse(await this.request('stackTrace', { threadId: this.thread, levels: 20 })).stackFrames;
    const [locals] = scopes.parse(await this.request('scopes', { frameId: frame?.id })).scopes;
    variables.parse(await this.request('variables', { variablesReference: locals?.variablesReference }));
  }

  /** Ends the program and the adapter. */
  async close(): Promise<void> {
    if (this.adapter.exitCode !== null || this.adapter.signalCode !== null) return;
    const gone = once(this.adapter, 'exit');
    this.send('disconnect', { terminateDebuggee: true });
    this.adapter.stdin.end();
    await within(PATIENCE_MS, 'end of debugpy', gone);
  }

  private async launch(program: string, line: number): Promise<void> {
    await this.request('initialize', {
      adapterID: 'python',
      clientID: 'bench',
      linesStartAt1: true,
      columnsStartAt1: true,
      pathFormat: 'path',
    });
    const initialized = this.event('initialized');
    this.send('launch', { request: 'launch', program, python: [PYTHON], console: 'internalConsole', justMyCode: true, subProcess: false });
    await initialized;
    const source = { path: program };
    await this.request('setBreakpoints', { source, breakpoints: [{ line }] });
    const [stopped] = await Promise.all([this.event('stopped'), this.request('configurationDone', {})]);
    this.thread = stop.parse(stopped.body).threadId;
    await this.request('setBreakpoints', { source, breakpoints: [] });
  }

  private async request(command: string, args: object): Promise<unknown> {
    const seq = this.asked + 1;
    const answer = this.heard(`answer to ${command}`, (m) => m.type === 'response' && m.request_seq === seq);
    this.send(command, args);
    const { success, message: why, body } = await answer;
    if (!success) throw new Error(`debugpy refused ${command}: ${why ?? 'it does not say why'}.`);
    return body;
  }

  private event(name: string): Promise<Message> {
    return this.heard(`event ${name}`, (m) => m.type === 'event' && m.event === name);
  }

  private heard(awaited: string, isIt: (m: Message) => boolean): Promise<Message> {
    let deaf = (): void => undefined;
    const found = new Promise<Message>((resolve) => {
      const listener = (m: Message): void => {
        if (isIt(m)) resolve(m);
      };
      this.listeners.add(listener);
      deaf = () => void this.listeners.delete(listener);
    });
    return within(PATIENCE_MS, `${awaited} from debugpy`, found).finally(deaf);
  }

  private send(command: string, args: object): void {
    const body = JSON.stringify({ seq: ++this.asked, type: 'request', command, arguments: args });
    this.adapter.stdin.write(`Content-Length: ${Buffer.byteLength(body)}${HEAD_END}${body}`);
  }

  private take(chunk: Buffer): void {
    this.rest = Buffer.concat([this.rest, chunk]);
    for (;;) {
      const end = this.rest.indexOf(HEAD_END);
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/.exec(this.rest.toString('latin1', 0, end))?.[1]);
      const begin = end + HEAD_END.length;
      if (this.rest.length < begin + length) return;
      const heard = message.parse(JSON.parse(this.rest.toString('utf8', begin, begin + length)));
      this.rest = this.rest.subarray(begin + length);
      for (const listener of [...this.listeners]) listener(heard);
    }
  }
}

async function mustBeThere(env: NodeJS.ProcessEnv): Promise<void> {
  const [code] = await once(spawn(PYTHON, ['-c', 'import debugpy'], { env, stdio: 'ignore' }), 'exit');
  if (code !== 0)
    throw new Error(`${PYTHON} has no debugpy, which this row is measured against. Install it: apt-get install python3-debugpy`);
}
