import { useEffect, useMemo, useState } from 'react';
import { commands } from '../../../preload/protocol/commands';
import type { CommandId } from '../../../preload/protocol/commands';
import type { SourceBreakpoint } from '../../../preload/protocol/breakpoints';
import type { BoundBreakpoint, SessionState } from '../../../preload/protocol/session';
import { plainBreakpoint } from '../../../preload/protocol/breakpoints';
import { run } from '../../commands';
import { changeBreakpoint, toggleBreakpoint } from '../../store/breakpoints';
import type { BreakpointTerms } from '../../store/breakpoints';
import { shortPath } from '../../store/paths';
import { dispatch, useView } from '../../store/store';
import { useAnswer } from '../../store/useAnswer';
import { activeSession, lookOf } from '../../store/view';
import { onWish } from '../../store/wishes';
import { SourceEditor } from '../../widgets/SourceEditor';
import type { SourceAction } from '../../widgets/useSourceMenu';
import type { BreakpointMark, ExecutionMark } from '../../widgets/SourceEditor';
import { visible } from '../../../preload/protocol/visible';
import { Awaited } from '../Threads/Awaited';
import { Banner } from './Banner';
import { markOf, termsWords } from '../Breakpoints/marks';
import { failedIn } from '../Exception/failedMark';
import { TermsForm } from '../Breakpoints/TermsForm';
import { FileTabs } from './FileTabs';
import { hoverValue } from './hoverValue';
import { inlineValues } from './inlineValues';
import { StepTargets } from './StepTargets';
import { useChangedNames } from './useChangedNames';
import { useLocals } from './useLocals';

const NONE: readonly BoundBreakpoint[] = [];

const offered = (...ids: CommandId[]): SourceAction[] =>
  ids.map((id) => ({ id, title: commands.find((c) => c.id === id)?.title ?? id, act: () => run(id) }));
/** What the source's menu has: always, and while the program stands still. */
const ALWAYS = offered('toggle-breakpoint', 'edit-breakpoint');
const STOPPED = [...offered('run-to-cursor', 'jump-to-cursor', 'step-into-target'), ...ALWAYS];

/** The source where execution stands, or that the person chose. */
export function SourcePanel() {
  const session = useView(activeSession);
  const { place, last } = useView((v) => lookOf(v, v.tab));
  const fontSize = useView((v) => v.settings.sourceFontSize);
  const [editing, setEditing] = useState<number>();
  const [focus, setFocus] = useState(0);
  const stop = session?.phase.phase === 'stopped' ? session.phase : undefined;
  const path = place?.path ?? (stop ? stop.frame.path : (last?.path ?? ''));
  const source = useAnswer('files.source', path ? { path, session: session?.id } : undefined);
  const locals = useLocals(session);
  const changed = useChangedNames(session, locals);
  const breakpoints = useView((v) => v.breakpoints);
  const marks = useMemo(() => marksOf(path, breakpoints, session?.breakpoints ?? NONE), [path, breakpoints, session?.breakpoints]);
  const execution = useMemo(() => executionIn(path, session, last), [path, session?.phase, last]);
  const shown = source.value?.path === path ? source.value : undefined;
  const values = useMemo(
    () => (shown && stop && stop.frame.path === path ? inlineValues(shown.text, stop.frame.line, { locals, changed }) : []),
    [shown, stop?.stopId, locals, changed, path],
  );
  useEffect(() => onWish((wish) => wish === 'edit-breakpoint' && setEditing(useView.getState().cursor?.line)), []);
  if (!session) return null;
  const reveal = place
    ? { line: place.line, at: `place ${place.at}` }
    : stop?.frame.path === path
      ? { line: stop.frame.line, at: `stop ${stop.stopId}` }
      : undefined;
  const form =
    editing === undefined
      ? undefined
      : {
          line: editing,
          content: (
            <TermsForm
              key={editing}
              title={`Line ${editing}`}
              terms={breakpoints.find((b) => b.path === path && b.line === editing) ?? plainBreakpoint(path, editing)}
              once
              onDone={(terms) => {
                setEditing(undefined);
                setFocus(focus + 1);
                if (terms) void changeBreakpoint(path, editing, pickTerms(terms));
              }}
            />
          ),
        };
  return (
    <div className="pane source-pane">
      <FileTabs path={path} session={session.id} />
      <Banner session={session} />
      <StepTargets session={session} />
      {shown?.note ? <p className="note warn">{shown.note}</p> : null}
      {shown ? (
        <SourceEditor
          path={path}
          text={shown.text}
          fontSize={fontSize}
          execution={execution}
          failed={failedIn(path, place, session)}
          breakpoints={marks}
          values={values}
          hover={stop && stop.frame.path === path ? (expression) => hoverValue(session, expression) : undefined}
          reveal={reveal}
          below={form}
          actions={stop ? STOPPED : ALWAYS}
          onToggle={(line) => void toggleBreakpoint(path, line)}
          onEdit={setEditing}
          focus={focus}
          onCursor={(line, column) => dispatch({ type: 'cursor', cursor: { path, line, column } })}
        />
      ) : (
        <NoSource session={session} path={path} trouble={source.trouble} />
      )}
    </div>
  );
}

function NoSource({ session, path, trouble }: { readonly session: SessionState; readonly path: string; readonly trouble: string }) {
  const home = useView((v) => v.hello?.home ?? '');
  if (trouble && path) return <p className="note err">{visible(trouble)}</p>;
  const { phase } = session;
  if (session.awaits) return <Awaited awaits={session.awaits} />;
  if (phase.phase === 'stopped' && !phase.frame.path)
    return <p className="empty small">There is no source for {visible(phase.frame.name)}.</p>;
  return (
    <p className="empty small">
      {phase.phase === 'running'
        ? session.capabilities.plain
          ? visible(session.capabilities.degraded)
          : 'The program is running. Its source is shown when it stops.'
        : path
          ? `Reading ${shortPath(path, home)}…`
          : ''}
    </p>
  );
}

const pickTerms = ({ condition, hitCondition, logMessage, temporary }: BreakpointTerms): BreakpointTerms => ({
  condition,
  hitCondition,
  logMessage,
  temporary,
});

function marksOf(path: string, breakpoints: readonly SourceBreakpoint[], bound: readonly BoundBreakpoint[]): BreakpointMark[] {
  return breakpoints
    .filter((b) => b.path === path)
    .map((b) => {
      const known = bound.find((o) => o.path === b.path && o.line === b.line);
      const kind = markOf(b, known);
      const words = termsWords(b);
      const tooltip = !b.enabled
        ? 'Breakpoint, switched off'
        : known && !known.verified
          ? `Not bound: ${known.message}`
          : `${b.temporary ? 'Temporary breakpoint' : 'Breakpoint'}${words ? `: ${words}` : ''}${b.doubt ? `. ${b.doubt}` : ''}`;
      return { line: b.line, kind, tooltip: visible(tooltip) };
    });
}

function executionIn(
  path: string,
  session: SessionState | undefined,
  last: { path: string; line: number } | undefined,
): ExecutionMark | undefined {
  const phase = session?.phase;
  if (phase?.phase === 'stopped')
    return phase.frame.path === path ? { line: phase.frame.line, kind: phase.frame.id === 0 ? 'here' : 'caller' } : undefined;
  return last?.path === path ? { line: last.line, kind: 'was' } : undefined;
}
