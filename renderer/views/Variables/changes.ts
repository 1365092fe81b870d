/** The values of the last stop that a view has seen, and of the one before. */
export interface Memory {
  stops: number;
  where: string;
  values: ReadonlyMap<string, string>;
  earlier: ReadonlyMap<string, string>;
}

const NO_VALUES: ReadonlyMap<string, string> = new Map();

/** Before the first stop. */
export const noMemory = (): Memory => ({ stops: -1, where: '', values: NO_VALUES, earlier: NO_VALUES });

/** What is shown now: `where` is the function, `stops` the number of the stop. */
export interface Seen {
  readonly stops: number;
  readonly where: string;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * The keys of values that are others than at the stop before, in the same function; remembers what is seen.
 * A command typed at the same stop compares with that stop too.
 */
export function changes(memory: Memory, now: Seen): ReadonlySet<string> {
  const same = memory.where === now.where;
  const earlier = !same ? NO_VALUES : memory.stops === now.stops ? memory.earlier : memory.values;
  Object.assign(memory, now, { earlier });
  return new Set([...now.values].flatMap(([key, value]) => (earlier.has(key) && earlier.get(key) !== value ? [key] : [])));
}
