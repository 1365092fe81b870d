import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { evaluationQueries } from '../../preload/protocol/queries/evaluation';
import { BridgeSession, packBridge, PROGRAMS } from './bridgeSession';
import { scopeList, variablePage } from './bridgeMessages';
import type { Bodies } from './bridgeMessages';

/** A small ledger, and objects that leave a trace when they are touched. */
export const LEDGER = join(PROGRAMS, 'ledger.py');
export const HOSTILE = join(PROGRAMS, 'hostile.py');

/** The number of the first line that holds this text. */
export const lineOf = (path: string, text: string): number =>
  readFileSync(path, 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

export type Evaluated = z.infer<(typeof evaluationQueries)['evaluate']['answer']>;
type Shown = z.infer<typeof variablePage>['items'][number];

let bridge = '';

/** A program stopped at the first line that holds a text. */
export class Stopped {
  private constructor(
    readonly it: BridgeSession,
    readonly at: Bodies['stopped'],
  ) {}

  static async before(python: string, text: string, path = LEDGER): Promise<Stopped> {
    bridge ||= packBridge();
    const it = await BridgeSession.start({
      python,
      bridge,
      script: path,
      stopOnEntry: false,
      ownTty: true,
      breakpoints: [{ path, line: lineOf(path, text), condition: '', enabled: true }],
    });
    return new Stopped(it, await it.next('stopped'));
  }

  close(): Promise<void> {
    return this.it.close();
  }

  async evaluate(expression: string, how: { run?: boolean; frame?: number; timeoutMs?: number } = {}): Promise<Evaluated> {
    const { run = false, frame = 0, timeoutMs = 3000 } = how;
    return evaluationQueries.evaluate.answer.parse(await this.it.request('evaluate', { expression, frame, run, timeoutMs }));
  }

  /** The value as it is shown, or why there is none. */
  async shows(expression: string, how: { run?: boolean; frame?: number; timeoutMs?: number } = {}): Promise<string> {
    const { variable, why } = await this.evaluate(expression, how);
    return variable?.value ?? why;
  }

  async scope(name: 'Locals' | 'Closure' | 'Globals', frame = 0): Promise<number> {
    const scopes = scopeList.parse(await this.it.request('scopes', { frame }));
    const found = scopes.find((scope) => scope.name === name);
    if (!found) throw new Error(`no ${name} in ${scopes.map((scope) => scope.name).join(' ')}`);
    return found.reference;
  }

  async children(reference: number): Promise<readonly Shown[]> {
    return variablePage.parse(await this.it.request('variables', { reference, start: 0, count: 100 })).items;
  }

  async child(reference: number, name: string): Promise<Shown> {
    const items = await this.children(reference);
    const found = items.find((item) => item.name === name);
    if (!found) throw new Error(`no ${name} in ${items.map((item) => item.name).join(' ')}`);
    return found;
  }

  async set(reference: number, [name, value]: readonly [string, string], frame = 0): Promise<string> {
    const answer = evaluationQueries.setVariable.answer.parse(await this.it.request('setVariable', { reference, name, value, frame }));
    return answer.variable?.value ?? answer.why;
  }

  async text(reference: number, format: 'text' | 'json' | 'csv'): Promise<z.infer<(typeof evaluationQueries)['valueText']['answer']>> {
    return evaluationQueries.valueText.answer.parse(await this.it.request('valueText', { reference, format }));
  }
}
