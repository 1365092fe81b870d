import { z } from 'zod';
import { index, scope, stackFrame, tookMs } from './parts';

/** A frame of an exception with the text of its line; `id` is its place in the whole traceback, 0 the outermost. */
export const exceptionFrame = stackFrame.extend({ text: z.string() });
export type ExceptionFrame = z.infer<typeof exceptionFrame>;

/**
 * One exception of a tree, in a flat list: `parent` is the index of the exception it explains or belongs to, -1 for the
 * one that was raised last. Frames are outermost first, as a traceback prints them; with `omitted` in the middle left out
 * after `frames[omittedAt - 1]`.
 */
export const exceptionNode = z.object({
  parent: z.number(),
  relation: z.enum(['raised', 'cause', 'context', 'suppressed-context', 'member']),
  /** Which member of its group, from 1; 0 for what is none. */
  member: z.number(),
  /** How many members it has itself; only the first 50 follow. */
  members: z.number(),
  typeName: z.string(),
  message: z.string(),
  notes: z.array(z.string()),
  frames: z.array(exceptionFrame),
  frameCount: z.number(),
  omitted: z.number(),
  omittedAt: z.number(),
  /** What is left out repeats the frames before it: a recursion. */
  recurs: z.boolean(),
  /** Where the text is that could not be compiled; `column` counts from 0, -1 where it is not known. */
  place: z.object({ path: z.string(), line: z.number(), column: z.number(), text: z.string() }).optional(),
});
export type ExceptionNode = z.infer<typeof exceptionNode>;

/** No parameters. Typed so, or joined with the session's it would allow nothing at all. */
const none: z.ZodType<object> = z.object({});

/** Questions about the exception at this stop. */
export const exceptionQueries = {
  /**
   * DAP's exceptionInfo, whole: causes, contexts also when suppressed, groups, notes. Empty `nodes`: there is none.
   * `handled`: the program stands in an `except` or `finally` for it, and has not stopped because of it.
   */
  exceptionInfo: {
    params: none,
    answer: z.object({ nodes: z.array(exceptionNode), handled: z.boolean(), tookMs, message: z.string() }),
  },
  /** The scopes of a frame of one exception; `frame` is the `id` of one of its frames. */
  exceptionScopes: { params: z.object({ node: index, frame: index }), answer: z.array(scope) },
} as const;
