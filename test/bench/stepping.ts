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
  const stoppedFirst = stopped(casebook, 0);
  await request('breakpoints.set', { breakpoints: [{ path: launch.program, line, condition: '', enabled: true }] });
  const session = await request('session.launch', launch);
  let stopId = await stoppedFirst;
  await request('breakpoints.set', { breakpoints: [] });
  return {
    session,
    async next() {
      const stoppedAgain = stopped(casebook, stopId);
      await request('session.next', { session });
      return (stopId = await stoppedAgain);
    },
  };
}
