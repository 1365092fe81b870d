import { errorCode, notAvailable } from '../../failures';

/**
 * Signals a process that was not started here.
 *
 * @param pid greater than 0: never a group
 * @returns false when there is no such process
 * @throws Failure `not-available` when it is another user's
 */
export function signalProcess(pid: number, name: NodeJS.Signals): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
    if (errorCode(error) !== 'EPERM') throw error;
    throw notAvailable(`Process ${pid} belongs to another user and takes no signal from you. End it as that user.`);
  }
}
