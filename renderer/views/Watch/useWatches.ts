import { useEffect, useState } from 'react';
import type { QueryAnswer } from '../../../preload/protocol/queries/queries';
import type { SessionState, StopId, Variable } from '../../../preload/protocol/session';
import { Refusal } from '../../store/connect';
import { request } from '../../store/store';
import { changes, noMemory } from '../Variables/changes';
import type { Memory } from '../Variables/changes';
import { read, valuesOf, variableNode } from '../Variables/variableTree';
import type { VariableNode } from '../Variables/variableTree';

type Evaluated = QueryAnswer<'evaluate'>;

/** An evaluation that the person asked for: on its way, or what came of it at this stop. */
export type Run = { readonly since: number } | { readonly answer: Evaluated };

/** One expression and what is known of it; `answer` is undefined until it was read at a stop. */
export interface Watched {
  readonly node: VariableNode;
  readonly answer: Evaluated | undefined;
}

/** The expressions as they are shown. */
export interface Watches {
  readonly rows: readonly Watched[];
  readonly open: ReadonlySet<string>;
  readonly changed: ReadonlySet<string>;
  readonly runs: ReadonlyMap<string, Run>;
  toggle(open: ReadonlySet<string>): void;
  /** Evaluates an expression once, at this stop. */
  run(expression: string): void;
}

/** How long an evaluation may take; it can be cancelled before. */
const RUN_MS = 30_000;
const READ_MS = 1000;

interface Kept extends Memory {
  open: ReadonlySet<string>;
  runs: ReadonlyMap<string, Run>;
  /** The stop and frame that the runs belong to. */
  ranAt: string;
}

const kept = new Map<string, Kept>();
function keptOf(session: string): Kept {
  const known = kept.get(session) ?? { open: new Set<string>(), runs: new Map<string, Run>(), ranAt: '', ...noMemory() };
  kept.set(session, known);
  return known;
}

/** What was run at this place of a session; an earlier stop's is forgotten. */
function runsAt(session: string, place: string): ReadonlyMap<string, Run> {
  const memory = keptOf(session);
  if (place && memory.ranAt !== place) Object.assign(memory, { ranAt: place, runs: new Map<string, Run>() });
  return memory.runs;
}

/** Keeps what came of a run, unless the program stands elsewhere by now. */
function keepRun({ id, place }: { readonly id: string; readonly place: string }, expression: string, run: Run): void {
  const memory = keptOf(id);
  if (memory.ranAt === place) memory.runs = new Map([...memory.runs, [expression, run]]);
}

/** The key of an expression's row. */
export const keyOf = (expression: string): string => `watch ${expression}`;

/** A row for an expression without a value. */
const bare = (expression: string): VariableNode =>
  variableNode(keyOf(expression), { name: expression, value: '', type: '', reference: 0, count: 0, lazy: false }, 0);

const rowOf = (expression: string, answer: Evaluated | undefined): Watched => ({
  node: answer?.variable ? variableNode(keyOf(expression), { ...answer.variable, name: expression }, 0) : bare(expression),
  answer,
});

/** Reads the expressions at each stop without running the program's code, and whatever is open below them. */
export function useWatches(session: SessionState | undefined, expressions: readonly string[]): Watches {
  const id = session?.id ?? '';
  const stop = session?.phase.phase === 'stopped' ? session.phase : undefined;
  const place = session && stop ? `${session.stops} ${stop.frame.id}` : '';
  const [open, setOpen] = useState(() => keptOf(id).open);
  const [shown, setShown] = useState<{ readonly rows: readonly Watched[]; readonly changed: ReadonlySet<string> }>();
  const [, redraw] = useState(0);
  const runs = runsAt(id, place);

  const setRun = (expression: string, run: Run) => {
    keepRun({ id, place }, expression, run);
    redraw((n) => n + 1);
  };
  useEffect(() => {
    if (!stop || !session) return undefined;
    let wanted = true;
    const at = { session: id, stopId: stop.stopId };
    void readAll(at, { expressions, frame: stop.frame.id, open, runs }).then((rows) => {
      if (!wanted) return;
      const where = `${stop.frame.path}:${stop.frame.name}`;
      const values = valuesOf(rows.map(({ node }) => node));
      setShown({ rows, changed: changes(keptOf(id), { stops: session.stops, where, values }) });
    });
    return () => {
      wanted = false;
    };
  }, [id, stop?.stopId, stop?.frame.id, open, expressions, runs]);

  const run = (expression: string) => {
    if (!stop) return;
    setRun(expression, { since: Date.now() });
    const asked = { session: id, stopId: stop.stopId, frame: stop.frame.id, expression, run: true, timeoutMs: RUN_MS };
    void answerOf(asked).then((answer) => setRun(expression, { answer }));
  };
  const rows = expressions.map((expression) => shown?.rows.find(({ node }) => node.name === expression) ?? rowOf(expression, undefined));
  const toggle = (next: ReadonlySet<string>) => {
    keptOf(id).open = next;
    setOpen(next);
  };
  return { rows, open, changed: shown?.changed ?? new Set(), runs, toggle, run };
}

interface Wanted {
  readonly expressions: readonly string[];
  readonly frame: number;
  readonly open: ReadonlySet<string>;
  readonly runs: ReadonlyMap<string, Run>;
}

interface At {
  readonly session: string;
  readonly stopId: StopId;
}

async function readAll(at: At, { expressions, frame, open, runs }: Wanted): Promise<readonly Watched[]> {
  return Promise.all(
    expressions.map(async (expression) => {
      const run = runs.get(expression);
      const answer = run && 'answer' in run ? run.answer : await answerOf({ ...at, frame, expression, run: false, timeoutMs: READ_MS });
      const row = rowOf(expression, answer);
      const [node = row.node] = await read([row.node], open, (reference, start, count) => pageOf(at, { reference, start, count }));
      return { node, answer };
    }),
  );
}

/** A refusal is an answer too: the row says why. */
async function answerOf(asked: Parameters<typeof request<'session.evaluate'>>[1]): Promise<Evaluated> {
  try {
    return await request('session.evaluate', asked);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { variable: null, why: error.message, runsCode: false, tookMs: 0 };
  }
}

async function pageOf(at: At, page: { reference: number; start: number; count: number }) {
  try {
    return await request('session.variables', { ...at, ...page });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { items: [] as readonly Variable[], start: page.start, total: 0 };
  }
}
