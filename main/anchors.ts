import type { SourceBreakpoint } from '../preload/protocol/breakpoints';

/** What is kept of a line to know it again. */
const LONGEST = 1000;
const kept = (line: string | undefined): string => (line ?? '').trim().slice(0, LONGEST);

/**
 * The breakpoints of one file after it was read: each stands on the line that it was set on, also when lines were put in
 * or taken out above it. One whose line is there more than once, or not at all, is in doubt and says so.
 *
 * @param text the file as it is now
 * @returns the same array when nothing moved; never two on one line
 */
export function anchored(breakpoints: readonly SourceBreakpoint[], text: string): readonly SourceBreakpoint[] {
  const lines = text.split('\n').map(kept);
  const moved = breakpoints.map((b) => anchor(b, lines));
  if (moved.every((b, i) => b === breakpoints[i])) return breakpoints;
  return moved.filter((b, i) => moved.findIndex((o) => o.line === b.line) === i);
}

function anchor(b: SourceBreakpoint, lines: readonly string[]): SourceBreakpoint {
  const here = lines[b.line - 1] ?? '';
  if (!b.text) return here ? { ...b, text: here } : b;
  if (here === b.text) return b.doubt ? { ...b, doubt: '' } : b;
  const places = lines.flatMap((line, i) => (line === b.text ? [i + 1] : []));
  const [nearest] = [...places].sort((a, c) => Math.abs(a - b.line) - Math.abs(c - b.line));
  if (nearest === undefined) return withDoubt(b, `The line was edited since. It was: ${b.text}`);
  const others = places.length - 1;
  const doubt = others ? `Moved from line ${b.line} with the edited file; its text is on ${places.length} lines.` : '';
  return { ...b, line: nearest, doubt };
}

const withDoubt = (b: SourceBreakpoint, doubt: string): SourceBreakpoint =>
  b.doubt === doubt.slice(0, LONGEST) ? b : { ...b, doubt: doubt.slice(0, LONGEST) };
