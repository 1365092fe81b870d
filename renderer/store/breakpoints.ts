import { plainBreakpoint } from '../../preload/protocol/breakpoints';
import type { ExceptionFilters, FunctionBreakpoint, SourceBreakpoint } from '../../preload/protocol/breakpoints';
import { perform, useView } from './store';

const at = (path: string, line: number) => (b: SourceBreakpoint) => b.path === path && b.line === line;

const set = (breakpoints: readonly SourceBreakpoint[]) => perform('breakpoints.set', { breakpoints: [...breakpoints] });
const setFunctions = (functions: readonly FunctionBreakpoint[]) => perform('breakpoints.setFunctions', { functions: [...functions] });

/** When a breakpoint stops and what it prints; what its form edits. */
export type BreakpointTerms = Pick<SourceBreakpoint, 'condition' | 'hitCondition' | 'logMessage' | 'temporary'>;

/** Sets a breakpoint on a line, or takes away the one that is there. */
export function toggleBreakpoint(path: string, line: number): Promise<boolean> {
  const { breakpoints } = useView.getState();
  const others = breakpoints.filter((b) => !at(path, line)(b));
  return set(others.length < breakpoints.length ? others : [...breakpoints, plainBreakpoint(path, line)]);
}

/** Gives a line's breakpoint other terms; makes one where there is none. */
export function changeBreakpoint(path: string, line: number, terms: BreakpointTerms): Promise<boolean> {
  const { breakpoints } = useView.getState();
  const before = breakpoints.find(at(path, line)) ?? plainBreakpoint(path, line);
  return set([...breakpoints.filter((b) => !at(path, line)(b)), { ...before, ...terms, enabled: true }]);
}

/** The line is the right one, whatever an edit made of it. */
export const trustBreakpoint = (path: string, line: number): Promise<boolean> =>
  set(useView.getState().breakpoints.map((b) => (at(path, line)(b) ? { ...b, text: '', doubt: '' } : b)));

/** Switches one breakpoint on or off. */
export const enableBreakpoint = (path: string, line: number, enabled: boolean): Promise<boolean> =>
  set(useView.getState().breakpoints.map((b) => (at(path, line)(b) ? { ...b, enabled } : b)));

/** Sets a function breakpoint, or gives the one of that name other terms. */
export function setFunctionBreakpoint(wanted: FunctionBreakpoint, instead = wanted.name): Promise<boolean> {
  const { functionBreakpoints } = useView.getState();
  const others = functionBreakpoints.filter((f) => f.name !== wanted.name && f.name !== instead);
  return setFunctions([...others, wanted]);
}

/** Takes a function breakpoint away. */
export const removeFunctionBreakpoint = (name: string): Promise<boolean> =>
  setFunctions(useView.getState().functionBreakpoints.filter((f) => f.name !== name));

/** Changes at which exceptions the program stops. */
export const changeExceptionFilters = (change: Partial<ExceptionFilters>): Promise<boolean> =>
  perform('breakpoints.setExceptions', { filters: withoutReadonly({ ...useView.getState().exceptionFilters, ...change }) });

const withoutReadonly = (filters: ExceptionFilters) => ({ ...filters, types: [...filters.types] });

/** Switches all of them, or removes all with `none`. Exceptions are a setting of their own. */
export async function changeAllBreakpoints(how: 'enable' | 'disable' | 'none'): Promise<boolean> {
  const { breakpoints, functionBreakpoints } = useView.getState();
  const switched = <T extends { readonly enabled: boolean }>(list: readonly T[]) =>
    how === 'none' ? [] : list.map((b) => ({ ...b, enabled: how === 'enable' }));
  const lines = await set(switched(breakpoints));
  return functionBreakpoints.length ? (await setFunctions(switched(functionBreakpoints))) && lines : lines;
}
