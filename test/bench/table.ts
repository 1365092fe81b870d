import type { Result } from './result';

/** Columns with their widths in characters; a minus sign sets to the left. */
const WIDTHS = [-17, 14, 14, 8, -30, -12, 6, 5];

const line = (cells: readonly string[]): string =>
  cells.map((cell, i) => ((WIDTHS[i] ?? 0) < 0 ? cell.padEnd(-(WIDTHS[i] ?? 0)) : cell.padStart(WIDTHS[i] ?? 0))).join('  ');

/** Three digits that matter, and no more than the whole ones. */
function figure(value: number | null, unit = ''): string {
  if (value === null) return '–';
  const whole = Math.floor(Math.log10(Math.abs(value) || 1));
  return `${value.toFixed(Math.min(4, Math.max(0, 2 - whole)))} ${unit}`.trim();
}

function verdict({ ours, ok }: Result): string {
  if (ours === null) return 'NOT MEASURED';
  return ok ? 'met' : 'MISSED';
}

/** Prints the names of the columns. */
export const printHead = (): void => console.log(line(['row', 'ours', 'peer', 'ratio', 'goal', '', 'pairs', 'load']));

/** Prints a row's figures, and below them what else is to be known. */
export function printResult(result: Result): void {
  const { name, unit, ours, peer, ratio, goal, samples, load, note } = result;
  const cells = [
    name,
    figure(ours, unit),
    figure(peer, unit),
    figure(ratio),
    goal,
    verdict(result),
    String(samples.length),
    load.toFixed(1),
  ];
  console.log(line(cells));
  if (note) console.log(`    ${note}`);
}
