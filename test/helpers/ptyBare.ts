import { spawn } from 'node-pty';
import type { IPty } from 'node-pty';
import type { Command } from '../../main/transports/transport';

/** node-pty as everybody uses it, to show in the same run what ours cures. `output` is what had come when its exit was told. */
export function runBare(
  { file, args, cwd, env }: Command,
  atExit: () => void = () => {},
): { readonly pty: IPty; readonly output: Promise<Buffer> } {
  const pty = spawn(file, [...args], { cwd, env: { ...env }, encoding: null });
  const chunks: Buffer[] = [];
  // With encoding null the chunks are Buffers, whatever the declaration says.
  pty.onData((chunk: string | Buffer) => chunks.push(Buffer.from(chunk)));
  const output = new Promise<Buffer>((resolve) =>
    pty.onExit(() => {
      atExit();
      resolve(Buffer.concat(chunks));
    }),
  );
  return { pty, output };
}

/** The time node-pty needs for so many bytes when nothing is done with them. It may lose the last 16 kB of them. */
export function runCounting({ file, args, cwd, env }: Command, bytes: number): Promise<void> {
  const pty = spawn(file, [...args], { cwd, env: { ...env }, encoding: null });
  return new Promise((resolve) => {
    let count = 0;
    pty.onData((chunk) => {
      count += chunk.length;
      if (count > bytes - 16_384) resolve();
    });
    pty.onExit(() => resolve());
  });
}
