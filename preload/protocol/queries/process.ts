import { z } from 'zod';
import { stackFrame, tookMs } from './parts';

/** No parameters. Typed so, or joined with the session's it would allow nothing at all. */
const none: z.ZodType<object> = z.object({});
/** An asyncio task; `id` is its place in the answer, from 1. */
export const task = z.object({
  id: z.number(),
  name: z.string(),
  state: z.enum(['running', 'waiting', 'ready', 'cancelling', 'done']),
  /** The coroutine's qualified name. */
  coroutine: z.string(),
  /** From the task's own coroutine down to what it awaits. */
  frames: z.array(stackFrame),
  /** What the innermost await stands on: `sleep(5), 3.2 s left`, `Lock.acquire`, another task's name; for a done one, how it ended. */
  waitsFor: z.string(),
  /** The `id` of the task it waits for, 0 for none. */
  waitsForTask: z.number(),
});
export type Task = z.infer<typeof task>;

const memory = {
  /** Sites are not read when that would take much longer than `budgetMs`; the answer's `needsMs` then says how long. */
  params: z.object({ budgetMs: z.number().int().min(50).max(60_000) }),
  answer: z.object({
    /** Whether allocations are traced; without that there are no sites. */
    tracing: z.boolean(),
    tracedBytes: z.number(),
    peakBytes: z.number(),
    /** Of the tracer itself. */
    overheadBytes: z.number(),
    /** Of the whole process, as the system counts: now and at most; 0 where it does not tell. */
    residentBytes: z.number(),
    peakResidentBytes: z.number(),
    /** The lines whose blocks hold most, largest first, at most 50. */
    sites: z.array(z.object({ path: z.string(), line: z.number(), bytes: z.number(), blocks: z.number() })),
    /** 0 when everything was read. */
    needsMs: z.number(),
    /** Not everything was read in the time allowed, or why nothing was. */
    message: z.string(),
    tookMs,
  }),
};

/** Questions about the whole process at a stop; each is asked only on request, and says what it cost. */
export const processQueries = {
  /** Every thread's stack. `state` says why it is where it is, as far as Python knows. */
  threads: {
    params: none,
    answer: z.object({
      threads: z.array(
        z.object({
          id: z.number(),
          name: z.string(),
          /** The system's own number, 0 where Python does not tell. */
          nativeId: z.number(),
          daemon: z.boolean(),
          state: z.enum(['stopped', 'waits-for-prompt', 'runs', 'bridge']),
          /** Innermost first. */
          frames: z.array(stackFrame),
          frameCount: z.number(),
        }),
      ),
      tookMs,
    }),
  },
  /** asyncio's tasks with their await chains, of every loop that can be found. */
  tasks: {
    params: none,
    answer: z.object({
      tasks: z.array(task),
      message: z.string(),
      tookMs,
    }),
  },
  /** Open descriptors of the process, Casebook's own left out. */
  openFiles: {
    params: none,
    answer: z.object({
      files: z.array(z.object({ fd: z.number(), kind: z.string(), target: z.string(), access: z.string() })),
      omitted: z.number(),
      message: z.string(),
      tookMs,
    }),
  },
  memory,
  /** Begins or ends tracemalloc in the program, which makes allocations slower from then on. Answers as `memory`. */
  traceAllocations: { params: z.object({ on: z.boolean() }), answer: memory.answer },
  /** The garbage collector's counters, and how many objects of each type it tracks. */
  collector: {
    params: none,
    answer: z.object({
      enabled: z.boolean(),
      counts: z.array(z.number()),
      thresholds: z.array(z.number()),
      collections: z.array(z.object({ collections: z.number(), collected: z.number(), uncollectable: z.number() })),
      frozen: z.number(),
      tracked: z.number(),
      types: z.array(z.object({ name: z.string(), count: z.number() })),
      message: z.string(),
      tookMs,
    }),
  },
} as const;
