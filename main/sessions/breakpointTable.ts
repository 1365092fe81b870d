import type { SourceBreakpoint } from '../../preload/protocol/breakpoints';
import type { DebuggerBreakpoint } from '../engines/engine';

const place = (b: { path: string; line: number }) => `${b.path}:${b.line}`;

/** What a debugger knows of a breakpoint; where it came from, and whether it may have moved, is the person's. */
const known = ({ condition, hitCondition, logMessage, enabled, temporary }: SourceBreakpoint) => ({
  condition,
  hitCondition,
  logMessage,
  enabled,
  temporary,
});
const same = (a: SourceBreakpoint, b: SourceBreakpoint) => JSON.stringify(known(a)) === JSON.stringify(known(b));

/**
 * What a command typed in a console did to the debugger's table, applied to the person's list, so
 * that typed and clicked breakpoints are one table. A temporary one leaves both when it was hit.
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
  const now = new Map(after.map((b) => [place(b), b]));
  const gone = new Set([...old.keys()].filter((key) => !now.has(key)));
  const changed = new Map([...now].filter(([key, b]) => !old.has(key) || !same(old.get(key) ?? b, b)));
  if (!gone.size && !changed.size) return mine;
  const kept = mine.filter((b) => !gone.has(place(b)) && !changed.has(place(b)));
  const person = new Map(mine.map((b) => [place(b), b]));
  return [
    ...kept,
    ...[...changed].map(([key, b]) => {
      const { text = '', doubt = '' } = person.get(key) ?? {};
      return { path: b.path, line: b.line, ...known(b), text, doubt };
    }),
  ];
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
    const earlier = old.get(place(b));
    const beside = [b.hitCondition ? `hits ${b.hitCondition}` : '', b.logMessage ? `logs "${b.logMessage}"` : ''].filter(Boolean);
    const besides = beside.length ? ` (${beside.join(', ')})` : '';
    const verb = b.temporary ? 'tbreak' : 'break';
    if (!earlier || earlier.hitCondition !== b.hitCondition || earlier.logMessage !== b.logMessage || earlier.temporary !== b.temporary)
      return [`${verb} ${name(b)}${b.condition ? `, ${b.condition}` : ''}${besides}`];
    const condition = earlier.condition === b.condition ? [] : [`condition ${name(b)} ${b.condition}`.trimEnd()];
    return earlier.enabled === b.enabled ? condition : [...condition, `${b.enabled ? 'enable' : 'disable'} ${name(b)}`];
  });
  return [...gone, ...changed];
}
