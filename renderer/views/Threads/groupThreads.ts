import type { QueryAnswer } from '../../../preload/protocol/queries/queries';
import type { StackFrame } from '../../../preload/protocol/session';

export type ThreadRow = QueryAnswer<'threads'>['threads'][number];

/** Threads whose stacks are the same, frame by frame; alone where nothing is alike. */
export interface ThreadGroup {
  readonly threads: readonly ThreadRow[];
  /** The innermost frame of the person's own code, or the innermost at all. */
  readonly at: StackFrame | undefined;
}

/** Folds threads with equal stacks. The stopped one first, then those that wait for its prompt, then the largest groups. */
export function groupThreads(threads: readonly ThreadRow[]): readonly ThreadGroup[] {
  const groups = new Map<string, ThreadRow[]>();
  for (const thread of threads) {
    const key = `${thread.state} ${thread.frames.map((f) => `${f.path}:${f.line}:${f.name}`).join(' ')}`;
    const alike = groups.get(key);
    if (alike) alike.push(thread);
    else groups.set(key, [thread]);
  }
  return [...groups.values()]
    .map((alike) => ({ threads: alike, at: meaningful(alike[0]?.frames ?? []) }))
    .sort((a, b) => rank(a) - rank(b) || b.threads.length - a.threads.length);
}

const RANKS = { stopped: 0, 'waits-for-prompt': 1, runs: 2, bridge: 3 } as const;
const rank = ({ threads: [first] }: ThreadGroup): number => (first ? RANKS[first.state] : 3);

const LIBRARY = /\/lib(64)?\/python3[^/]*\/|\/(site|dist)-packages\//;
const meaningful = (frames: readonly StackFrame[]): StackFrame | undefined =>
  frames.find((f) => !f.subtle && f.path && !LIBRARY.test(f.path)) ?? frames.find((f) => !f.subtle) ?? frames[0];
