import type { QueryAnswer, QueryName, QueryParams } from '../../preload/protocol/queries/queries';
import type {
  BoundBreakpoint,
  BoundFunction,
  ExceptionSummary,
  ExitStatus,
  Page,
  Scope,
  StackFrame,
  StopReason,
  TerminalRole,
  ThreadId,
  Variable,
  WaitingThread,
} from '../../preload/protocol/session';
import type { ExceptionFilters, FunctionBreakpoint, SourceBreakpoint } from '../../preload/protocol/breakpoints';
import type { Command, Terminal, Transport } from '../transports/transport';

/** A breakpoint as it stands in the debugger's own table, typed or clicked. */
export interface DebuggerBreakpoint extends SourceBreakpoint {
  readonly hits: number;
}

/** What a debugger tells at a stop in one message: enough to draw every view without asking again. */
export interface Snapshot {
  /** Index of the frame that the console is in; 0 is the innermost. */
  readonly frame: number;
  /** The innermost frames, and how many there are in all. */
  readonly frames: readonly StackFrame[];
  readonly frameCount: number;
  /** Of the frame that the console is in. */
  readonly scopes: readonly Scope[];
  readonly locals: Page<Variable>;
  readonly exception: ExceptionSummary | undefined;
  readonly returned: Variable | undefined;
  readonly breakpoints: readonly DebuggerBreakpoint[];
  readonly functionBreakpoints: readonly BoundFunction[];
  /** Threads that wait for this prompt to be left. */
  readonly waiting: readonly WaitingThread[];
  /** What is special about this stop; empty when nothing is. */
  readonly note: string;
}

/** Frames into which a clicked step does not go. */
export interface StepFilters {
  /** Of the standard library and of installed packages. */
  readonly library: boolean;
  /** A decorator's wrapper, on the way into the function it wraps. */
  readonly decorators: boolean;
  /** Generators and comprehensions. */
  readonly generators: boolean;
}

/** How to step in: past what, and into which of the line's calls. */
export interface StepIn {
  readonly filters: StepFilters;
  readonly target: number | undefined;
}

/** What a debugger tells its session. Words of the Debug Adapter Protocol. */
export type EngineEvent =
  | { readonly type: 'started'; readonly pid: number; readonly debugger: string; readonly degraded: string; readonly plain?: boolean }
  | {
      readonly type: 'stopped';
      readonly reason: StopReason;
      readonly threadId: ThreadId;
      readonly threadName: string;
      readonly snapshot: Snapshot;
    }
  /** A command moved the frame, or wrote into the program or the breakpoints, without running it. */
  | { readonly type: 'changed'; readonly snapshot: Snapshot }
  /** While a prompt stands: these wait for it now. */
  | { readonly type: 'waiting'; readonly waiting: readonly WaitingThread[] }
  | { readonly type: 'continued'; readonly threadId: ThreadId }
  | {
      readonly type: 'bound';
      readonly breakpoints: readonly BoundBreakpoint[];
      readonly functionBreakpoints: readonly BoundFunction[];
    }
  /** The program has ended by itself and says how; `exited` follows. */
  | { readonly type: 'finished'; readonly text: string }
  /** `exit` is undefined for a process that was not started here: only its parent is told. */
  | { readonly type: 'exited'; readonly exit: ExitStatus | undefined }
  /** No program yet: what there is to be done, and a command to copy, empty where there is none. */
  | { readonly type: 'awaits'; readonly text: string; readonly command: string }
  /** What is awaited should be here by now; says nothing once it is. */
  | { readonly type: 'late'; readonly message: string }
  | { readonly type: 'trouble'; readonly message: string };

/** What a session lends its engine: a place to run, and terminals whose output is captured before the engine sees it. */
export interface Stage {
  readonly transport: Transport;
  openTerminal(request: TerminalRequest): Promise<Terminal>;
  emit(event: EngineEvent): void;
}

/** A terminal to open: with a program in it, or an empty tty for a debuggee. */
export interface TerminalRequest {
  readonly role: TerminalRole;
  readonly title: string;
  readonly command: Command | undefined;
  readonly data?: (chunk: Buffer) => void;
  readonly exit?: (status: ExitStatus) => void;
}

/**
 * One debugger driving one debuggee. A method that runs the program settles when the debugger has
 * accepted the command; what the program then does arrives as events, in order. After `exited`
 * every method rejects with `ended`.
 */
export interface Engine {
  /** Has a channel for requests; without one nothing can be expanded. */
  readonly expands: boolean;
  continue(): Promise<void>;
  next(): Promise<void>;
  stepIn(how: StepIn): Promise<void>;
  stepOut(): Promise<void>;
  /** Runs until `line` of the current file, without one until any line below the current; or the end of the frame. */
  runTo(line: number | undefined): Promise<void>;
  /** Makes `line` of the current function the next to be run. */
  jump(line: number): Promise<void>;
  /** Gives the prompt to a thread that waits for it. */
  selectThread(thread: ThreadId): Promise<void>;
  pause(): Promise<void>;
  selectFrame(frame: number): Promise<void>;
  /** Makes these the person's breakpoints, all at once, and says how each is bound, in the same order. */
  setBreakpoints(breakpoints: readonly SourceBreakpoint[]): Promise<readonly BoundBreakpoint[]>;
  /** Those that no function of that name is known for yet are bound when it is loaded. */
  setFunctionBreakpoints(functions: readonly FunctionBreakpoint[]): Promise<readonly BoundFunction[]>;
  setExceptionFilters(filters: ExceptionFilters): Promise<void>;
  /** Anything else about the stop. @throws Failure `rejected` with a sentence when this debugger cannot tell */
  query<N extends QueryName>(name: N, params: QueryParams<N>): Promise<QueryAnswer<N>>;
  /** Interrupts an evaluation that is on its way; its query rejects or answers why. */
  cancel(): Promise<void>;
  stackTrace(start: number, count: number): Promise<Page<StackFrame>>;
  scopes(frame: number): Promise<readonly Scope[]>;
  variables(reference: number, start: number, count: number): Promise<Page<Variable>>;
  /** Keys that the person sent to one of the session's terminals. */
  write(role: TerminalRole, data: string): void;
  /** Ends the program and the debugger; `exited` follows. */
  terminate(): void;
  /** Lets go of the program: ends it, or leaves it running where it was not started here. `exited` follows. */
  release(): void;
}
