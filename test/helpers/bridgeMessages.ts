import { z } from 'zod';
import { page, scope, stackFrame, variable as looseVariable } from '../../preload/protocol/queries/parts';

const variable = looseVariable.strict();
const frame = stackFrame.strict();
const reason = z.enum(['entry', 'step', 'breakpoint', 'pause', 'exception', 'post-mortem', 'return', 'call']);

const bound = z.object({ path: z.string(), line: z.number(), verified: z.boolean(), message: z.string(), hits: z.number() }).strict();

const boundFunction = z.object({ name: z.string(), verified: z.boolean(), message: z.string(), hits: z.number() }).strict();

/** A page of variables, as the bridge answers it. */
export const variablePage = page(variable).strict();
export const framePage = page(frame).strict();
export const scopeList = z.array(scope.strict());
export const boundList = z.array(bound);
export const takenLine = z.object({ line: z.string(), supported: z.boolean() }).strict();

const waitingThreads = z.array(z.object({ threadId: z.number(), threadName: z.string(), reason, at: frame }).strict());

const stop = z
  .object({
    reason,
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
          hitCondition: z.string(),
          logMessage: z.string(),
          enabled: z.boolean(),
          hits: z.number(),
          temporary: z.boolean(),
        })
        .strict(),
    ),
    functionBreakpoints: z.array(boundFunction),
    waiting: waitingThreads,
    note: z.string(),
  })
  .strict();

const schemas = {
  hello: z.object({ protocol: z.literal(1), pid: z.number(), python: z.string(), channel: z.literal('osc') }).strict(),
  breakpoints: z.object({ breakpoints: boundList, functionBreakpoints: z.array(boundFunction) }).strict(),
  stopped: stop,
  changed: stop,
  refused: z.object({ message: z.string() }).strict(),
  waiting: z.object({ waiting: waitingThreads }).strict(),
  continued: z.object({ threadId: z.number() }).strict(),
  finished: z
    .object({ how: z.enum(['end', 'sys.exit', 'quit', 'uncaught', 'syntax-error', 'unreadable']), exitCode: z.number(), text: z.string() })
    .strict(),
  trouble: z.object({ message: z.string() }).strict(),
  plain: z.object({ pid: z.number(), python: z.string(), message: z.string() }).strict(),
} as const;
export type EventName = keyof typeof schemas;
export type Bodies = { readonly [N in EventName]: z.infer<(typeof schemas)[N]> };
/** What each event of the bridge carries. */
export const bodies: { readonly [N in EventName]: z.ZodType<Bodies[N]> } = schemas;

/** The first line on a socket. */
export const greeting = z
  .object({ token: z.string(), protocol: z.literal(1), pid: z.number(), python: z.string(), channel: z.literal('unix') })
  .strict();
const eventName = z.enum(['hello', 'breakpoints', 'stopped', 'changed', 'refused', 'waiting', 'continued', 'finished', 'trouble', 'plain']);

/** Any line from the bridge. */
export const incoming = z.union([
  greeting,
  z.object({ response: z.number(), body: z.unknown().optional(), error: z.string().optional() }).strict(),
  z.object({ event: eventName, body: z.unknown() }).strict(),
]);
