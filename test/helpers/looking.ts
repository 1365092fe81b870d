import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataQueries } from '../../preload/protocol/queries/data';
import { variablePage } from './bridgeMessages';
import type { Bodies } from './bridgeMessages';
import { ALL_PYTHONS, BridgeSession, PROGRAMS } from './bridgeSession';
import type { Python } from './bridgeSession';
import { hasModule } from './hasModule';

/** The longest wait for a library to be imported under the debugger on a busy machine. */
const IMPORT_MS = 30_000;
const TRAINING = join(PROGRAMS, 'training.py');
const lineOf = (text: string) =>
  readFileSync(TRAINING, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

/** Beside those of ALL_PYTHONS the system's own: libraries are often installed only there. */
const candidates: readonly Python[] = [...ALL_PYTHONS, { version: 'of the system', path: '/usr/bin/python3' }].filter(({ path }) =>
  existsSync(path),
);

/** Pythons that can import all of these. */
export const pythonsWith = (...modules: readonly string[]): readonly Python[] =>
  candidates.filter(({ path }) => modules.every((name) => hasModule(path, name)));

/** One stop of a program, and the questions of the data view about its locals. */
export class Looking {
  constructor(
    readonly it: BridgeSession,
    readonly locals: readonly Bodies['stopped']['locals']['items'][number][],
  ) {}

  local(name: string) {
    const found = this.locals.find((item) => item.name === name);
    if (!found) throw new Error(`no local ${name} in ${this.locals.map((item) => item.name).join(' ')}`);
    return found;
  }

  async summary(name: string, wanted: { budgetMs?: number; at?: readonly number[]; column?: number } = {}) {
    const asked = { reference: this.local(name).reference, budgetMs: 5000, at: [], column: -1, ...wanted };
    return dataQueries.dataSummary.answer.strict().parse(await this.it.request('dataSummary', asked));
  }

  async page(name: string, wanted: Partial<(typeof dataQueries.dataPage.params)['_output']> = {}) {
    const whole = { at: [], row: 0, rows: 5, column: 0, columns: 10, sortBy: -1, descending: false, filter: '', budgetMs: 2000 };
    const asked = { reference: this.local(name).reference, ...whole, ...wanted };
    return dataQueries.dataPage.answer.strict().parse(await this.it.request('dataPage', asked));
  }

  /** The first column of a page. */
  async column(name: string, wanted: Partial<(typeof dataQueries.dataPage.params)['_output']>) {
    return (await this.page(name, wanted)).cells.map(([cell]) => cell);
  }

  async bytes(name: string, start: number, count: number) {
    const answer = await this.it.request('bytesPage', { reference: this.local(name).reference, start, count });
    const { base64, ...rest } = dataQueries.bytesPage.answer.strict().parse(answer);
    return { ...rest, bytes: [...Buffer.from(base64, 'base64')] };
  }
}

/** The training job, stopped at the line with this comment. The caller closes its session. */
export async function lookAt({ path }: Python, bridge: string, comment: string): Promise<Looking> {
  const job = comment.split(' ').at(-1) ?? '';
  const it = await BridgeSession.start({
    python: path,
    bridge,
    script: 'training.py',
    args: [job],
    stopOnEntry: false,
    breakpoints: [{ path: TRAINING, line: lineOf(comment) }],
  });
  return new Looking(it, await localsOf(it, await it.next('stopped', IMPORT_MS)));
}

/** On a busy machine a stop's own time may be up before the last local is described; asked for again, it is. */
export async function localsOf(it: BridgeSession, { scopes, locals }: Bodies['stopped']): Promise<Bodies['stopped']['locals']['items']> {
  let { items } = locals;
  while (items.some(({ value }) => value === 'not read: time budget')) {
    items = variablePage.parse(await it.request('variables', { reference: scopes[0]?.reference ?? 0, start: 0, count: 100 })).items;
  }
  return items;
}
