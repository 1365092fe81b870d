import type { SourceBreakpoint } from '../../../preload/protocol/breakpoints';
import type { DebuggerBreakpoint } from '../engine';

/** A breakpoint with pdb's own number. */
export interface NumberedBreakpoint extends DebuggerBreakpoint {
  readonly number: number;
}

const place = (b: { path: string; line: number }) => `${b.path}:${b.line}`;

/** What a console would take for another key or another command: control characters, and pdb's own `;;`. */
const UNTYPABLE = /[\x00-\x1f\x7f]|;;/;
/** Whether a text stays what it is when it is typed as a part of a command. */
export const typable = (text: string): boolean => !UNTYPABLE.test(text);

/**
 * The commands that turn pdb's table into the wanted one, for sessions that cannot be asked by a channel.
 * A breakpoint whose path or condition cannot be typed on one line is left as it is.
 *
 * @returns pdb commands in order, one line each, no newline; empty when the table is right already
 * @see "The Python Debugger", commands `break`, `clear`, `condition`, `enable`, `disable`
 */
export function breakpointCommands(wanted: readonly SourceBreakpoint[], table: readonly NumberedBreakpoint[]): string[] {
  const standing = new Map(table.filter((b) => !b.temporary).map((b) => [place(b), b]));
  const commands: string[] = [];
  for (const want of wanted) {
    const have = standing.get(place(want));
    standing.delete(place(want));
    if (!typable(want.path + want.condition)) continue;
    if (!have) {
      if (want.enabled) commands.push(`break ${place(want)}${want.condition ? `, ${want.condition}` : ''}`);
      continue;
    }
    if (have.condition !== want.condition) commands.push(`condition ${have.number} ${want.condition}`.trimEnd());
    if (have.enabled !== want.enabled) commands.push(`${want.enabled ? 'enable' : 'disable'} ${have.number}`);
  }
  const gone = [...standing.values()].map((b) => `clear ${b.number}`);
  return [...gone, ...commands];
}
