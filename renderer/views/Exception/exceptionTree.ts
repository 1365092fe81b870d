import type { ExceptionFrame, ExceptionNode } from '../../../preload/protocol/queries/exceptions';
import type { VariableNode } from '../Variables/variableTree';

/** A row of the view, beside the variables below a frame. */
export type ExceptionRow =
  | {
      readonly kind: 'exception';
      readonly key: string;
      readonly node: ExceptionNode;
      readonly words: string;
      readonly children: readonly ExceptionRow[];
    }
  | { readonly kind: 'note' | 'gap'; readonly key: string; readonly text: string }
  | { readonly kind: 'place'; readonly key: string; readonly place: NonNullable<ExceptionNode['place']> }
  | { readonly kind: 'fold'; readonly key: string; readonly text: string; readonly children: readonly ExceptionRow[] }
  | {
      readonly kind: 'frame';
      readonly key: string;
      /** The exception's place in the answer. */
      readonly at: number;
      readonly frame: ExceptionFrame;
      readonly children: readonly VariableNode[];
    };

/** Frames that go round in a circle this often are one row. */
const FEWEST_ROUNDS = 3;
const LONGEST_CIRCLE = 4;

/** What is open before anybody opened or closed it. */
export const isOpenAtFirst = (key: string): boolean => /^e\d+(\/f\d+\/Locals)?$/.test(key);

/** The exception and the frame that a row's key stands for. */
export function frameOf(key: string): { readonly node: number; readonly frame: number } | undefined {
  const [, node, frame] = /^e(\d+)\/f(\d+)$/.exec(key) ?? [];
  return node === undefined || frame === undefined ? undefined : { node: Number(node), frame: Number(frame) };
}

/** The rows of an answer; `valuesOf` gives what was read of a frame, by its key. */
export function exceptionRows(
  nodes: readonly ExceptionNode[],
  valuesOf: (key: string) => readonly VariableNode[],
): readonly ExceptionRow[] {
  const row = (node: ExceptionNode, at: number): ExceptionRow => {
    const key = `e${at}`;
    const place =
      node.place && (node.place.path || node.place.text) ? [{ kind: 'place' as const, key: `${key}/place`, place: node.place }] : [];
    const notes = node.notes.map((text, i) => ({ kind: 'note' as const, key: `${key}/n${i}`, text }));
    const related = nodes.flatMap((child, i) => (child.parent === at ? [row(child, i)] : []));
    const shown = related.filter((r) => r.kind === 'exception' && r.node.relation === 'member').length;
    const more =
      node.members > shown ? [{ kind: 'gap' as const, key: `${key}/more`, text: counted(node.members - shown, 'more member') }] : [];
    return {
      kind: 'exception',
      key,
      node,
      words: relationWords(nodes, node),
      children: [...notes, ...place, ...frameRows(node, at, valuesOf), ...related, ...more],
    };
  };
  return nodes.flatMap((node, at) => (node.parent < 0 ? [row(node, at)] : []));
}

/** How an exception belongs to the one above it; empty for the first. */
export function relationWords(nodes: readonly ExceptionNode[], node: ExceptionNode): string {
  switch (node.relation) {
    case 'raised':
      return '';
    case 'cause':
      return 'caused by';
    case 'context':
      return 'while handling';
    case 'suppressed-context':
      return nodes.some((other) => other.parent === node.parent && other.relation === 'cause')
        ? 'while handling, hidden by `from`'
        : 'while handling, hidden by `from None`';
    case 'member':
      return `member ${node.member} of ${nodes[node.parent]?.members ?? '?'}`;
  }
}

function frameRows(node: ExceptionNode, at: number, valuesOf: (key: string) => readonly VariableNode[]): readonly ExceptionRow[] {
  const frameRow = (frame: ExceptionFrame): ExceptionRow => {
    const key = `e${at}/f${frame.id}`;
    return { kind: 'frame', key, at, frame, children: valuesOf(key) };
  };
  const gap = (): ExceptionRow => ({ kind: 'gap', key: `e${at}/gap`, text: `${counted(node.omitted, 'frame')} left out` });
  /** Frames from one index to another, with the gap where it is. */
  const plain = (from: number, to: number): ExceptionRow[] =>
    node.frames
      .slice(from, to)
      .flatMap((frame, i) => (node.omitted && from + i === node.omittedAt ? [gap(), frameRow(frame)] : [frameRow(frame)]));
  const rows: ExceptionRow[] = [];
  for (let i = 0; i < node.frames.length;) {
    const circle = circleAt(node, i);
    const end = circle?.end ?? i + 1;
    if (circle) rows.push({ kind: 'fold', key: `e${at}/r${node.frames[i]?.id}`, text: circle.text, children: plain(i, end) });
    else rows.push(...plain(i, end));
    i = end;
  }
  return node.omitted && node.omittedAt >= node.frames.length ? [...rows, gap()] : rows;
}

/** The recursion that begins at this frame: where it ends, and what it is called. */
function circleAt(
  { frames, omitted, omittedAt, recurs }: ExceptionNode,
  from: number,
): { readonly end: number; readonly text: string } | undefined {
  const first = frames[from];
  if (!first) return undefined;
  for (let period = 1; period <= LONGEST_CIRCLE; period++) {
    const pattern = frames.slice(from, from + period);
    let end = from;
    for (let at = from; at < frames.length; at++) {
      const frame = frames[at];
      if (!frame || (omitted > 0 && at === omittedAt && !recurs)) break;
      const expected = pattern[(frame.id - first.id) % period];
      if (!expected || !same(frame, expected)) break;
      end = at + 1;
    }
    const rounds = Math.floor(((frames[end - 1]?.id ?? first.id) - first.id + 1) / period);
    if (rounds < FEWEST_ROUNDS) continue;
    while (end > from && (frames[end - 1]?.id ?? 0) >= first.id + rounds * period) end--;
    const names = pattern.map((frame) => `${frame.name}:${frame.line}`).join(', ');
    return { end, text: `${names}, ${rounds.toLocaleString('en')} times` };
  }
  return undefined;
}

const same = (a: ExceptionFrame, b: ExceptionFrame): boolean => a.path === b.path && a.name === b.name && a.line === b.line;

const counted = (count: number, noun: string): string => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** A line in three parts, the failing expression in the middle; all in the first when that is not known. */
export function markedText({ text, range, line }: ExceptionFrame): readonly [string, string, string] {
  if (!range) return [text.trim(), '', ''];
  const letters = [...text];
  const end = range.endLine === line ? range.endColumn : letters.length;
  return [letters.slice(0, range.column).join('').trimStart(), letters.slice(range.column, end).join(''), letters.slice(end).join('')];
}
