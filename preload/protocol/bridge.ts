import { z } from 'zod';
import { exceptionFilters, functionBreakpoint, sourceBreakpoint } from './breakpoints';
import type { ExceptionFilters, FunctionBreakpoint, SourceBreakpoint } from './breakpoints';
import { launchConfig, launchDraft } from './launch';
import { queries } from './queries/queries';
import type { QueryAnswer, QueryName } from './queries/queries';
import { settingsChange } from './settings';
import type { CollectedTests, FolderListing, Interpreter, LaunchPlan, MissingModules, ProcessList, RecentLaunch } from './launch';
import type { SessionId, SessionState, StackFrame, Page, Scope, Variable } from './session';
import type { Settings } from './settings';
import type { TerminalId, TerminalNote, TerminalState } from './terminal';

/** Carries a result's type beside its schema; nothing at run time. */
const type = <T>(): { readonly carries: (() => T) | undefined } => ({ carries: undefined });

const sessionId = z.string().min(1).max(10);
const terminalId = z.string().min(1).max(40);
const stopId = z.number().int().nonnegative();
const count = z.number().int().min(1).max(1000);
const index = z.number().int().nonnegative();
const path = z.string().min(1).max(4096);
const acting = z.object({ session: sessionId });
const none = z.object({});

/** A question about a stop, of which the table of queries says what it holds and what it answers. */
const aboutStop = <N extends QueryName>(name: N) => ({
  params: acting.extend({ stopId }).and(queries[name].params),
  result: type<QueryAnswer<N>>(),
});

/**
 * Every request that a window may make, with what its parameters must be. Both sides compile against this one list.
 * One that runs the program settles when the debugger has accepted it; what happened comes as an event.
 */
export const requests = {
  'app.hello': { params: none, result: type<Hello>() },
  /** Asked by a window to learn whether main still answers. */
  'app.alive': { params: none, result: type<void>() },
  'settings.change': { params: settingsChange, result: type<Settings>() },

  'launch.interpreters': { params: z.object({ folder: z.string().max(1_000_000) }), result: type<readonly Interpreter[]>() },
  /** What the program needs and the interpreters of the folder do not have; only of those that lack something. */
  'launch.missing': { params: launchDraft.pick({ kind: true, program: true, folder: true }), result: type<readonly MissingModules[]>() },
  /** Runs `pytest --collect-only`, which imports the tests: up to 60 s, and never two at once in a window. */
  'launch.collect': {
    params: launchDraft.pick({ folder: true, interpreter: true, env: true, args: true }),
    result: type<CollectedTests>(),
  },
  'launch.cancelCollect': { params: none, result: type<void>() },
  'launch.processes': { params: none, result: type<ProcessList>() },
  'launch.plan': { params: launchDraft, result: type<LaunchPlan>() },
  'launch.forget': { params: z.object({ at: z.number() }), result: type<readonly RecentLaunch[]>() },
  'files.list': { params: z.object({ folder: z.string().max(4096) }), result: type<FolderListing>() },
  /** With a session also what only its program has: a notebook's cell, `exec`'d code, a module in a zip; while it is stopped. */
  'files.source': { params: z.object({ path, session: sessionId.optional() }), result: type<SourceText>() },

  /** Each list whole, as in DAP. */
  'breakpoints.set': { params: z.object({ breakpoints: z.array(sourceBreakpoint).max(10_000) }), result: type<void>() },
  'breakpoints.setFunctions': { params: z.object({ functions: z.array(functionBreakpoint).max(1000) }), result: type<void>() },
  'breakpoints.setExceptions': { params: z.object({ filters: exceptionFilters }), result: type<void>() },

  'session.launch': { params: launchConfig, result: type<SessionId>() },
  'session.continue': { params: acting, result: type<void>() },
  'session.next': { params: acting, result: type<void>() },
  /** `target` is the id of one of the line's calls; without it the first one that the step filters let through. */
  'session.stepIn': { params: acting.extend({ target: z.number().int().nonnegative().optional() }), result: type<void>() },
  'session.stepOut': { params: acting, result: type<void>() },
  /** Without `line`: until a line greater than the current one. */
  'session.runTo': { params: acting.extend({ line: z.number().int().min(1).optional() }), result: type<void>() },
  /** Makes `line` of the current function the next to be run; what is between is not run. */
  'session.jump': { params: acting.extend({ line: z.number().int().min(1) }), result: type<void>() },
  /** Gives the prompt to another thread that waits for it; this one waits in its place. */
  'session.selectThread': { params: acting.extend({ thread: z.number().int() }), result: type<void>() },
  /** Interrupts an evaluation that is on its way. */
  'session.cancel': { params: acting, result: type<void>() },
  'session.pause': { params: acting, result: type<void>() },
  'session.restart': { params: acting, result: type<SessionId>() },
  'session.terminate': { params: acting, result: type<void>() },
  'session.close': { params: acting, result: type<void>() },
  'session.selectFrame': { params: acting.extend({ stopId, frame: index }), result: type<void>() },
  'session.stackTrace': { params: acting.extend({ stopId, start: index, count }), result: type<Page<StackFrame>>() },
  'session.scopes': { params: acting.extend({ stopId, frame: index }), result: type<readonly Scope[]>() },
  'session.variables': {
    params: acting.extend({ stopId, reference: z.number().int().positive(), start: index, count }),
    result: type<Page<Variable>>(),
  },
  'session.evaluate': aboutStop('evaluate'),
  'session.setVariable': aboutStop('setVariable'),
  'session.valueText': aboutStop('valueText'),
  'session.exceptionInfo': aboutStop('exceptionInfo'),
  'session.exceptionScopes': aboutStop('exceptionScopes'),
  'session.threads': aboutStop('threads'),
  'session.tasks': aboutStop('tasks'),
  'session.openFiles': aboutStop('openFiles'),
  'session.memory': aboutStop('memory'),
  'session.traceAllocations': aboutStop('traceAllocations'),
  'session.collector': aboutStop('collector'),
  'session.dataSummary': aboutStop('dataSummary'),
  'session.dataPage': aboutStop('dataPage'),
  'session.bytesPage': aboutStop('bytesPage'),
  'session.source': aboutStop('source'),
  'session.stepInTargets': aboutStop('stepInTargets'),

  /** Prepares the flow of a terminal's output to this window from `offset` on; it begins when the window acknowledges the offset it is given. */
  'terminal.attach': { params: z.object({ terminal: terminalId, offset: index }), result: type<TerminalAttached>() },
  'terminal.detach': { params: z.object({ terminal: terminalId }), result: type<void>() },
  /** This window has drawn everything before `offset`. */
  'terminal.acknowledge': { params: z.object({ terminal: terminalId, offset: index }), result: type<void>() },
  /** What the person typed or pasted, and, in a program's terminal, what the terminal answered to the program's queries. */
  'terminal.write': { params: z.object({ terminal: terminalId, data: z.string().max(64_000) }), result: type<void>() },
  'terminal.resize': {
    params: z.object({ terminal: terminalId, cols: z.number().int().min(1).max(2000), rows: z.number().int().min(1).max(1000) }),
    result: type<void>(),
  },
  'terminal.save': { params: z.object({ terminal: terminalId, path }), result: type<{ readonly bytes: number }>() },
  /** Reading stands still at the disk budget: go on for another budget, or keep only the last 256 MB and go on. */
  'terminal.release': { params: z.object({ terminal: terminalId, how: z.enum(['continue', 'keep-last']) }), result: type<void>() },

  'link.open': { params: z.object({ url: z.string().max(8192) }), result: type<void>() },
  'window.act': { params: z.object({ act: z.enum(['minimize', 'maximize', 'close', 'menu']) }), result: type<void>() },
} as const;

