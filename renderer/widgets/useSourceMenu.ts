import { useEffect, useLayoutEffect, useRef } from 'react';
import type { monaco } from './monaco';

/** One thing that the source's own menu offers at the cursor. */
export interface SourceAction {
  readonly id: string;
  readonly title: string;
  act(): void;
}

/** Offers the actions in the source's menu: by right click, which moves the cursor there first, by Shift+F10 or the menu key. */
export function useSourceMenu(editor: monaco.editor.IStandaloneCodeEditor | undefined, actions: readonly SourceAction[]): void {
  const latest = useRef(actions);
  useLayoutEffect(() => {
    latest.current = actions;
  });
  const shown = actions.map((action) => action.id).join(' ');
  useEffect(() => {
    if (!editor) return undefined;
    const offered = latest.current.map(({ id, title }, order) =>
      editor.addAction({
        id: `casebook.${id}`,
        label: title,
        contextMenuGroupId: '1_debug',
        contextMenuOrder: order,
        run: () => latest.current.find((action) => action.id === id)?.act(),
      }),
    );
    return () => {
      for (const action of offered) action.dispose();
    };
  }, [editor, shown]);
}
