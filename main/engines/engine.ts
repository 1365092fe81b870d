import type {
  BoundBreakpoint,
  ExceptionSummary,
  ExitStatus,
  Page,
  Scope,
  StackFrame,
  StopReason,
  TerminalRole,
  ThreadId,
  Variable,
} from '../../preload/protocol/session';
import type { SourceBreakpoint } from '../../preload/protocol/bridge';
import type { Command, Terminal, Transport } from '../transports/transport';

/** A breakpoint as it stands in the debugger's own table, typed or clicked. */
export interface DebuggerBreakpoint extends SourceBreakpoint {
  readonly hits: number;
  readonly temporary: boolean;
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
}

/** What a debugger tells its session. Words of the Debug Adapter Protocol. */
export type EngineEvent =
  | { readonly type: 'started'; readonly pid: number; readonly debugger: string; readonly degraded: string }
  | {
      readonly type: 'stopped';
      readonly reason: StopReason;
      readonly threadId: ThreadId;
      readonly threadName: string;
      readonly snapshot: Snapshot;
    }
  /** A command moved the frame, or wrote into the program or the breakpoints, without running it. */
  | { readonly type: 'changed'; readonly snapshot: Snapshot }
  | { readonly type: 'continued'; readonly threadId: ThreadId }
  | { readonly type: 'bound'; readonly breakpoints: readonly BoundBreakpoint[] }
  /** The program has ended by itself and says how; `exited` follows. */
  | { readonly type: 'finished'; readonly text: string }
  | { readonly type: 'exited'; readonly exit: ExitStatus }
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
  stepIn(): Promise<void>;
  stepOut(): Promise<void>;
  /** Runs until `line` of the current file, or the end of the frame. */
  runTo(line: number): Promise<void>;
  pause(): Promise<void>;
  selectFrame(frame: number): Promise<void>;
  /** Makes these the person's breakpoints, all at once, and says how each is bound, in the same order. */
  setBreakpoints(breakpoints: readonly SourceBreakpoint[]): Promise<readonly BoundBreakpoint[]>;
  stackTrace(start: number, count: number): Promise<Page<StackFrame>>;
  scopes(frame: number): Promise<readonly Scope[]>;
  variables(reference: number, start: number, count: number): Promise<Page<Variable>>;
  /** Keys that the person sent to one of the session's terminals. */
  write(role: TerminalRole, data: string): void;
  /** Ends the program and the debugger; `exited` follows. */
  terminate(): void;
}
