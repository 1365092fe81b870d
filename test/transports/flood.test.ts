import { createHash } from 'node:crypto';
import { createReadStream, rmSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { OutputFlow } from '../../main/sessions/outputFlow';
import { LocalTransport } from '../../main/transports/local/localTransport';
import type { Terminal, TerminalListener } from '../../main/transports/transport';
import { randomFile } from '../helpers/ptyFiles';
import { command, SIZE } from '../helpers/ptyRun';
import { runCounting } from '../helpers/ptyBare';
import { openSpool } from '../helpers/ptySpool';
import { within } from '../helpers/within';

const LONG = process.env['CASEBOOK_LONG'] === '1';
const FLOOD_BYTES = 200_000_000;
const PATIENCE = { timeout: 180_000 };

const transport = new LocalTransport();
afterAll(() => transport.close());

const cat = (path: string) => command('/bin/sh', ['-c', 'stty raw -echo; exec cat "$0"', path]);

/** Runs a program into a spool, and settles when its terminal is closed. */
async function capture(program: ReturnType<typeof cat>, onData: (chunk: Buffer) => void = () => {}) {
  const opened = openSpool({ source: () => terminal });
  const { spool } = opened;
  let tellClosed = () => {};
  const closed = new Promise<void>((resolve) => (tellClosed = resolve));
  const listener: TerminalListener = {
    data: (chunk) => {
      spool.append(chunk);
      onData(chunk);
    },
    exit: () => {},
    close: () => tellClosed(),
  };
  const terminal: Terminal = await transport.open(program, SIZE, listener);
  return { ...opened, terminal, closed };
}

async function hashOf(folder: string, pieces: readonly { offset: number }[]): Promise<string> {
  const hash = createHash('sha256');
  for (let i = 0; i < pieces.length; i++) {
    for await (const bytes of createReadStream(`${folder}/${String(i).padStart(6, '0')}.bin`)) hash.update(bytes);
  }
  return hash.digest('hex');
}

test('200 MB are captured whole, in bounded memory', PATIENCE, async () => {
  const source = randomFile(FLOOD_BYTES);
  const wanted = createHash('sha256').update(source.content).digest('hex');
  const ratios: number[] = [];
  const before = process.memoryUsage().rss;
  let most = before;
  for (let i = 0; i < (LONG ? 15 : 3); i++) {
    const bareStart = performance.now();
    await runCounting(cat(source.path), FLOOD_BYTES);
    const start = performance.now();
    let chunks = 0;
    const { spool, folder, pieces, closed } = await capture(cat(source.path), () => {
      if (++chunks % 1_000 === 0) most = Math.max(most, process.memoryUsage.rss());
    });
    await closed;
    await spool.close();
    ratios.push((start - bareStart) / (performance.now() - start));
    expect(spool.size).toBe(FLOOD_BYTES);
    expect(await hashOf(folder, pieces)).toBe(wanted);
    rmSync(folder, { recursive: true });
  }
  const median = ratios.sort((a, b) => a - b)[ratios.length >> 1] ?? 0;
  console.log(
    `capture is ${median.toFixed(2)} of bare node-pty counting (${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}); memory grew by ${(most - before) >> 20} MB`,
  );
  expect(most - before).toBeLessThan(100 << 20);
});

test('a single line of 50 MB is captured whole', PATIENCE, async () => {
  const { spool, pieces, closed } = await capture(command('/bin/sh', ['-c', "stty raw -echo; head -c 50000000 /dev/zero | tr '\\0' x"]));
  await within(60_000, 'close', closed);
  await spool.close();
  expect(spool.size).toBe(50_000_000);
  expect(pieces.at(-1)?.offset).toBe(2 * (16 << 20));
  expect((await spool.read(49_999_999, 10)).toString()).toBe('x');
});

test('Ctrl+C into a flood is answered within 100 ms in the stream, however slowly the window draws', PATIENCE, async () => {
  const answers: number[] = [];
  for (let i = 0; i < 5; i++) {
    let enough = () => {};
    const flooding = new Promise<void>((resolve) => (enough = resolve));
    let answered = () => {};
    const answer = new Promise<void>((resolve) => (answered = resolve));
    let end = '';
    const { spool, terminal, closed } = await capture(
      command('/bin/sh', ['-c', 'trap "echo interrupted; exit" INT; yes flood; :']),
      (chunk) => {
        flow.advance();
        end = (end + chunk.toString('latin1')).slice(-100);
        if (end.includes('interrupted')) answered();
        if (spool.size > 5_000_000) enough();
      },
    );
    const flow = new OutputFlow(
      spool,
      () => {},
      () => {},
    );
    flow.attach(0);
    await within(60_000, '5 MB of flood', flooding);
    const pressed = performance.now();
    terminal.write('\x03');
    await within(10_000, 'answer', answer);
    answers.push(performance.now() - pressed);
    await closed;
    await spool.close();
  }
  const median = answers.sort((a, b) => a - b)[2] ?? Infinity;
  console.log(`answers to Ctrl+C after ${answers.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  expect(median).toBeLessThan(100);
});
