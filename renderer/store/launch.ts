import type { LaunchConfig } from '../../preload/protocol/launch';
import { Refusal } from './connect';
import { dispatch, request, toast } from './store';

/** Starts a session and shows it. A refusal is shown where the person is. @returns whether it started */
export async function launchSession(config: LaunchConfig): Promise<boolean> {
  dispatch({ type: 'draft', draft: config });
  try {
    const tab = await request('session.launch', config);
    dispatch({ type: 'go', area: 'debug', tab });
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    toast('error', error.message);
    return false;
  }
}
