/** What a command wants of whichever view can do it. */
export type Wish =
  | 'find'
  | 'edit-breakpoint'
  | 'go-to-line'
  | 'reset-layout'
  | 'focus-console'
  | 'next-pane'
  | 'previous-pane'
  | 'launch'
  | 'clear-terminal'
  | 'save-terminal'
  | 'about';

const listeners = new Set<(wish: Wish) => void>();

export const wish = (what: Wish): void => {
  for (const listener of [...listeners]) listener(what);
};

/** @returns stops listening */
export function onWish(listener: (wish: Wish) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
