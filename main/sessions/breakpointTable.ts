import type { SourceBreakpoint } from '../../preload/protocol/bridge';
import type { DebuggerBreakpoint } from '../engines/engine';

const place = (b: { path: string; line: number }) => `${b.path}:${b.line}`;
const same = (a: SourceBreakpoint, b: SourceBreakpoint) => a.condition === b.condition && a.enabled === b.enabled;

/**
 * What a command typed in a console did to the debugger's table, applied to the person's list, so
 * that typed and clicked breakpoints are one table. Temporary ones stay the console's own.
 *
 * @param mine the person's list
 * @param before the debugger's table as last known, @param after as it is now
 * @returns the person's list; the same array when nothing changed
 */
export function withTyped(
  mine: readonly SourceBreakpoint[],
  before: readonly SourceBreakpoint[],
  after: readonly DebuggerBreakpoint[],
): readonly SourceBreakpoint[] {
  const old = new Map(before.map((b) => [place(b), b]));
  const now = new Map(after.filter((b) => !b.temporary).map((b) => [place(b), b]));
  const gone = new Set([...old.keys()].filter((key) => !now.has(key)));
  const changed = new Map([...now].filter(([key, b]) => !old.has(key) || !same(old.get(key) ?? b, b)));
  if (!gone.size && !changed.size) return mine;
  const kept = mine.filter((b) => !gone.has(place(b)) && !changed.has(place(b)));
  return [...kept, ...[...changed.values()].map(({ path, line, condition, enabled }) => ({ path, line, condition, enabled }))];
}
