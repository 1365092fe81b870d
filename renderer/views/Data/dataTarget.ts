import { useSyncExternalStore } from 'react';
import type { SessionId, StopId } from '../../../preload/protocol/session';
import { wish } from '../../store/wishes';

/** The value that a session's data view shows. */
export interface DataTarget {
  readonly expression: string;
  /** The value itself, at the stop at which it was opened; undefined where only the expression was typed. */
  readonly opened: { readonly reference: number; readonly stopId: StopId } | undefined;
  /** The function in whose frame the expression is meant; empty for the one that is shown. */
  readonly frame: string;
}

const targets = new Map<SessionId, DataTarget>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Has a session's data view show a value, and shows the view. */
export function openData(session: SessionId, target: DataTarget): void {
  targets.set(session, target);
  for (const listener of listeners) listener();
  wish('show-data');
}

/** What a session's data view is to show; the same object until it changes. */
export const useDataTarget = (session: SessionId): DataTarget | undefined => useSyncExternalStore(subscribe, () => targets.get(session));
