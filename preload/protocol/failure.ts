/** Why a request was refused, for programs. The sentence for people travels beside it. */
export type FailureCode =
  | 'bad-request'
  | 'debugger-not-found'
  | 'interpreter-unusable'
  | 'program-unusable'
  | 'folder-unusable'
  | 'not-readable'
  | 'not-stopped'
  | 'stale'
  | 'half-typed'
  | 'rejected'
  | 'timed-out'
  | 'ended'
  | 'unknown-session'
  | 'unknown-terminal'
  | 'not-available'
  | 'disk-full'
  | 'internal';

/** A failure as it crosses the seam: a code for programs, a sentence for people that ends in what to do. */
export interface FailureBody {
  readonly code: FailureCode;
  readonly message: string;
}
