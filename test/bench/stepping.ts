import { plainBreakpoint } from '../../preload/protocol/breakpoints';
import type { SessionId, StopId } from '../../preload/protocol/session';
import { config, stopped } from './casebook';
import type { Casebook } from './casebook';

/** A session that stands where it was brought to. */
export interface Stepping {
  readonly session: SessionId;
  /** One step over. @returns the stop it led to */
  next(): Promise<StopId>;
}

/** Runs a program to the first time it comes to a line, and takes the breakpoint away. */
export async function standAt(casebook: Casebook, program: string, line: number): Promise<Stepping> {
  const { request } = casebook;
  const launch = config(program, []);
  await request('breakpoints.set', { breakpoints: [plainBreakpoint(launch.program, line)] });
  const [first, session] = await Promise.all([stopped(casebook, 0), request('session.launch', launch)]);
  await request('breakpoints.set', { breakpoints: [] });
  let stopId = first;
  return {
    session,
    async next() {
      [stopId] = await Promise.all([stopped(casebook, stopId), request('session.next', { session })]);
      return stopId;
    },
  };
}
