import type { TerminalId } from './terminal';

/** Names a session for as long as Casebook runs: `A`, `B`, … `Z`, then `S27`, `S28`. Never given twice in one run. */
export type SessionId = string;
/** Changes at every stop and at every write into the program; a query with an older one is refused as stale. */
export type StopId = number;
/** The debugger's own thread number: for Python `threading.get_ident()`. */
export type ThreadId = number;

/** Why the program stands still. DAP's `stopped` reasons, and two that DAP lacks. */
export type StopReason = 'entry' | 'step' | 'breakpoint' | 'pause' | 'exception' | 'post-mortem' | 'return' | 'call';

/** One exception as the debugger described it, without running the program's code. */
export interface ExceptionSummary {
  readonly typeName: string;
  readonly message: string;
}

/** Where execution stands, in the words of the DAP's StackFrame. `path` is empty where there is no source. */
export interface StackFrame {
  /** The frame's place in the stack, 0 is the innermost. Valid for one stop. */
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly line: number;
  /** Frames of the debugger or of interpreter start-up, folded by default. */
  readonly subtle: boolean;
}

/** DAP's Scope: a named set of variables of a frame. */
export interface Scope {
  readonly name: 'Locals' | 'Globals';
  readonly reference: number;
  /** How many variables it holds. */
  readonly count: number;
}

/** DAP's Variable, described without running the program's code. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly type: string;
  /** 0: nothing to expand. Otherwise asks for the children, until the program runs on. */
  readonly reference: number;
  /** How many children there are; asked for by page. */
  readonly count: number;
  /** Not read: a property, or the time budget was used up. */
  readonly lazy: boolean;
}

/** A page of something longer. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Index of the first item. */
  readonly start: number;
  readonly total: number;
}

/** What the debugger says of one breakpoint. */
export interface BoundBreakpoint {
  readonly path: string;
  readonly line: number;
  readonly verified: boolean;
  /** Why it is not bound, or what is special about it; empty when there is nothing to say. */
  readonly message: string;
  readonly hits: number;
}

/** How a program ended. `signal` is 0 when it exited by itself. */
export interface ExitStatus {
  readonly exitCode: number;
  readonly signal: number;
}

/** One phase carries exactly the fields that are true in it. */
export type SessionPhase =
  | { readonly phase: 'starting' }
  | { readonly phase: 'running'; readonly since: number }
  | {
      readonly phase: 'stopped';
      readonly stopId: StopId;
      readonly reason: StopReason;
      readonly threadId: ThreadId;
      readonly threadName: string;
      /** Where the program stands. */
      readonly at: StackFrame;
      /** The frame that views show: moved by the console's `up` and `down`, and by clicks. */
      readonly frame: StackFrame;
      readonly frameCount: number;
      readonly exception: ExceptionSummary | undefined;
    }
  | { readonly phase: 'ended'; readonly exit: ExitStatus | undefined; readonly why: string };

/** What a debugger can do now; a view greys what it cannot and says why. */
export interface Capabilities {
  /** Variables can be expanded: there is a channel for requests. */
  readonly expand: boolean;
  /** Why not, as a sentence; empty when everything works. */
  readonly degraded: string;
}

/** The small state of a session, sent whole at every change. */
export interface SessionState {
  readonly id: SessionId;
  readonly title: string;
  readonly debugger: string;
  readonly host: string;
  readonly folder: string;
  readonly pid: number | undefined;
  readonly phase: SessionPhase;
  /** Stops so far. */
  readonly stops: number;
  /** The newest stop id that was given. */
  readonly lastStop: StopId;
  /** What the debugger said of the program's end, before the process was gone; empty until then. */
  readonly ending: string;
  readonly breakpoints: readonly BoundBreakpoint[];
  readonly capabilities: Capabilities;
  readonly terminals: readonly { readonly id: TerminalId; readonly role: TerminalRole; readonly title: string }[];
  /** Entries written to the journal so far, or why it is not written. */
  readonly journal: { readonly entries: number; readonly trouble: string };
  /** Something the person should know and may act on; empty when all is well. */
  readonly notice: string;
}

/** A debugger's console takes only what the person or Casebook sent; a program's terminal also takes answers to device queries. */
export type TerminalRole = 'console' | 'program';
