import { z } from 'zod';

const variable = z
  .object({ name: z.string(), value: z.string(), type: z.string(), reference: z.number(), count: z.number(), lazy: z.boolean() })
  .strict();
const frame = z.object({ id: z.number(), name: z.string(), path: z.string(), line: z.number(), subtle: z.boolean() }).strict();
const bound = z.object({ path: z.string(), line: z.number(), verified: z.boolean(), message: z.string(), hits: z.number() }).strict();

/** A page of variables, as the bridge answers it. */
export const variablePage = z.object({ items: z.array(variable), start: z.number(), total: z.number() }).strict();
export const framePage = z.object({ items: z.array(frame), start: z.number(), total: z.number() }).strict();
export const scopeList = z.array(z.object({ name: z.enum(['Locals', 'Globals']), reference: z.number(), count: z.number() }).strict());
export const boundList = z.array(bound);
export const takenLine = z.object({ line: z.string(), supported: z.boolean() }).strict();

const stop = z
  .object({
    reason: z.enum(['entry', 'step', 'breakpoint', 'pause', 'exception', 'post-mortem', 'return', 'call']),
    threadId: z.number(),
    threadName: z.string(),
    frame: z.number(),
    frames: z.array(frame).max(50),
    frameCount: z.number(),
    scopes: scopeList,
    locals: variablePage,
    exception: z.object({ typeName: z.string(), message: z.string() }).strict().nullable(),
    returned: variable.nullable(),
    breakpoints: z.array(
      z
        .object({
          number: z.number(),
          path: z.string(),
          line: z.number(),
          condition: z.string(),
          enabled: z.boolean(),
          hits: z.number(),
          temporary: z.boolean(),
        })
        .strict(),
    ),
  })
  .strict();

const schemas = {
  hello: z.object({ protocol: z.literal(1), pid: z.number(), python: z.string(), channel: z.literal('osc') }).strict(),
  breakpoints: z.object({ breakpoints: boundList }).strict(),
  stopped: stop,
  changed: stop,
  continued: z.object({ threadId: z.number() }).strict(),
  finished: z
    .object({ how: z.enum(['end', 'sys.exit', 'quit', 'uncaught', 'syntax-error', 'unreadable']), exitCode: z.number(), text: z.string() })
    .strict(),
  trouble: z.object({ message: z.string() }).strict(),
} as const;
export type EventName = keyof typeof schemas;
export type Bodies = { readonly [N in EventName]: z.infer<(typeof schemas)[N]> };
/** What each event of the bridge carries. */
export const bodies: { readonly [N in EventName]: z.ZodType<Bodies[N]> } = schemas;

/** The first line on a socket. */
export const greeting = z
  .object({ token: z.string(), protocol: z.literal(1), pid: z.number(), python: z.string(), channel: z.literal('unix') })
  .strict();
const eventName = z.enum(['hello', 'breakpoints', 'stopped', 'changed', 'continued', 'finished', 'trouble']);

/** Any line from the bridge. */
export const incoming = z.union([
  greeting,
  z.object({ response: z.number(), body: z.unknown().optional(), error: z.string().optional() }).strict(),
  z.object({ event: eventName, body: z.unknown() }).strict(),
]);
