import { z } from 'zod';

const none: z.ZodType<object> = z.object({});

/** Questions about code at a stop. */
export const sourceQueries = {
  /** Text that only the program has: a notebook's cell, `exec`'d code, a module in a zip. Empty `text` with `why` when it has none. */
  source: { params: z.object({ path: z.string().min(1).max(4096) }), answer: z.object({ text: z.string(), why: z.string() }) },
  /** DAP's stepInTargets: the calls on the current line that can still be stepped into, in the order in which they run. */
  stepInTargets: {
    params: none,
    answer: z.object({
      targets: z.array(z.object({ id: z.number(), label: z.string(), line: z.number(), column: z.number(), endColumn: z.number() })),
      why: z.string(),
    }),
  },
} as const;
