import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { monaco } from './monaco';
import { useFailedMark } from './useFailedMark';
import type { FailedMark } from './useFailedMark';
import { useHover } from './useHover';
import type { HoverText } from './useHover';
import { useSourceMenu } from './useSourceMenu';
import type { SourceAction } from './useSourceMenu';

/** How a breakpoint is drawn in the margin (ui.md §5). */
export interface BreakpointMark {
  readonly line: number;
  readonly kind: 'stop' | 'condition' | 'log' | 'disabled' | 'unbound';
  readonly tooltip: string;
}

/** Where execution is: in this frame, in one that it called, or where it was before it ran on. */
export interface ExecutionMark {
  readonly line: number;
  readonly kind: 'here' | 'caller' | 'was';
}

/** A value shown behind the end of a line. */
export interface InlineValue {
  readonly line: number;
  readonly text: string;
  /** It is another than at the stop before. */
  readonly changed: boolean;
}

interface Props {
  readonly path: string;
  readonly text: string;
  readonly fontSize: number;
  readonly execution: ExecutionMark | undefined;
  readonly failed: FailedMark | undefined;
  readonly breakpoints: readonly BreakpointMark[];
  readonly values: readonly InlineValue[];
  /** Scrolled to when it changes; `at` makes every wish a new one. */
  readonly reveal: { readonly line: number; readonly at: string } | undefined;
  /** A form below this line. */
  readonly below: { readonly line: number; readonly content: ReactNode } | undefined;
  /** Takes the focus whenever this grows, and at first when nothing else has it. */
  readonly focus: number;
  /** What is said of an expression under the pointer; undefined while nothing can be. */
  readonly hover: HoverText | undefined;
  /** What its own menu offers at the cursor. */
  readonly actions: readonly SourceAction[];
  onToggle(line: number): void;
  onEdit(line: number): void;
  onCursor(line: number, column: number): void;
}

const FORM_HEIGHT = 36;
type Editor = monaco.editor.IStandaloneCodeEditor;

/** Source text with the margin of a debugger. Shows what it is given. */
export function SourceEditor(props: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();
  const latest = useRef(props);
  useLayoutEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!host.current) return undefined;
    const made = createEditor(host.current, latest);
    setEditor(made);
    return () => made.dispose();
  }, []);
  useText(editor, props.path, props.text);
  useEffect(
    () => editor?.updateOptions({ fontSize: props.fontSize, lineHeight: Math.round(props.fontSize * 1.6) }),
    [editor, props.fontSize],
  );
  useDecorations(editor, props);
  useFailedMark(editor, props.failed, props.text);
  useReveal(editor, props.reveal, props.text);
  useHover(editor, props.hover);
  useSourceMenu(editor, props.actions);
  useEffect(() => {
    if (editor && (props.focus > 0 || document.activeElement === document.body)) editor.focus();
  }, [editor, props.focus]);
  const form = useForm(editor, props.below?.line);
  return (
    <div className="source" ref={host} data-testid="source">
      {form && props.below ? createPortal(props.below.content, form) : null}
    </div>
  );
}

function createEditor(host: HTMLElement, latest: { readonly current: Props }): Editor {
  const editor = monaco.editor.create(host, {
    readOnly: true,
    domReadOnly: true,
    glyphMargin: true,
    automaticLayout: true,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    renderLineHighlight: 'none',
    occurrencesHighlight: 'off',
    folding: true,
    lineNumbersMinChars: 4,
    lineDecorationsWidth: 8,
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontLigatures: "'calt' 0, 'zero'",
    padding: { top: 6, bottom: 6 },
    contextmenu: true,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
    bracketPairColorization: { enabled: false },
    guides: { indentation: false },
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    overviewRulerBorder: false,
    theme: 'casebook',
    ariaLabel: 'Source',
    unicodeHighlight: { ambiguousCharacters: false },
  });
  const { GUTTER_GLYPH_MARGIN, GUTTER_LINE_NUMBERS } = monaco.editor.MouseTargetType;
  editor.onMouseDown(({ target, event }) => {
    if (target.type !== GUTTER_GLYPH_MARGIN && target.type !== GUTTER_LINE_NUMBERS) return;
    const line = target.position.lineNumber;
    if (event.rightButton || event.shiftKey) latest.current.onEdit(line);
    else latest.current.onToggle(line);
  });
  // Monaco leaves its margin where it was when a scrollbar that comes or goes moves the text: numbers stood beside other lines.
  const redraw = () => requestAnimationFrame(() => editor.getModel() && editor.render(true));
  editor.onDidLayoutChange(redraw);
  editor.onDidContentSizeChange(redraw);
  editor.onDidChangeCursorPosition(({ position }) => latest.current.onCursor(position.lineNumber, position.column));
  return editor;
}

