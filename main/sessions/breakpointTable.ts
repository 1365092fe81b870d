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

/**
 * What a click did to the debugger's table, in pdb's own words, for the dim lines of the console.
 *
 * @returns a command a line, with the file's name instead of its path; empty when nothing changed
 */
export function asCommands(before: readonly SourceBreakpoint[], after: readonly SourceBreakpoint[]): string[] {
  const old = new Map(before.map((b) => [place(b), b]));
  const now = new Set(after.map(place));
  const name = (b: SourceBreakpoint) => `${b.path.slice(b.path.lastIndexOf('/') + 1)}:${b.line}`;
  const gone = before.filter((b) => !now.has(place(b))).map((b) => `clear ${name(b)}`);
  const changed = after.flatMap((b) => {
    const known = old.get(place(b));
    if (!known) return [`break ${name(b)}${b.condition ? `, ${b.condition}` : ''}`];
    const condition = known.condition === b.condition ? [] : [`condition ${name(b)} ${b.condition}`.trimEnd()];
    return known.enabled === b.enabled ? condition : [...condition, `${b.enabled ? 'enable' : 'disable'} ${name(b)}`];
  });
  return [...gone, ...changed];
}
