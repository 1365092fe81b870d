import { useRef, useState } from 'react';
import { Button, ListBox, ListBoxItem } from 'react-aria-components';
import type { SessionState, StackFrame } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { baseName } from '../../store/paths';
import { perform, useView } from '../../store/store';
import { activeSession } from '../../store/view';
import { wish } from '../../store/wishes';
import { ContextMenu } from '../../widgets/ContextMenu';
import { Icon } from '../../widgets/Icon';
import { copyText } from '../copyText';
import { reasonWords, whileRunning } from '../phases';
import { useDimmed } from '../useDimmed';
import { AllThreads } from './AllThreads';
import { useAllThreads } from './useAllThreads';
import './threads.css';

/** The thread that has the prompt, those that wait for it, and on request every other one. */
export function ThreadsPanel() {
  const session = useView(activeSession);
  const dimmed = useDimmed(session);
  const pane = useRef<HTMLDivElement>(null);
  const [last, setLast] = useState<Stopped>();
  const all = useAllThreads(session);
  const stopped = session?.phase.phase === 'stopped' ? session.phase : undefined;
  if (stopped && stopped !== last) setLast(stopped);
  if (!session) return null;
  const shown = stopped ?? (dimmed || session.phase.phase === 'ended' ? last : undefined);
  if (!shown) return <p className="empty small">{whyNone(session)}</p>;
  const give = (thread: number) => {
    if (stopped && thread !== stopped.threadId) void perform('session.selectThread', { session: session.id, thread });
  };
  return (
    <div className={`pb threads ${dimmed}`} ref={pane}>
      <ListBox
        aria-label="Threads at a stop"
        selectionMode="single"
        selectionBehavior="replace"
        selectedKeys={[String(shown.threadId)]}
        onAction={(key) => give(Number(key))}
      >
        <PromptRow id={shown.threadId} name={shown.threadName} state="prompt" words="has the prompt" at={shown.at} />
        {shown.waiting.map((one, place) => (
          <PromptRow
            key={one.threadId}
            id={one.threadId}
            name={one.threadName}
            state="waits"
            words={`waits for the prompt: ${reasonWords(one.reason).toLowerCase()}`}
            at={one.at}
            place={place + 1}
          />
        ))}
      </ListBox>
      <ContextMenu
        pane={pane}
        entries={(key) => {
          const one = shown.waiting.find((w) => String(w.threadId) === key);
          return one
            ? [
                { title: 'Give it the prompt', keys: 'Enter', act: () => give(one.threadId) },
                { title: 'Copy place', act: () => void copyText(`${one.at.path}:${one.at.line}`, 'Copied the place.') },
              ]
            : [];
        }}
      />
      {all.answer ? <AllThreads answer={all.answer} asOf={all.stale ? all.stop : undefined} /> : null}
      {all.trouble ? <p className="note err">{visible(all.trouble)}</p> : null}
      {stopped && (!all.answer || all.stale) ? (
        <div className="threads-ask">
          <Button
            className="btn sm"
            isDisabled={all.busy}
            onPress={() => {
              wish('room-for-threads');
              void all.read();
            }}
          >
            <Icon name={all.busy ? 'loading' : 'list-tree'} />
            {all.answer ? 'Read all again' : 'Read all'}
          </Button>
          <span className="xs fg3">Every stack, as it is now. Runs nothing of the program; about 1 ms for 100 threads.</span>
        </div>
      ) : null}
    </div>
  );
}

type Stopped = Extract<SessionState['phase'], { phase: 'stopped' }>;

function whyNone(session: SessionState): string {
  switch (session.phase.phase) {
    case 'running':
      return whileRunning(session, 'The program is running. Pause it to see its threads.');
    case 'ended':
      return 'The program has ended.';
    default:
      return session.awaits ? 'No program has come yet.' : 'Starting…';
  }
}

interface RowProps {
  readonly id: number;
  readonly name: string;
  readonly state: 'prompt' | 'waits';
  /** What `state` means here. */
  readonly words: string;
  readonly at: StackFrame;
  /** In the queue, as `thread 1` gives it the prompt; undefined for the one that has it. */
  readonly place?: number;
}

function PromptRow({ id, name, state, words, at, place }: RowProps) {
  const where = at.path ? `${baseName(at.path)}:${at.line}` : at.name;
  const tip = place ? `${where}. Press Enter, or type thread ${place}, to give it the prompt.` : where;
  return (
    <ListBoxItem
      id={String(id)}
      className={`tr thread ${place ? '' : 'on'}`}
      textValue={name}
      aria-label={visible(`${name}, ${words}, ${where}`)}
    >
      <Icon name={place ? 'watch' : 'debug-stackframe'} />
      {place ? <span className="fno">{place}</span> : null}
      <span className="el m mono">{visible(name)}</span>
      <span className={`chip ${place ? '' : 'warn'}`} title={words}>
        {state}
      </span>
      <span className="xs fg3 mono nw el" title={visible(tip)}>
        {visible(where)}
      </span>
    </ListBoxItem>
  );
}
