import { z } from 'zod';
import { exceptionSummary, page, scope, stackFrame, variable } from '../../../preload/protocol/queries/parts';

const bound = z.object({
  path: z.string(),
  line: z.number(),
  verified: z.boolean(),
  message: z.string(),
  hits: z.number(),
});

const reason = z.enum(['entry', 'step', 'breakpoint', 'pause', 'exception', 'post-mortem', 'return', 'call']);

const boundFunction = z.object({ name: z.string(), verified: z.boolean(), message: z.string(), hits: z.number() });

const waitingThreads = z.array(z.object({ threadId: z.number(), threadName: z.string(), reason, at: stackFrame }));

const snapshot = {
  frame: z.number(),
  frames: z.array(stackFrame),
  frameCount: z.number(),
  scopes: z.array(scope),
  locals: page(variable),
  exception: exceptionSummary.nullable(),
  returned: variable.nullable(),
  breakpoints: z.array(
    z.object({
      number: z.number(),
      path: z.string(),
      line: z.number(),
      condition: z.string(),
      hitCondition: z.string(),
      logMessage: z.string(),
      enabled: z.boolean(),
      hits: z.number(),
      temporary: z.boolean(),
    }),
  ),
  functionBreakpoints: z.array(boundFunction),
  waiting: waitingThreads,
  note: z.string(),
};

const stopped = z.object({ reason, threadId: z.number(), threadName: z.string(), ...snapshot });

/** The bridge's first line on a socket, or its first event in the console's own stream. */
export const hello = z.object({ protocol: z.literal(1), pid: z.number(), python: z.string(), channel: z.enum(['unix', 'osc']) });

/** Every event of the bridge; one line of JSON each. The bridge's README has the same list. */
export const bridgeEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('hello'), body: hello }),
  z.object({ event: z.literal('stopped'), body: stopped }),
  z.object({ event: z.literal('changed'), body: z.object(snapshot) }),
  /** A command typed at the prompt was refused with this message, and changed nothing. */
  z.object({ event: z.literal('refused'), body: z.object({ message: z.string() }) }),
  /** While a prompt stands: another thread has come to wait for it, or one has given up. */
  z.object({ event: z.literal('waiting'), body: z.object({ waiting: waitingThreads }) }),
  z.object({ event: z.literal('continued'), body: z.object({ threadId: z.number() }) }),
  z.object({
    event: z.literal('breakpoints'),
    body: z.object({ breakpoints: z.array(bound), functionBreakpoints: z.array(boundFunction) }),
  }),
  z.object({ event: z.literal('finished'), body: z.object({ how: z.string(), exitCode: z.number(), text: z.string() }) }),
  z.object({ event: z.literal('trouble'), body: z.object({ message: z.string() }) }),
  /** There is no bridge, and why: stock pdb runs the program. Nothing else is told in this session. */
  z.object({ event: z.literal('plain'), body: z.object({ pid: z.number(), python: z.string(), message: z.string() }) }),
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
  stackTrace: question('stackTrace', page(stackFrame)),
  scopes: question('scopes', z.array(scope)),
  variables: question('variables', page(variable)),
  setBreakpoints: question('setBreakpoints', z.array(bound)),
  setFunctionBreakpoints: question('setFunctionBreakpoints', z.array(boundFunction)),
  setExceptionFilters: question('setExceptionFilters', z.object({})),
  /** Past what and into which call the next `step` goes; the one after it is plain again. */
  prepareStep: question('prepareStep', z.object({})),
  cancel: question('cancel', z.object({})),
  /** The half-typed line; the bridge puts it back at its next prompt. */
  takeLine: question('takeLine', z.object({ line: z.string(), supported: z.boolean() })),
};
