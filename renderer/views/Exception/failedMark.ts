import type { SessionState } from '../../../preload/protocol/session';
import type { SourcePlace } from '../../store/view';
import type { FailedMark } from '../../widgets/useFailedMark';

/** The failing expression in the file that is shown: of the place the person chose, else of the frame where the program stands. */
export function failedIn(path: string, place: SourcePlace | undefined, session: SessionState): FailedMark | undefined {
  const stopped = session.phase.phase === 'stopped' ? session.phase.frame : undefined;
  const shown = place ?? stopped;
  return shown?.range && shown.path === path ? { line: shown.line, ...shown.range } : undefined;
}
