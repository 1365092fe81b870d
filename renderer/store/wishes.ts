/** What a command wants of whichever view can do it. */
export type Wish =
  | 'find'
  | 'edit-breakpoint'
  | 'step-into-target'
  | 'add-function-breakpoint'
  | 'show-threads'
  | 'room-for-threads'
  | 'show-exception'
  | 'show-watch'
  | 'show-data'
  | 'show-process'
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
