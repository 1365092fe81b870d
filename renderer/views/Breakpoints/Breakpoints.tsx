import { Button, GridList, GridListItem } from 'react-aria-components';
import type { SourceBreakpoint } from '../../../preload/protocol/bridge';
import type { BoundBreakpoint } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { changeAllBreakpoints, enableBreakpoint, toggleBreakpoint } from '../../store/breakpoints';
import { baseName } from '../../store/paths';
import { dispatch, useView } from '../../store/store';
import { activeSession } from '../../store/view';
import type { View } from '../../store/view';
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
  if (!breakpoints.length) return <p className="empty small">No breakpoints. Click left of a line number, or press F9 on a line.</p>;
  const sorted = [...breakpoints].sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
  const show = (key: string) => {
    const b = sorted.find((s) => `${s.path}:${s.line}` === key);
    if (b) dispatch({ type: 'show', place: { path: b.path, line: b.line, at: Date.now() } });
  };
  return (
    <div className="pb">
      <GridList aria-label="Breakpoints" onAction={(key) => show(String(key))}>
        {sorted.map((b) => (
          <Row key={`${b.path}:${b.line}`} breakpoint={b} bound={bound.find((o) => o.path === b.path && o.line === b.line)} />
        ))}
      </GridList>
    </div>
  );
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
