import { dispatch } from '../../store/store';

/** Asked before a web address is opened; set by the dialog while it is mounted. */
let ask: ((url: string) => void) | undefined;

/** Sets who asks. @returns takes it away again */
export function asksWith(asker: (url: string) => void): () => void {
  ask = asker;
  return () => {
    ask = undefined;
  };
}

/** Follows a link of a terminal: `/file.py:12` shows the source, a web address is shown in full and asked about. */
export function openTarget(target: string): void {
  const place = /^(\/.+):(\d+)$/.exec(target);
  if (place?.[1]) return dispatch({ type: 'show', place: { path: place[1], line: Number(place[2]), at: Date.now() } });
  ask?.(target);
}