function useText(editor: Editor | undefined, path: string, text: string): void {
  useEffect(() => {
    if (!editor) return undefined;
    const language =
      path.endsWith('.py') || path.endsWith('.pyw') || path.startsWith('<')
        ? 'python'
        : /\.(c|h|cc|cpp|cxx|hpp)$/.test(path)
          ? 'cpp'
          : 'plaintext';
    const model = monaco.editor.createModel(text, language);
    editor.setModel(model);
    return () => model.dispose();
  }, [editor, path, text]);
}

function useDecorations(editor: Editor | undefined, { execution, breakpoints, values, text }: Props): void {
  useEffect(() => {
    if (!editor) return undefined;
    const at = (line: number) => new monaco.Range(line, 1, line, 1);
    const last = editor.getModel()?.getLineCount() ?? 0;
    const stopped = execution && execution.line <= last ? [{ range: at(execution.line), options: executionOptions(execution) }] : [];
    const marks = breakpoints.map((b) => ({
      range: at(b.line),
      options: {
        glyphMargin: { position: monaco.editor.GlyphMarginLane.Left },
        glyphMarginClassName: `mark mark-${b.kind}`,
        glyphMarginHoverMessage: { value: b.tooltip },
        stickiness: 1,
      },
    }));
    const shown = values
      .filter((v) => v.line <= last)
      .map((v) => {
        const end = editor.getModel()?.getLineMaxColumn(v.line) ?? 1;
        return {
          range: new monaco.Range(v.line, end, v.line, end),
          options: {
            after: { content: `\u00a0\u00a0\u00a0${v.text}`, inlineClassName: `inline-value ${v.changed ? 'changed' : ''}` },
            showIfCollapsed: true,
          },
        };
      });
    const collection = editor.createDecorationsCollection([...LANES, ...stopped, ...marks, ...shown]);
    return () => collection.clear();
  }, [editor, execution, breakpoints, values, text]);
}

const executionOptions = ({ kind }: ExecutionMark): monaco.editor.IModelDecorationOptions => ({
  isWholeLine: true,
  className: `exec exec-${kind}`,
  marginClassName: `exec-margin exec-margin-${kind}`,
  lineNumberClassName: `exec-number-${kind}`,
  glyphMargin: { position: monaco.editor.GlyphMarginLane.Right },
  glyphMarginClassName: `arrow arrow-${kind}`,
  zIndex: 1,
});

/** Both lanes of the margin are always there, so that no text moves when a breakpoint and the arrow meet. */
const LANES = [monaco.editor.GlyphMarginLane.Left, monaco.editor.GlyphMarginLane.Right].map((position) => ({
  range: new monaco.Range(1, 1, 1, 1),
  options: { glyphMargin: { position, persistLane: true }, glyphMarginClassName: 'lane' },
}));

function useReveal(editor: Editor | undefined, reveal: Props['reveal'], text: string): void {
  useEffect(() => {
    if (!editor || !reveal || !text) return;
    const [visible] = editor.getVisibleRanges();
    const span = visible ? visible.endLineNumber - visible.startLineNumber : 0;
    const inMiddle = visible && reveal.line >= visible.startLineNumber + span / 4 && reveal.line <= visible.endLineNumber - span / 4;
    if (!inMiddle) editor.setScrollTop(editor.getTopForLineNumber(reveal.line) - editor.getLayoutInfo().height * 0.4);
    editor.setPosition({ lineNumber: reveal.line, column: 1 });
  }, [editor, reveal?.at, text]);
}

/** A form below a line: room is made between the lines, and the form floats over it, where it can be reached by screen readers too. */
function useForm(editor: Editor | undefined, line: number | undefined): HTMLElement | undefined {
  const [form, setForm] = useState<HTMLElement>();
  useEffect(() => {
    if (!editor || line === undefined) return undefined;
    const domNode = document.createElement('div');
    domNode.className = 'line-form';
    const widget = { getId: () => 'casebook.form', getDomNode: () => domNode, getPosition: () => null };
    editor.addOverlayWidget(widget);
    let zone = '';
    const onDomNodeTop = (top: number) => (domNode.style.top = `${top}px`);
    editor.changeViewZones((zones) => {
      zone = zones.addZone({ afterLineNumber: line, heightInPx: FORM_HEIGHT, domNode: document.createElement('div'), onDomNodeTop });
    });
    setForm(domNode);
    return () => {
      editor.changeViewZones((zones) => zones.removeZone(zone));
      editor.removeOverlayWidget(widget);
      setForm(undefined);
    };
  }, [editor, line]);
  return form;
}
