import type { z } from 'zod';
import type { exceptionSummary, scope, stackFrame, variable } from './queries/parts';
import type { TerminalId } from './terminal';

/** What a schema lets through, not to be changed. */
type Wired<T extends z.ZodType> = Readonly<z.infer<T>>;

/** Names a session for as long as Casebook runs: `A`, `B`, … `Z`, then `S27`, `S28`. Never given twice in one run. */
export type SessionId = string;
/** Changes at every stop and at every write into the program; a query with an older one is refused as stale. */
export type StopId = number;
/** The debugger's own thread number: for Python `threading.get_ident()`. */
export type ThreadId = number;

/** Why the program stands still. DAP's `stopped` reasons, and two that DAP lacks. */
export type StopReason = 'entry' | 'step' | 'breakpoint' | 'pause' | 'exception' | 'post-mortem' | 'return' | 'call';

/** One exception as the debugger described it, without running the program's code. */
export type ExceptionSummary = Wired<typeof exceptionSummary>;
/**
 * Where execution stands. `id` is the frame's place in the stack, 0 the innermost, valid for one stop. `path` is empty where there
 * is no source, and no file's where only the program has it (`<ipython-input-1>`). `subtle` frames belong to the debugger.
 */
export type StackFrame = Wired<typeof stackFrame>;
/** A named set of variables of a frame; `count` says how many. */
export type Scope = Wired<typeof scope>;
/**
 * A value described without running the program's code. `reference` 0: nothing to expand; otherwise it asks for the `count`
 * children until the program runs on. `lazy`: not read, a property, or the time budget was used up.
 */
export type Variable = Wired<typeof variable>;

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

/** What the debugger says of one function breakpoint. */
export interface BoundFunction {
  readonly name: string;
  /** A function of that name is known; without one it waits until it is loaded. */
  readonly verified: boolean;
  readonly message: string;
  readonly hits: number;
}

/** A thread that has a stop of its own to show, and waits until this prompt is left. */
export interface WaitingThread {
  readonly threadId: ThreadId;
  readonly threadName: string;
  readonly reason: StopReason;
  /** Where it stands. */
  readonly at: StackFrame;
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
      /** What is special about this stop, such as a condition that failed; empty when nothing is. */
      readonly note: string;
      readonly waiting: readonly WaitingThread[];
    }
  | { readonly phase: 'ended'; readonly exit: ExitStatus | undefined; readonly why: string };

/** What a debugger can do now; a view greys what it cannot and says why. */
export interface Capabilities {
  /** Variables can be expanded: there is a channel for requests. */
  readonly expand: boolean;
  /** Why not, as a sentence; empty when everything works. */
  readonly degraded: string;
  /** Only a terminal: the debugger's state is not known, and commands go to it blindly. */
  readonly plain: boolean;
}

/** The small state of a session, sent whole at every change. */
export interface SessionState {
  readonly id: SessionId;
  readonly title: string;
  readonly debugger: string;
  readonly host: string;
  readonly folder: string;
  readonly pid: number | undefined;
  /** The session of the process that started this one; undefined for one that was launched. */
  readonly parent: SessionId | undefined;
  readonly phase: SessionPhase;
  /** Stops so far. */
  readonly stops: number;
  /** The newest stop id that was given. */
  readonly lastStop: StopId;
  /** What the debugger said of the program's end, before the process was gone; empty until then. */
  readonly ending: string;
  readonly breakpoints: readonly BoundBreakpoint[];
  readonly functionBreakpoints: readonly BoundFunction[];
  readonly capabilities: Capabilities;
  readonly terminals: readonly { readonly id: TerminalId; readonly role: TerminalRole; readonly title: string }[];
  /** Entries written to the journal so far, or why it is not written. */
  readonly journal: { readonly entries: number; readonly trouble: string };
  /** What a session without a program yet waits for, with a command to copy where one is needed; undefined once it has one. */
  readonly awaits: { readonly text: string; readonly command: string } | undefined;
  /** Something the person should know and may act on; empty when all is well. */
  readonly notice: string;
}

/** A debugger's console takes only what the person or Casebook sent; a program's terminal also takes answers to device queries. */
export type TerminalRole = 'console' | 'program';
