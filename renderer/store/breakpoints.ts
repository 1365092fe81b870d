import type { SourceBreakpoint } from '../../preload/protocol/bridge';
import { perform, useView } from './store';

const at = (path: string, line: number) => (b: SourceBreakpoint) => b.path === path && b.line === line;

const set = (breakpoints: readonly SourceBreakpoint[]) => perform('breakpoints.set', { breakpoints: [...breakpoints] });

/** Sets a breakpoint on a line, or takes away the one that is there. */
export function toggleBreakpoint(path: string, line: number): Promise<boolean> {
  const { breakpoints } = useView.getState();
  const others = breakpoints.filter((b) => !at(path, line)(b));
  return set(others.length < breakpoints.length ? others : [...breakpoints, { path, line, condition: '', enabled: true }]);
}

/** Gives a line's breakpoint another condition; makes one where there is none. */
export function conditionBreakpoint(path: string, line: number, condition: string): Promise<boolean> {
  const { breakpoints } = useView.getState();
  return set([...breakpoints.filter((b) => !at(path, line)(b)), { path, line, condition: condition.trim(), enabled: true }]);
}

/** Switches one breakpoint on or off. */
export const enableBreakpoint = (path: string, line: number, enabled: boolean): Promise<boolean> =>
  set(useView.getState().breakpoints.map((b) => (at(path, line)(b) ? { ...b, enabled } : b)));

/** Switches all of them, or removes all with `none`. */
export const changeAllBreakpoints = (how: 'enable' | 'disable' | 'none'): Promise<boolean> =>
  set(how === 'none' ? [] : useView.getState().breakpoints.map((b) => ({ ...b, enabled: how === 'enable' })));
