import { useEffect, useState } from 'react';
import type { SessionPhase, SessionState, StopId, Variable } from '../../../preload/protocol/session';
import { Refusal } from '../../store/connect';
import { request } from '../../store/store';
import type { DataTarget } from './dataTarget';

type Stopped = Extract<SessionPhase, { phase: 'stopped' }>;

/** The value that is shown, and the stop at which it was found. */
export interface Found {
  readonly reference: number;
  readonly viewer: NonNullable<Variable['viewer']> | undefined;
  readonly stopId: StopId;
  /** Which stop of the session that was, counted from 1. */
  readonly stop: number;
}

export interface Finding {
  readonly found: Found | undefined;
  /** Why it is not found at this stop; empty when it is. */
  readonly why: string;
}

/** After the last stop: a person who steps fast waits for no data. */
const SETTLE_MS = 150;
const READ_MS = 1000;
const FRAMES = 200;

/** Finds the target's value, and again by its expression at each stop while it is looked at, in the frame of its function. */
export function useFound(session: SessionState, target: DataTarget | undefined, onScreen: boolean): Finding {
  const [finding, setFinding] = useState<Finding>({ found: undefined, why: '' });
  const stop = session.phase.phase === 'stopped' ? session.phase : undefined;
  useEffect(() => setFinding({ found: undefined, why: '' }), [target]);
  useEffect(() => {
    if (!stop || !target || !onScreen) return undefined;
    let wanted = true;
    const { stopId } = stop;
    const tell = (reference: number, viewer: Found['viewer']) =>
      wanted && setFinding({ found: { reference, viewer, stopId, stop: session.stops }, why: '' });
    if (target.opened?.stopId === stopId) {
      tell(target.opened.reference, undefined);
      return undefined;
    }
    const search = async () => {
      try {
        const variable = await read(session, stop, target);
        if (variable.reference && variable.viewer) tell(variable.reference, variable.viewer);
        else if (wanted) setFinding((before) => ({ ...before, why: `${target.expression} is ${variable.value}, which has no data view.` }));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        if (wanted && error.code !== 'stale' && error.code !== 'not-stopped') setFinding((before) => ({ ...before, why: error.message }));
      }
    };
    const timer = setTimeout(() => void search(), target.opened ? SETTLE_MS : 0);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [session.id, stop?.stopId, target, onScreen]);
  return finding;
}

/** The expression's value, read without running the program's code. @throws Refusal when it is not to be had */
async function read(session: SessionState, stop: Stopped, { expression, frame }: DataTarget): Promise<Variable> {
  const at = { session: session.id, stopId: stop.stopId };
  const where = frame && frame !== stop.frame.name ? await frameNamed(at, frame) : stop.frame.id;
  const { variable, why } = await request('session.evaluate', { ...at, expression, frame: where, run: false, timeoutMs: READ_MS });
  if (!variable) throw new Refusal('rejected', why || `${expression} is not there.`);
  return variable;
}

async function frameNamed(at: { readonly session: string; readonly stopId: StopId }, name: string): Promise<number> {
  const { items } = await request('session.stackTrace', { ...at, start: 0, count: FRAMES });
  const found = items.find((each) => each.name === name);
  if (!found) throw new Refusal('rejected', `${name}, whose variable this is, is not on the stack.`);
  return found.id;
}
