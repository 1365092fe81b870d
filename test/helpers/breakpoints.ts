import { plainBreakpoint } from '../../preload/protocol/breakpoints';
import type { SourceBreakpoint } from '../../preload/protocol/breakpoints';

/** A breakpoint as a click into the margin makes it, but for what is said of it. */
export const breakpoint = (path: string, line: number, but: Partial<SourceBreakpoint> = {}): SourceBreakpoint => ({
  ...plainBreakpoint(path, line),
  ...but,
});
