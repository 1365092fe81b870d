import { join } from 'node:path';
import { createApp } from '../../main/app';
import type { App } from '../../main/app';
import { environmentOf } from '../../main/hosts/folders';
import type { Handlers, Params, RequestName, Result } from '../../preload/protocol/bridge';
import { ROOT, Told } from './casebook';
import type { Casebook } from './casebook';
import { inTemporaryFolder } from './temporaryFolder';

const WINDOW = 1;

/** The workbench of main in this very process, without a window. */
export function withApp<T>(use: (app: App, folder: string) => Promise<T>): Promise<T> {
  return inTemporaryFolder(async (folder) => {
    const elsewhere = async () => undefined;
    const app = await createApp({
      version: 'bench',
      host: 'web',
      note: '',
      home: folder,
      env: environmentOf(process.env),
      configFolder: join(folder, 'config'),
      dataFolder: join(folder, 'data'),
      probe: join(ROOT, 'dist/probes/casebook_pdb.py'),
      channel: 'socket',
      openLink: elsewhere,
      actOnWindow: elsewhere,
    });
    try {
      return await use(app, folder);
    } finally {
      await app.close();
    }
  });
}

/** The same as a window has it: each request is a call of its handler. */
export const inProcess = <T>(use: (casebook: Casebook) => Promise<T>): Promise<T> =>
  withApp(async (app, folder) => {
    const told = new Told();
    const stop = app.subscribe(WINDOW, (event) => told.hear(event));
    const request: Casebook['request'] = (name, params) => call(app.handlers, name, params);
    try {
      return await use({ told, dataFolder: join(folder, 'data'), request });
    } finally {
      stop();
    }
  });

function call<N extends RequestName>(handlers: Handlers, name: N, params: Params<N>): Promise<Result<N>> {
  return handlers[name](params, { window: WINDOW });
}
