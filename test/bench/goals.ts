import type { Goal, Pair, Verdict } from './row';

/** The middle one; of an even number the mean of the two in the middle. NaN for none. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const above = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? above : ((sorted[half - 1] ?? Number.NaN) + above) / 2;
}

const peersOf = (pairs: readonly Pair[]): readonly number[] => pairs.flatMap(([, peer]) => (peer === null ? [] : [peer]));

/** The median over the pairs of what `compare` makes of each; null where there is no peer. */
function compared(pairs: readonly Pair[], compare: (ours: number, peer: number) => number): number | null {
  const figures = pairs.flatMap(([ours, peer]) => (peer === null ? [] : [compare(ours, peer)]));
  return figures.length ? median(figures) : null;
}

function medians(pairs: readonly Pair[]): Omit<Verdict, 'ok'> {
  const peers = peersOf(pairs);
  return {
    ours: median(pairs.map(([ours]) => ours)),
    peer: peers.length ? median(peers) : null,
    ratio: compared(pairs, (ours, peer) => ours / peer),
  };
}

function judged(pairs: readonly Pair[], ok: (verdict: Omit<Verdict, 'ok'>) => boolean): Verdict {
  const verdict = medians(pairs);
  return { ...verdict, ok: ok(verdict) };
}

/** The median of the ratios is at most this. */
export const atMostTimesPeer = (factor: number): Goal => ({
  text: `<= ${factor}`,
  judge: (pairs) => judged(pairs, ({ ratio }) => ratio !== null && ratio <= factor),
});

/** The same of each of several things that were measured in turns: pair 0 is of the first, pair `things` of the first again. */
export const atMostTimesPeerInEach = (factor: number, things: number): Goal => ({
  text: `<= ${factor} in each`,
  judge(pairs) {
    const each = Array.from({ length: things }, (_, thing) => medians(pairs.filter((_pair, at) => at % things === thing)).ratio);
    const ratios = each.flatMap((ratio) => (ratio === null ? [] : [ratio]));
    const worst = ratios.length ? Math.max(...ratios) : null;
    return { ...medians(pairs), ratio: worst, ok: worst !== null && ratios.length === things && worst <= factor };
  },
});

/** The median of the ratios is at least this. */
export const atLeastTimesPeer = (factor: number): Goal => ({
  text: `>= ${factor}`,
  judge: (pairs) => judged(pairs, ({ ratio }) => ratio !== null && ratio >= factor),
});

/** The median of the differences is at most this, in the row's unit. */
export const atMostAbovePeer = (surplus: number, unit: string): Goal => ({
  text: `<= peer + ${surplus} ${unit}`,
  judge(pairs) {
    const difference = compared(pairs, (ours, peer) => ours - peer);
    return judged(pairs, () => difference !== null && difference <= surplus);
  },
});

/** Our median is at most this, whatever the peer does. */
export const atMost = (figure: number, unit: string): Goal => ({
  text: `<= ${figure} ${unit}`,
  judge: (pairs) => judged(pairs, ({ ours }) => ours <= figure),
});

/** We lose nothing in any run, in a run that shows that there was something to lose. Figures are sums. */
export const nothingLost: Goal = {
  text: '0, where the peer loses some',
  judge(pairs) {
    const sum = (figures: readonly number[]) => figures.reduce((a, b) => a + b, 0);
    const ours = sum(pairs.map(([lost]) => lost));
    const peer = sum(peersOf(pairs));
    return { ours, peer, ratio: peer > 0 ? ours / peer : null, ok: ours === 0 && peer > 0 };
  },
};
