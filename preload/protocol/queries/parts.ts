import { z } from 'zod';

/** DAP's StackFrame, as it comes from a debugger. `range` is where in the line execution stands, where that is known. */
export const stackFrame = z.object({
  id: z.number(),
  name: z.string(),
  path: z.string(),
  line: z.number(),
  subtle: z.boolean(),
  /** The file was edited after this code was loaded: lines may be wrong. */
  edited: z.boolean().optional(),
  /** Columns count from 0, in characters; `endLine` from 1. */
  range: z.object({ column: z.number(), endLine: z.number(), endColumn: z.number() }).optional(),
});

/** DAP's Variable. `viewer` names the data view that shows more of it than a line. */
export const variable = z.object({
  name: z.string(),
  value: z.string(),
  type: z.string(),
  reference: z.number(),
  count: z.number(),
  lazy: z.boolean(),
  viewer: z.enum(['array', 'table', 'bytes']).optional(),
});

/** DAP's Scope. */
export const scope = z.object({ name: z.enum(['Locals', 'Closure', 'Globals']), reference: z.number(), count: z.number() });

/** A page of something longer: `start` is the first item's index. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), start: z.number(), total: z.number() });

/** An exception's type and message, read without its `__str__`. */
export const exceptionSummary = z.object({ typeName: z.string(), message: z.string() });

/** How long reading took inside the program, in milliseconds: what the question cost. */
export const tookMs = z.number();

export const reference = z.number().int().positive();
export const index = z.number().int().nonnegative();
export const count = z.number().int().min(1).max(1000);
