import type { Variable } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import type { InlineValue } from '../../widgets/SourceEditor';

/** Longer lines get no values behind them (ui.md §5). */
const LONGEST_LINE = 160;
const LONGEST_VALUE = 60;

/** Modules, classes and functions are named by the line itself. */
const NOT_DATA = /^<(?:module|class|function|built-in|bound method) /;

/**
 * Values of a frame's variables, each behind the last line up to the current one that names it.
 * Reads the source as text from the function's `def` on: a name in a string or comment may match,
 * which costs a value in an odd place and nothing else.
 *
 * @param line the frame's current line, counted from 1
 * @param changed the names whose value is another than at the stop before
 */
export function inlineValues(
  text: string,
  line: number,
  { locals, changed }: { readonly locals: readonly Variable[]; readonly changed: ReadonlySet<string> },
): InlineValue[] {
  const named = lastNamed(text.split('\n'), line);
  const found: InlineValue[] = [];
  for (const { name, value, lazy } of locals) {
    const at = named.get(name);
    if (lazy || NOT_DATA.test(value) || at === undefined) continue;
    const short = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
    found.push({ line: at, text: `${name} = ${visible(short)}`, changed: changed.has(name) });
  }
  return found;
}

/** A Python name that is no attribute. */
const NAME = /(?<![\p{L}\p{N}_.])[\p{L}_][\p{L}\p{N}_]*/gu;

/** The last line on which each name stands, from the function's start to the current line. */
function lastNamed(lines: readonly string[], line: number): ReadonlyMap<string, number> {
  const named = new Map<string, number>();
  for (let at = functionStart(lines, line); at <= line; at++) {
    const source = lines[at - 1] ?? '';
    if (source.length <= LONGEST_LINE) for (const [name] of source.matchAll(NAME)) named.set(name, at);
  }
  return named;
}

const indent = (line: string): number => line.length - line.trimStart().length;

function functionStart(lines: readonly string[], line: number): number {
  const depth = indent(lines[line - 1] ?? '');
  for (let at = line - 1; at >= 1; at--) {
    const source = lines[at - 1] ?? '';
    if (/^\s*(?:async\s+)?def\s/.test(source) && indent(source) < depth) return at;
  }
  return 1;
}
