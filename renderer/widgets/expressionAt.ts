/** A name and the attributes before it: what a pointer means by resting on it. */
export interface ExpressionPlace {
  readonly text: string;
  /** Columns of the line, from 0; `end` is behind the last character. */
  readonly start: number;
  readonly end: number;
}

const CHAIN = /[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*/gu;
/** A string with its prefix, or a comment: what stands there is no code. Reads one line only. */
const TEXT = /[rRbBuUfF]{0,2}(?:"(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$))|#.*$/gu;
const KEYWORDS = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield True False None'.split(
    ' ',
  ),
);

/**
 * The expression at a column of a line of Python: over `price` in `order.price.net` it is `order.price`.
 * Undefined in strings and comments, over keywords and after a call or subscript, whose value has no name.
 */
export function expressionAt(line: string, column: number): ExpressionPlace | undefined {
  for (const { 0: text, index } of line.matchAll(TEXT)) if (column >= index && column < index + text.length) return undefined;
  for (const { 0: chain, index } of line.matchAll(CHAIN)) {
    if (column < index || column >= index + chain.length) continue;
    const dot = chain.indexOf('.', column - index);
    const text = dot < 0 ? chain : chain.slice(0, dot);
    const [first = ''] = text.split('.');
    if (KEYWORDS.has(first) || /[.\p{N}]$/u.test(line.slice(0, index))) return undefined;
    return { text, start: index, end: index + text.length };
  }
  return undefined;
}
