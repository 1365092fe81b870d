import type { LaunchConfig } from '../../preload/protocol/launch';
import { Refusal } from './connect';
import { dispatch, request } from './store';

/** Starts a session and shows it. @returns why it was refused, if it was */
export async function launchSession(config: LaunchConfig): Promise<Refusal | undefined> {
  dispatch({ type: 'draft', draft: config });
  try {
    const tab = await request('session.launch', config);
    dispatch({ type: 'go', area: 'debug', tab });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error;
  }
}
