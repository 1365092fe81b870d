import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Menu, MenuItem, Popover } from 'react-aria-components';

/** One thing to do with the row under the pointer. */
export interface MenuEntry {
  readonly title: string;
  readonly keys?: string;
  act(): void;
}

interface Props {
  /** The pane whose rows have menus. */
  readonly pane: React.RefObject<HTMLElement | null>;
  /** What can be done with a row, by its `data-key`; nothing: no menu. */
  entries(key: string): readonly MenuEntry[];
}

interface Opened {
  readonly x: number;
  readonly y: number;
  readonly entries: readonly MenuEntry[];
}

/** The menu of a row: by right click, Shift+F10 or the menu key. */
export function ContextMenu({ pane, entries }: Props) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    const element = pane.current;
    const open = (event: MouseEvent) => {
      const row = event.target instanceof Element ? event.target.closest('[role="row"], [role="option"]') : null;
      const key = row?.getAttribute('data-key') ?? row?.querySelector('[data-key]')?.getAttribute('data-key');
      const found = key ? entries(key) : [];
      if (!row || !found.length) return;
      event.preventDefault();
      // From the keyboard there is no pointer; the row itself is the place then.
      const box = row.getBoundingClientRect();
      const byKey = event.clientX === 0 && event.clientY === 0;
      setOpened({ x: byKey ? box.x + 24 : event.clientX, y: byKey ? box.bottom : event.clientY, entries: found });
    };
    element?.addEventListener('contextmenu', open);
    return () => element?.removeEventListener('contextmenu', open);
  });
  useEffect(() => {
    if (!anchor.current || !opened) return;
    anchor.current.style.left = `${opened.x}px`;
    anchor.current.style.top = `${opened.y}px`;
  }, [opened]);
  return (
    <>
      {/* In the page itself: within a pane of the dock a fixed place would be counted from the pane. */}
      {createPortal(<span ref={anchor} className="menu-anchor" />, document.body)}
      <Popover
        className="menu"
        triggerRef={anchor}
        isOpen={opened !== undefined}
        onOpenChange={() => setOpened(undefined)}
        placement="bottom start"
        offset={0}
      >
        <Menu
          aria-label="Row"
          autoFocus="first"
          items={(opened?.entries ?? []).map((entry) => ({ ...entry, id: entry.title }))}
          onClose={() => setOpened(undefined)}
        >
          {(entry) => (
            <MenuItem id={entry.title} className="pal-row" textValue={entry.title} onAction={() => entry.act()}>
              <span className="grow">{entry.title}</span>
              {entry.keys ? <kbd>{entry.keys}</kbd> : null}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </>
  );
}
