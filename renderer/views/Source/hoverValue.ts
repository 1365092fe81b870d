import type { SessionState } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { Refusal } from '../../store/connect';
import { request } from '../../store/store';

const READ_MS = 1000;

/** What stands beside the pointer over an expression: its value, or that it would run code. Nothing for what has no value here. */
export async function hoverValue(session: SessionState, expression: string): Promise<string | undefined> {
  const { phase } = session;
  if (phase.phase !== 'stopped') return undefined;
  const at = { session: session.id, stopId: phase.stopId, frame: phase.frame.id };
  try {
    const { variable, why, runsCode } = await request('session.evaluate', { ...at, expression, run: false, timeoutMs: READ_MS });
    if (variable) return `${expression} = ${visible(variable.value)}\n${visible(variable.type)}`;
    return runsCode ? visible(why) : undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}
