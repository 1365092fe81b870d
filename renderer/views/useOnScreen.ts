import { useEffect, useState } from 'react';
import type { RefObject } from 'react';

/** Whether an element can be seen: a view behind another tab asks nothing. */
export function useOnScreen(of: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!of.current) return undefined;
    const watcher = new IntersectionObserver((entries) => setSeen(entries.at(-1)?.isIntersecting ?? false));
    watcher.observe(of.current);
    return () => watcher.disconnect();
  }, [of]);
  return seen;
}
