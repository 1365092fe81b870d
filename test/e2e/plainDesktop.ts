import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { within } from '../helpers/within';

const message = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.object({ message: z.string() }).optional(),
  params: z.object({ targetInfo: z.object({ targetId: z.string(), type: z.string(), url: z.string() }) }).optional(),
});
type Message = z.infer<typeof message>;

/**
 * The desktop program as a person starts it, but for a pipe to its window: Playwright would open ports of its own,
 * and here the question is which ports there are.
 *
 * @see Chrome DevTools Protocol, Target and Runtime; --remote-debugging-pipe speaks it on descriptors 3 and 4
 */
export async function openPlainDesktop(home: string) {
  const { CASEBOOK_ELECTRON: program, CASEBOOK_APP: folder } = process.env;
  if (!program || !folder) throw new Error('Run this with npm test -- --only electron, which finds an Electron and a display.');
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--remote-debugging-pipe', folder];
  const child = spawn(program, args, {
    env: { ...process.env, CASEBOOK_HOME: home },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const [, , , commands, answers] = child.stdio;
  const heard = listen(answers as Readable);
  let asked = 0;
  const ask = async (method: string, params: object, sessionId?: string) => {
    const id = ++asked;
    const answer = heard((m) => m.id === id, `answer to ${method}`);
    (commands as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const { result, error } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  };
  const page = heard((m) => m.params?.targetInfo.type === 'page' && m.params.targetInfo.url.startsWith('casebook://'), 'window');
  await ask('Target.setDiscoverTargets', { discover: true });
  const targetId = (await page).params?.targetInfo.targetId;
  const { sessionId } = z.object({ sessionId: z.string() }).parse(await ask('Target.attachToTarget', { targetId, flatten: true }));
  return {
    pid: child.pid ?? 0,
    /** What an expression settles to in the window. */
    async evaluate(expression: string): Promise<unknown> {
      const done = await ask('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, sessionId);
      return z.object({ result: z.object({ value: z.unknown() }) }).parse(done).result.value;
    },
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await within(15_000, 'end of the desktop program', gone);
    },
  };
}

/** Waits for messages of a pipe that ends each with a NUL. */
function listen(from: Readable): (wanted: (m: Message) => boolean, what: string) => Promise<Message> {
  const waiting = new Set<(m: Message) => void>();
  let text = '';
  from.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (text + chunk).split('\0');
    text = parts.pop() ?? '';
    for (const part of parts) {
      const read = message.safeParse(JSON.parse(part));
      if (read.success) for (const tell of [...waiting]) tell(read.data);
    }
  });
  return (wanted, what) =>
    within(
      20_000,
      what,
      new Promise((found) => {
        const tell = (m: Message) => {
          if (!wanted(m)) return;
          waiting.delete(tell);
          found(m);
        };
        waiting.add(tell);
      }),
    );
}
