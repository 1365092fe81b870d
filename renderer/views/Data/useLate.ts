import { useEffect, useState } from 'react';

/** A wait shorter than this is not shown (ui.md §5). */
const BUSY_MS = 300;

/** Whether something has been busy for longer than a moment. */
export function useLate(busy: boolean): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (!busy) return undefined;
    const timer = setTimeout(() => setLate(true), BUSY_MS);
    return () => clearTimeout(timer);
  }, [busy]);
  return busy && late;
}
