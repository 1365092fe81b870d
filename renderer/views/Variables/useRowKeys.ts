import { useEffect } from 'react';

/** What keys do on the row with a key. */
export interface RowActs {
  /** Ctrl+C. */
  copy(key: string): void;
  /** F2, and a double click on the value. */
  edit(key: string): void;
  /** Any other key; true when it was taken. */
  press?(key: string, event: KeyboardEvent): boolean;
}

const keyOf = (target: EventTarget | null): string | null | undefined =>
  target instanceof Element ? target.closest('[role="row"]')?.querySelector('[data-key]')?.getAttribute('data-key') : undefined;

/** Keys and double clicks on the rows of a pane, taken before the tree moves its focus by them. */
export function useRowKeys(pane: React.RefObject<HTMLElement | null>, acts: RowActs): void {
  useEffect(() => {
    const element = pane.current;
    const press = (event: KeyboardEvent) => {
      const key = event.target instanceof Node && element?.contains(event.target) ? keyOf(event.target) : undefined;
      if (!key || event.target instanceof HTMLInputElement) return;
      if ((event.ctrlKey || event.metaKey) && event.key === 'c') acts.copy(key);
      else if (event.key === 'F2') acts.edit(key);
      else if (!acts.press?.(key, event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const twice = (event: MouseEvent) => {
      const key = event.target instanceof Element && event.target.closest('.vv') ? keyOf(event.target) : undefined;
      if (key) acts.edit(key);
    };
    // The tree takes arrow keys at the page's root already, before its rows see them.
    document.addEventListener('keydown', press, true);
    element?.addEventListener('dblclick', twice);
    return () => {
      document.removeEventListener('keydown', press, true);
      element?.removeEventListener('dblclick', twice);
    };
  });
}
