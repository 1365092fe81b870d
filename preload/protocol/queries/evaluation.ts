import { z } from 'zod';
import { index, reference, tookMs, variable } from './parts';

const expression = z.string().min(1).max(100_000);

/** Questions about values: watches, hovers, what a person has evaluated or set. */
export const evaluationQueries = {
  /**
   * DAP's evaluate. With `run` false only what can be read without running the program's code is answered, and `why`
   * says what could not be. With `run` true it is evaluated in the stopped thread, interrupted after `timeoutMs`.
   */
  evaluate: {
    params: z.object({ expression, frame: index, run: z.boolean(), timeoutMs: z.number().int().min(10).max(600_000) }),
    answer: z.object({ variable: variable.nullable(), why: z.string(), runsCode: z.boolean(), tookMs }),
  },
  /** DAP's setVariable: `value` is an expression, evaluated and assigned in the stopped thread. It runs code. */
  setVariable: {
    params: z.object({ reference, name: z.string().max(10_000), value: expression, frame: index }),
    answer: z.object({ variable: variable.nullable(), why: z.string() }),
  },
  /** A value with its children as text to copy, cut where it grows too long. */
  valueText: {
    params: z.object({ reference, format: z.enum(['text', 'json', 'csv']) }),
    answer: z.object({ text: z.string(), complete: z.boolean() }),
  },
} as const;
