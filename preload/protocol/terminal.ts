/** Names one terminal for as long as Casebook runs. ASCII, at most 40 characters. */
export type TerminalId = string;

/** Characters, not pixels. */
export interface TerminalSize {
  readonly cols: number;
  readonly rows: number;
}

/**
 * Unacknowledged bytes at which the sender stops, and at which it goes on again. The first is VS Code's
 * for its terminals: little enough that Ctrl-C is seen at once. The second is higher than VS Code's 5,000,
 * so that the parser never waits for the next lot.
 */
export const HIGH_WATER_BYTES = 100_000;
export const LOW_WATER_BYTES = 50_000;

/** A line that Casebook itself adds to a console, drawn dim above the line being edited; never part of the spool. */
export interface TerminalNote {
  /** It belongs behind this many bytes of output. */
  readonly offset: number;
  readonly text: string;
}

/** What a pane knows of its terminal beside the bytes. Sizes and offsets in bytes since it was opened. */
export interface TerminalState {
  readonly id: TerminalId;
  /** Bytes captured so far; the pane is behind by this minus what it has drawn. */
  readonly size: number;
  /** The first byte that is still kept; above 0 after "keep only the last". */
  readonly kept: number;
  readonly open: boolean;
  /** Reading stands still because the disk budget is used up or the disk is full, and why. */
  readonly held: '' | 'budget' | 'disk-full';
}
