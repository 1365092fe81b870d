const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, in words. @param ago milliseconds */
export function sinceWords(ago: number): string {
  if (ago < MINUTE) return 'just now';
  if (ago < HOUR) return `${Math.floor(ago / MINUTE)} min ago`;
  if (ago < DAY) return `${Math.floor(ago / HOUR)} h ago`;
  return ago < 2 * DAY ? 'yesterday' : `${Math.floor(ago / DAY)} days ago`;
}
