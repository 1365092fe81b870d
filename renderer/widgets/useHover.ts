import { useEffect, useLayoutEffect, useRef } from 'react';
import { expressionAt } from './expressionAt';
import { monaco } from './monaco';

/** What is said of an expression in the source; undefined: nothing. */
export type HoverText = (expression: string) => Promise<string | undefined>;

/** A fence longer than any run of backticks within, so that a value is never read as markup. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** Shows beside the pointer what an expression is, as long as `ask` is there. */
export function useHover(editor: monaco.editor.IStandaloneCodeEditor | undefined, ask: HoverText | undefined): void {
  const latest = useRef(ask);
  useLayoutEffect(() => {
    latest.current = ask;
  });
  useEffect(() => {
    if (!editor) return undefined;
    const provider = monaco.languages.registerHoverProvider('python', {
      async provideHover(model, { lineNumber, column }) {
        const place = model === editor.getModel() ? expressionAt(model.getLineContent(lineNumber), column - 1) : undefined;
        const text = place && (await latest.current?.(place.text));
        if (!place || text === undefined) return undefined;
        const range = new monaco.Range(lineNumber, place.start + 1, lineNumber, place.end + 1);
        return { range, contents: [{ value: fenced(text) }] };
      },
    });
    return () => provider.dispose();
  }, [editor]);
}
