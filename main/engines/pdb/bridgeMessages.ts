import { z } from 'zod';

const frame = z.object({
  id: z.number(),
  name: z.string(),
  path: z.string(),
  line: z.number(),
  subtle: z.boolean(),
});

const variable = z.object({
  name: z.string(),
  value: z.string(),
  type: z.string(),
  reference: z.number(),
  count: z.number(),
  lazy: z.boolean(),
});

const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), start: z.number(), total: z.number() });

const scope = z.object({ name: z.enum(['Locals', 'Globals']), reference: z.number(), count: z.number() });

const bound = z.object({
  path: z.string(),
  line: z.number(),
  verified: z.boolean(),
  message: z.string(),
  hits: z.number(),
});

const snapshot = {
  frame: z.number(),
  frames: z.array(frame),
  frameCount: z.number(),
  scopes: z.array(scope),
  locals: page(variable),
  exception: z.object({ typeName: z.string(), message: z.string() }).nullable(),
  returned: variable.nullable(),
  breakpoints: z.array(
    z.object({
      number: z.number(),
      path: z.string(),
      line: z.number(),
      condition: z
        .string()
        .nullable()
        .transform((text) => text ?? ''),
      enabled: z.boolean(),
      hits: z.number(),
      temporary: z.boolean(),
    }),
  ),
};

const stopped = z.object({
  reason: z.enum(['entry', 'step', 'breakpoint', 'pause', 'exception', 'post-mortem', 'return', 'call']),
  threadId: z.number(),
  threadName: z.string(),
  ...snapshot,
});

/** The bridge's first line on a socket, or its first event in the console's own stream. */
export const hello = z.object({ protocol: z.literal(1), pid: z.number(), python: z.string(), channel: z.enum(['unix', 'osc']) });

/** Every event of the bridge; one line of JSON each. The bridge's README has the same list. */
export const bridgeEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('hello'), body: hello }),
  z.object({ event: z.literal('stopped'), body: stopped }),
  z.object({ event: z.literal('changed'), body: z.object(snapshot) }),
  z.object({ event: z.literal('continued'), body: z.object({ threadId: z.number() }) }),
  z.object({ event: z.literal('breakpoints'), body: z.object({ breakpoints: z.array(bound) }) }),
  z.object({ event: z.literal('finished'), body: z.object({ how: z.string(), exitCode: z.number(), text: z.string() }) }),
  z.object({ event: z.literal('trouble'), body: z.object({ message: z.string() }) }),
]);
export type BridgeEvent = z.infer<typeof bridgeEvent>;
export type BridgeSnapshot = z.infer<typeof stopped> | z.infer<z.ZodObject<typeof snapshot>>;

/** An answer to a request, by its number. */
export const bridgeResponse = z.union([
  z.object({ response: z.number(), body: z.unknown() }),
  z.object({ response: z.number(), error: z.string() }),
]);

/** One thing that the bridge can be asked while the program is stopped, and what its answer must be. */
export interface Question<T> {
  readonly command: string;
  readonly answer: z.ZodType<T>;
}
const question = <T>(command: string, answer: z.ZodType<T>): Question<T> => ({ command, answer });

/** Everything that the bridge can be asked. */
export const questions = {
  stackTrace: question('stackTrace', page(frame)),
  scopes: question('scopes', z.array(scope)),
  variables: question('variables', page(variable)),
  setBreakpoints: question('setBreakpoints', z.array(bound)),
  /** The half-typed line; the bridge puts it back at its next prompt. */
  takeLine: question('takeLine', z.object({ line: z.string(), supported: z.boolean() })),
};
