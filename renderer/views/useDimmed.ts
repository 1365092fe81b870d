import { useEffect, useState } from 'react';
import type { SessionState } from '../../preload/protocol/session';

/** A step shorter than this changes nothing on the screen but its result (ui.md §7). */
const FLICKER_MS = 150;

/** The class of a view that shows the last stop while the program runs on. */
export function useDimmed(session: SessionState | undefined): string {
  const away = session?.phase.phase === 'running' || session?.phase.phase === 'ended';
  const [dimmed, setDimmed] = useState(false);
  useEffect(() => {
    if (!away) {
      setDimmed(false);
      return undefined;
    }
    const timer = setTimeout(() => setDimmed(true), FLICKER_MS);
    return () => clearTimeout(timer);
  }, [away]);
  return dimmed ? 'dimmed' : '';
}
