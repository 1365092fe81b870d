import { LONGEST_WATCH, MOST_WATCHES } from '../../../preload/protocol/settings';
import { perform, useView } from '../../store/store';

/** Folders whose expressions are kept. */
const FOLDERS = 100;
const NONE: readonly string[] = [];

/** The watched expressions of a folder, in the person's order. */
export const useExpressions = (folder: string): readonly string[] => useView((v) => v.settings.watches[folder] ?? NONE);

/** Why an expression cannot be watched in a folder beside those that are; empty when it can. */
export function whyNotWatched(list: readonly string[], expression: string): string {
  if (!expression) return 'Type an expression, such as len(orders).';
  if (expression.length > LONGEST_WATCH) return `This is longer than ${LONGEST_WATCH.toLocaleString('en')} characters.`;
  if (list.includes(expression)) return 'This is watched already.';
  if (list.length >= MOST_WATCHES) return `There are ${MOST_WATCHES} expressions. Remove one first.`;
  return '';
}

/** Keeps the expressions of a folder; the folders that were not used longest are forgotten. */
export function keepExpressions(folder: string, list: readonly string[]): Promise<boolean> {
  const { watches } = useView.getState().settings;
  const others = Object.entries(watches).filter(([key]) => key !== folder);
  const mine: readonly [string, string[]][] = list.length ? [[folder, [...list]]] : [];
  return perform('settings.change', { watches: Object.fromEntries([...others, ...mine].slice(-FOLDERS)) });
}

/** The list with one expression some places further down, or up. */
export function moved(list: readonly string[], expression: string, by: number): readonly string[] {
  const from = list.indexOf(expression);
  const to = Math.min(Math.max(from + by, 0), list.length - 1);
  const others = list.filter((one) => one !== expression);
  return from < 0 ? list : [...others.slice(0, to), expression, ...others.slice(to)];
}
