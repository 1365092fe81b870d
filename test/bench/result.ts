import type { Pair, Unit } from './row';

/** A line of bench.json. Figures are null where there is no peer, or nothing could be measured. */
export interface Result {
  readonly name: string;
  readonly unit: Unit;
  /** Medians, in `unit`. */
  readonly ours: number | null;
  readonly peer: number | null;
  /** The median of each pair's ours divided by peer. */
  readonly ratio: number | null;
  readonly goal: string;
  readonly ok: boolean;
  readonly samples: readonly Pair[];
  /** What else is to be known, and why nothing was measured. */
  readonly note: string;
  /** The machine's load when the row began, over one minute. */
  readonly load: number;
}
