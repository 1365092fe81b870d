import { useEffect } from 'react';
import { monaco } from './monaco';

/** The expression that failed. Columns count from 0, in characters. */
export interface FailedMark {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Marks the expression that failed. */
export function useFailedMark(editor: monaco.editor.IStandaloneCodeEditor | undefined, mark: FailedMark | undefined, text: string): void {
  useEffect(() => {
    const model = editor?.getModel();
    if (!editor || !model || !mark || mark.endLine > model.getLineCount()) return undefined;
    // Monaco counts UTF-16 units from 1.
    const column = (line: number, characters: number) => [...model.getLineContent(line)].slice(0, characters).join('').length + 1;
    const range = new monaco.Range(mark.line, column(mark.line, mark.column), mark.endLine, column(mark.endLine, mark.endColumn));
    const marked = editor.createDecorationsCollection([{ range, options: { inlineClassName: 'failed-here' } }]);
    return () => marked.clear();
  }, [editor, text, mark?.line, mark?.column, mark?.endLine, mark?.endColumn]);
}
