import type { Variable } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import type { InlineValue } from '../../widgets/SourceEditor';

/** Longer lines get no values behind them (ui.md §5). */
const LONGEST_LINE = 160;
const LONGEST_VALUE = 60;

/**
 * Values of a frame's variables, each behind the last line up to the current one that names it.
 * Reads the source as text from the function's `def` on: a name in a string or comment may match,
 * which costs a value in an odd place and nothing else.
 *
 * @param line the frame's current line, counted from 1
 */
export function inlineValues(text: string, line: number, locals: readonly Variable[]): InlineValue[] {
  const lines = text.split('\n');
  const from = functionStart(lines, line);
  const found = new Map<number, string[]>();
  for (const { name, value, lazy } of locals) {
    if (lazy || !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) continue;
    const word = new RegExp(`(?<![\\p{L}\\p{N}_.])${name}(?![\\p{L}\\p{N}_])`, 'u');
    for (let at = line; at >= from; at--) {
      const source = lines[at - 1] ?? '';
      if (source.length > LONGEST_LINE || !word.test(source)) continue;
      const short = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
      found.set(at, [...(found.get(at) ?? []), `${name} = ${visible(short)}`]);
      break;
    }
  }
  return [...found].map(([at, values]) => ({ line: at, text: values.join('   ') }));
}

const indent = (line: string): number => line.length - line.trimStart().length;

function functionStart(lines: readonly string[], line: number): number {
  const depth = indent(lines[line - 1] ?? '');
  for (let at = line - 1; at >= 1; at--) {
    const source = lines[at - 1] ?? '';
    if (/^\s*(?:async\s+)?def\s/.test(source) && (indent(source) < depth || at === line)) return at;
  }
  return 1;
}
