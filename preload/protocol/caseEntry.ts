import type { ExitStatus, SessionId, StopId, StopReason, ThreadId } from './session';
import type { TerminalId } from './terminal';

/**
 * One thing that happened, as one line of JSON in the journal. `seq` counts from 1 without gaps,
 * `at` is the wall clock in ISO 8601, `ms` the monotonic time since the session began: order goes
 * by `seq`, durations by `ms`. Version 1; a reader skips types that it does not know.
 */
export type CaseEntry = { readonly seq: number; readonly at: string; readonly ms: number } & CaseEvent;

/** What can happen. Answers carry the stop they belong to, so that a replay can give them again. */
export type CaseEvent =
  | {
      readonly type: 'session';
      readonly version: 1;
      readonly session: SessionId;
      readonly debugger: string;
      readonly host: string;
      readonly command: readonly string[];
      readonly folder: string;
      readonly env: readonly string[];
    }
  | { readonly type: 'started'; readonly pid: number; readonly runtime: string }
  | { readonly type: 'stopped'; readonly stopId: StopId; readonly reason: StopReason; readonly threadId: ThreadId; readonly body: unknown }
  | { readonly type: 'changed'; readonly stopId: StopId; readonly body: unknown }
  | { readonly type: 'continued' }
  | { readonly type: 'breakpoints'; readonly body: unknown }
  | { readonly type: 'ended'; readonly exit: ExitStatus | undefined; readonly why: string }
  | { readonly type: 'click'; readonly request: string; readonly params: unknown }
  | { readonly type: 'answer'; readonly stopId: StopId; readonly request: string; readonly params: unknown; readonly result: unknown }
  | { readonly type: 'refused'; readonly request: string; readonly code: string; readonly message: string }
  /** A line typed at the debugger's prompt. */
  | { readonly type: 'typed'; readonly terminal: TerminalId; readonly text: string }
  /** Bytes typed to the program: only how many, since they may be a password. */
  | { readonly type: 'input'; readonly terminal: TerminalId; readonly bytes: number }
  | { readonly type: 'note'; readonly terminal: TerminalId; readonly offset: number; readonly text: string }
  /** A stretch of a terminal's output that is complete on disk. */
  | { readonly type: 'spooled'; readonly terminal: TerminalId; readonly offset: number; readonly length: number; readonly sha256: string }
  /** A stretch that the person chose not to keep. */
  | { readonly type: 'gap'; readonly terminal: TerminalId; readonly offset: number; readonly length: number }
  | { readonly type: 'trouble'; readonly message: string };
