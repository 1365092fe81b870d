import { visible } from '../../preload/protocol/visible';

/** The last part of a path. */
export const baseName = (path: string): string => visible(path.slice(path.lastIndexOf('/') + 1) || path);

/** A path as people read it: `~` for home; a long one loses its middle, never its end. */
export function shortPath(path: string, home: string, most = 60): string {
  const short = visible(home && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path);
  if (short.length <= most) return short;
  const tail = short.slice(-(most - 12));
  return `${short.slice(0, 10)}…${tail.slice(Math.max(0, tail.indexOf('/')))}`;
}
