import type { FunctionBreakpoint, SourceBreakpoint } from '../../../preload/protocol/breakpoints';
import type { BoundBreakpoint, BoundFunction } from '../../../preload/protocol/session';

/** How a breakpoint is drawn, in the margin and in the list (ui.md §5). */
export type MarkKind = 'stop' | 'condition' | 'log' | 'disabled' | 'unbound';

type Terms = Pick<SourceBreakpoint, 'condition' | 'hitCondition' | 'logMessage' | 'enabled'>;

export function markOf(b: Terms, bound: BoundBreakpoint | BoundFunction | undefined): MarkKind {
  if (!b.enabled) return 'disabled';
  if (bound && !bound.verified) return 'unbound';
  if (b.logMessage) return 'log';
  return b.condition || b.hitCondition ? 'condition' : 'stop';
}

/** When it stops and what it prints, in a few words; empty for one that always stops. */
export function termsWords({ condition, hitCondition, logMessage }: Terms): string {
  const hits = hitCondition ? `hit ${hitCondition}` : '';
  return [condition, hits, logMessage ? `log "${logMessage}"` : ''].filter(Boolean).join(', ');
}

/** What is special about it now: off, not bound, perhaps on another line after an edit. */
export function troubleWords(b: SourceBreakpoint | FunctionBreakpoint, bound: BoundBreakpoint | BoundFunction | undefined): string {
  if (!b.enabled) return 'off';
  const doubt = 'doubt' in b ? b.doubt : '';
  return [bound?.message ?? '', doubt].filter(Boolean).join(' ');
}
