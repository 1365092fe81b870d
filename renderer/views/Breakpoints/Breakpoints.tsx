import { useEffect, useRef } from 'react';
import { Button, GridList, GridListItem } from 'react-aria-components';
import type { SourceBreakpoint } from '../../../preload/protocol/bridge';
import type { BoundBreakpoint } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { changeAllBreakpoints, enableBreakpoint, toggleBreakpoint } from '../../store/breakpoints';
import { baseName } from '../../store/paths';
import { dispatch, useView } from '../../store/store';
import { activeSession } from '../../store/view';
import type { View } from '../../store/view';
import { wish } from '../../store/wishes';
import { ContextMenu } from '../../widgets/ContextMenu';
import type { MenuEntry } from '../../widgets/ContextMenu';
import { IconButton } from '../../widgets/IconButton';

const NONE: readonly BoundBreakpoint[] = [];

/** What the debugger says of them; an ended session says nothing any more. */
function boundNow(view: View): readonly BoundBreakpoint[] {
  const session = activeSession(view);
  return session && session.phase.phase !== 'ended' ? session.breakpoints : NONE;
}

/** Every breakpoint, clicked or typed, with what the debugger says of it. */
export function BreakpointsPanel() {
  const breakpoints = useView((v) => v.breakpoints);
  const bound = useView(boundNow);
  const pane = useRef<HTMLDivElement>(null);
  const at = (key: string) => breakpoints.find((b) => `${b.path}:${b.line}` === key);
  useDeleting(pane, at);
  if (!breakpoints.length) return <p className="empty small">No breakpoints. Click left of a line number, or press F9 on a line.</p>;
  const sorted = [...breakpoints].sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
  return (
    <div className="pb" ref={pane}>
      <GridList
        aria-label="Breakpoints"
        onAction={(key) => {
          const b = at(String(key));
          if (b) show(b);
        }}
      >
        {sorted.map((b) => (
          <Row key={`${b.path}:${b.line}`} breakpoint={b} bound={bound.find((o) => o.path === b.path && o.line === b.line)} />
        ))}
      </GridList>
      <ContextMenu pane={pane} entries={(key) => menuOf(at(key))} />
    </div>
  );
}

function show({ path, line }: SourceBreakpoint): void {
  dispatch({ type: 'show', place: { path, line, at: Date.now() } });
}

function menuOf(b: SourceBreakpoint | undefined): readonly MenuEntry[] {
  if (!b) return [];
  const edit = () => {
    show(b);
    dispatch({ type: 'cursor', cursor: { path: b.path, line: b.line, column: 1 } });
    wish('edit-breakpoint');
  };
  return [
    { title: 'Open source', keys: 'Enter', act: () => show(b) },
    { title: 'Edit condition', act: edit },
    { title: b.enabled ? 'Switch off' : 'Switch on', act: () => void enableBreakpoint(b.path, b.line, !b.enabled) },
    { title: 'Remove', keys: 'Delete', act: () => void toggleBreakpoint(b.path, b.line) },
  ];
}

/** Delete on a row removes its breakpoint. */
function useDeleting(pane: React.RefObject<HTMLDivElement | null>, at: (key: string) => SourceBreakpoint | undefined): void {
  useEffect(() => {
    const element = pane.current;
    const pressed = (event: KeyboardEvent) => {
      const row = event.target instanceof Element ? event.target.closest('[role="row"]') : null;
      const b = event.key === 'Delete' ? at(row?.getAttribute('data-key') ?? '') : undefined;
      if (b) void toggleBreakpoint(b.path, b.line);
    };
    element?.addEventListener('keydown', pressed);
    return () => element?.removeEventListener('keydown', pressed);
  });
}

function Row({ breakpoint, bound }: { readonly breakpoint: SourceBreakpoint; readonly bound: BoundBreakpoint | undefined }) {
  const { path, line, condition, enabled } = breakpoint;
  const kind = !enabled ? 'disabled' : bound && !bound.verified ? 'unbound' : condition ? 'condition' : 'stop';
  const name = `${baseName(path)}:${line}`;
  const words = [condition, enabled ? (bound?.message ?? '') : 'off'].filter(Boolean).join('; ');
  return (
    <GridListItem id={`${path}:${line}`} className="tr brow" textValue={`${name} ${words}`}>
      <Button
        className={`mark mark-${kind}`}
        aria-label={enabled ? `Switch ${name} off` : `Switch ${name} on`}
        onPress={() => void enableBreakpoint(path, line, !enabled)}
      />
      <span className="mono" title={visible(path)}>
        {name}
      </span>
      <span className="xs fg3 mono el grow" title={visible(words)}>
        {visible(words)}
      </span>
      {bound?.verified && bound.hits ? (
        <span className="xs fg3 nw">{bound.hits === 1 ? '1 hit' : `${bound.hits.toLocaleString('en')} hits`}</span>
      ) : null}
      <IconButton icon="close" label={`Remove ${name}`} small onPress={() => void toggleBreakpoint(path, line)} />
    </GridListItem>
  );
}

/** The pane's buttons. */
export function BreakpointsActions() {
  const breakpoints = useView((v) => v.breakpoints);
  const whyNot = breakpoints.length ? '' : 'There are no breakpoints';
  const anyOn = breakpoints.some((b) => b.enabled);
  return (
    <span className="row tight">
      <IconButton
        icon="activate-breakpoints"
        label={anyOn ? 'Switch all off' : 'Switch all on'}
        small
        whyNot={whyNot}
        onPress={() => void changeAllBreakpoints(anyOn ? 'disable' : 'enable')}
      />
      <IconButton icon="clear-all" label="Remove all" small whyNot={whyNot} onPress={() => void changeAllBreakpoints('none')} />
    </span>
  );
}