export type Requests = typeof requests;
export type RequestName = keyof Requests;
export type Params<N extends RequestName> = z.infer<Requests[N]['params']>;
export type Result<N extends RequestName> = ReturnType<NonNullable<Requests[N]['result']['carries']>>;

/** Which window asks: output flows to the window that attached, and stops when it goes. */
export interface Caller {
  readonly window: number;
}
/** A host must answer every request: leave one out and it does not compile. */
export type Handlers = { readonly [N in RequestName]: (params: Params<N>, caller: Caller) => Promise<Result<N>> };

/** What a window asks for first; enough to draw everything as it was. */
export interface Hello {
  readonly version: string;
  readonly host: 'electron' | 'web';
  readonly platform: string;
  readonly home: string;
  /** Why the browser is used where a desktop window was expected; empty otherwise. */
  readonly note: string;
  readonly settings: Settings;
  readonly recent: readonly RecentLaunch[];
  readonly breakpoints: readonly SourceBreakpoint[];
  readonly functionBreakpoints: readonly FunctionBreakpoint[];
  readonly exceptionFilters: ExceptionFilters;
  readonly sessions: readonly SessionState[];
}

/** A source file as text. `stamp` changes when the file does. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
  readonly stamp: string;
  /** Said when not everything is shown: binary, too large, odd encoding; empty otherwise. */
  readonly note: string;
}

/** Where the flow of a terminal's output begins, and everything known beside the bytes. */
export interface TerminalAttached {
  readonly state: TerminalState;
  /** The first byte that will be sent; later than asked for when older ones are no longer kept. */
  readonly offset: number;
  /** How far some window has drawn it: queries of the program before this were answered then, and are not answered again. */
  readonly drawn: number;
  readonly notes: readonly TerminalNote[];
}

/** What main tells every window. Only `output` goes to the one window that attached. */
export type BridgeEvent =
  | { readonly type: 'session'; readonly session: SessionState }
  | { readonly type: 'session-closed'; readonly session: SessionId }
  | { readonly type: 'breakpoints'; readonly breakpoints: readonly SourceBreakpoint[] }
  | { readonly type: 'function-breakpoints'; readonly functions: readonly FunctionBreakpoint[] }
  | { readonly type: 'exception-filters'; readonly filters: ExceptionFilters }
  | { readonly type: 'recent'; readonly recent: readonly RecentLaunch[] }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'terminal'; readonly terminal: TerminalState }
  | { readonly type: 'note'; readonly terminal: TerminalId; readonly note: TerminalNote }
  | { readonly type: 'output'; readonly terminal: TerminalId; readonly offset: number; readonly data: Uint8Array }
  /** A command of the native menu. */
  | { readonly type: 'command'; readonly command: string };

/** The whole seam, as a window sees it. A refusal rejects with an Error that carries `code` and `message`. */
export interface Bridge {
  request<N extends RequestName>(name: N, params: Params<N>): Promise<Result<N>>;
  subscribe(listener: (event: BridgeEvent) => void): () => void;
}
