import type { StackFrame } from '../../../preload/protocol/session';

/** A row of the stack: a frame, or several of the debugger's own in one. */
export type StackRow = { readonly frame: StackFrame } | { readonly folded: number; readonly from: number };

/** Folds runs of frames that say nothing about the program; numbers stay the debugger's own. @param unfolded first frames of runs to show */
export function foldFrames(frames: readonly StackFrame[], unfolded: ReadonlySet<number>): StackRow[] {
  const rows: StackRow[] = [];
  for (let i = 0; i < frames.length;) {
    let end = i;
    while (frames[end]?.subtle) end++;
    const frame = frames[i];
    if (end > i && frame && !unfolded.has(frame.id)) {
      rows.push({ folded: end - i, from: frame.id });
      i = end;
    } else {
      if (frame) rows.push({ frame });
      i++;
    }
  }
  return rows;
}
