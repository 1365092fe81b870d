/** Two figures taken right after each other: ours, and the peer's; null where there is no peer. */
export type Pair = readonly [ours: number, peer: number | null];

/** What a row's figures are in. */
export type Unit = 'ms' | 'MB/s' | 'MB' | 'bytes';

/** What a goal makes of the pairs of a run. */
export interface Verdict {
  readonly ours: number;
  readonly peer: number | null;
  /** Ours divided by the peer's. */
  readonly ratio: number | null;
  readonly ok: boolean;
}

/** What is wanted of a row, in words and as a rule. */
export interface Goal {
  readonly text: string;
  judge(pairs: readonly Pair[]): Verdict;
}

/** One line of the table: a thing that Casebook does, and its peer, measured in turns. */
export interface Row {
  readonly name: string;
  readonly unit: Unit;
  readonly goal: Goal;
  /** @throws Error with a sentence that says what to do, when it cannot be measured */
  measure(effort: Effort): Promise<readonly Pair[]>;
}

/** How much a run takes upon itself. */
export interface Effort {
  /** `many` pairs, or with --quick the fewest that still show something. */
  pairs(many: number, quick: number): number;
  /** Says something that belongs to the row, beside its figures. */
  note(text: string): void;
}
