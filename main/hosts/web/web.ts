import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createApp } from '../../app';
import { notAvailable } from '../../failures';
import { version } from '../../../package.json';
import { environmentOf, foldersOf } from '../folders';
import { serve } from './webServer';

const HELP = `Casebook in the browser.

  --port N       listen on this loopback port; default: any free one
  --socket PATH  listen on a unix socket (0600) instead, for ssh -L 9000:PATH
  --note TEXT    said in the window: why the browser is used
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, socket: { type: 'string' }, note: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return void process.stdout.write(HELP);
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${values.port}: give a number from 0 to 65535.`);
  const elsewhere = async () => {
    throw notAvailable('The browser does this: use its own window and tabs.');
  };
  const app = await createApp({
    version,
    host: 'web',
    note: values.note ?? '',
    home: homedir(),
    env: environmentOf(process.env),
    ...foldersOf(process.env, process.platform),
    probe: join(__dirname, '..', 'probes', 'casebook_pdb.py'),
    channel: process.env['CASEBOOK_PDB_CHANNEL'] === 'osc' ? 'osc' : 'socket',
    openLink: elsewhere,
    actOnWindow: elsewhere,
  });
  const server = await serve(app, join(__dirname, '..', 'renderer'), values.socket ? { socket: values.socket } : { port });
  process.stdout.write(`Casebook is at ${server.url}\n`);
  let closing = false;
  const close = async () => {
    if (closing) return;
    closing = true;
    await app.close();
    await server.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void close());
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
