import { useRef, useState } from 'react';
import { Button, ListBox, ListBoxItem } from 'react-aria-components';
import type { SessionState, StackFrame } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { baseName } from '../../store/paths';
import { dispatch, perform, request, useView } from '../../store/store';
import { useAnswer } from '../../store/useAnswer';
import { activeSession } from '../../store/view';
import { ContextMenu } from '../../widgets/ContextMenu';
import type { MenuEntry } from '../../widgets/ContextMenu';
import { Icon } from '../../widgets/Icon';
import { CopyAtStop } from '../CopyAtStop';
import { copyText } from '../copyText';
import { whileRunning } from '../phases';
import { useDimmed } from '../useDimmed';
import { foldFrames } from './foldFrames';

const PAGE = 100;

/** The stack of the thread that stopped, innermost first. */
export function StackPanel() {
  const session = useView(activeSession);
  const [pages, setPages] = useState(1);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const stopId = session?.phase.phase === 'stopped' ? session.phase.stopId : undefined;
  const frames = useAnswer(
    'session.stackTrace',
    session && stopId !== undefined ? { session: session.id, stopId, start: 0, count: Math.min(1000, PAGE * pages) } : undefined,
    session?.id,
  );
  const dimmed = useDimmed(session);
  const pane = useRef<HTMLDivElement>(null);
  if (!session) return null;
  if (!frames.value) return <NoStack session={session} trouble={frames.trouble} />;
  const { items, total } = frames.value;
  const current = session.phase.phase === 'stopped' ? session.phase.frame.id : -1;
  const select = (frame: number) => {
    if (session.phase.phase === 'stopped' && frame !== current)
      void perform('session.selectFrame', { session: session.id, stopId: session.phase.stopId, frame });
  };
  return (
    <div className={`pb ${dimmed}`} ref={pane}>
      {frames.trouble ? <p className="note err">{visible(frames.trouble)}</p> : null}
      <ListBox
        aria-label="Stack"
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={[String(current)]}
        onAction={(key) => select(Number(key))}
        onSelectionChange={(keys) => keys !== 'all' && select(Number([...keys][0] ?? current))}
      >
        {foldFrames(items, unfolded).map((row) =>
          'folded' in row ? (
            <ListBoxItem
              key={`fold-${row.from}`}
              id={`fold-${row.from}`}
              className="tr fold"
              textValue={`${row.folded} frames of the debugger`}
              onAction={() => setUnfolded(new Set([...unfolded, row.from]))}
            >
              <span className="fno" />
              <Icon name="chevron-right" size="xs" />
              <span className="el">{row.folded === 1 ? 'pdb, 1 frame' : `pdb, ${row.folded} frames`}</span>
            </ListBoxItem>
          ) : (
            <FrameRow key={row.frame.id} frame={row.frame} on={row.frame.id === current} />
          ),
        )}
      </ListBox>
      <ContextMenu
        pane={pane}
        entries={(key) =>
          menuOf(
            items.find((f) => String(f.id) === key),
            select,
          )
        }
      />
      {items.length < total ? (
        <Button className="btn sm gh more" onPress={() => setPages(pages + 1)}>
          {PAGE} more of {(total - items.length).toLocaleString('en')}
        </Button>
      ) : null}
    </div>
  );
}

function menuOf(frame: StackFrame | undefined, select: (frame: number) => void): readonly MenuEntry[] {
  if (!frame) return [];
  const open = {
    title: 'Open source',
    act: () => dispatch({ type: 'show', place: { path: frame.path, line: frame.line, at: Date.now() } }),
  };
  return [
    { title: 'Go to this frame', keys: 'Enter', act: () => select(frame.id) },
    ...(frame.path ? [open] : []),
    { title: 'Copy place', act: () => void copyText(`${frame.path}:${frame.line}`, 'Copied the place.') },
  ];
}

function FrameRow({ frame, on }: { readonly frame: StackFrame; readonly on: boolean }) {
  const place = frame.path ? `${baseName(frame.path)}:${frame.line}` : '';
  return (
    <ListBoxItem id={String(frame.id)} className={`tr fr ${on ? 'on' : ''}`} textValue={`${frame.name} ${place}`}>
      <span className="fno">{frame.id}</span>
      <span className="tag py">Py</span>
      <span className="el grow m mono">{visible(frame.name)}</span>
      <span className="xs fg3 mono nw">{place}</span>
    </ListBoxItem>
  );
}

function NoStack({ session, trouble }: { readonly session: SessionState; readonly trouble: string }) {
  if (trouble) return <p className="note err">{visible(trouble)}</p>;
  const { phase } = session.phase;
  return (
    <p className="empty small">
      {phase === 'running'
        ? whileRunning(session, 'The program is running. Pause it to see its stack.')
        : phase === 'ended'
          ? 'The program has ended.'
          : session.awaits
            ? 'No program has come yet.'
            : 'Starting…'}
    </p>
  );
}

/** The pane's buttons. */
export function StackActions() {
  return (
    <CopyAtStop
      label="Copy stack"
      copy={async (at) => {
        const { items } = await request('session.stackTrace', { ...at, start: 0, count: 1000 });
        const lines = items.map((f) => `${f.id} ${visible(f.name)} ${visible(f.path)}:${f.line}`);
        await copyText(lines.join('\n'), `Copied ${items.length} frames.`);
      }}
    />
  );
}
