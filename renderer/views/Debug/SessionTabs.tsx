import { Button, Tab, TabList, Tabs, Toolbar } from 'react-aria-components';
import { commands } from '../../../preload/protocol/commands';
import type { CommandId } from '../../../preload/protocol/commands';
import { visible } from '../../../preload/protocol/visible';
import { run, whyNot } from '../../commands';
import { keyLabel } from '../../keys';
import { dispatch, perform, useView } from '../../store/store';
import { activeSession, NEW } from '../../store/view';
import { Icon } from '../../widgets/Icon';
import { IconButton } from '../../widgets/IconButton';
import { SessionBadge } from '../../widgets/SessionBadge';
import { phaseWords } from '../phases';

/** Sessions as tabs, and what can be done with the one that is open. */
export function SessionTabs() {
  const sessions = useView((v) => v.sessions);
  const tab = useView((v) => v.tab);
  const session = useView(activeSession);
  const unseen = useView((v) => v.unseen);
  return (
    <div className="tabs">
      <Tabs className="tabs-list" selectedKey={tab} onSelectionChange={(key) => dispatch({ type: 'go', area: 'debug', tab: String(key) })}>
        <TabList className={`tabs-list ${sessions.length > 4 ? 'tabs-many' : ''}`} aria-label="Sessions">
          {sessions.map((s) => {
            const words = phaseWords(s);
            return (
              <Tab key={s.id} id={s.id} className={({ isSelected }) => `tab ${isSelected ? 'on' : ''}`}>
                <SessionBadge id={s.id} />
                {s.parent ? (
                  <span role="img" aria-label={`started by session ${s.parent}`} title={`Started by session ${s.parent}`}>
                    <Icon name="type-hierarchy-sub" size="xs" />
                  </span>
                ) : null}
                <span className="el">{visible(s.title)}</span>
                {unseen.includes(s.id) ? <span className="seen-not" role="img" aria-label="has stopped, not looked at yet" /> : null}
                <span className={`chip ${words.tone}`}>
                  <Icon name={words.icon} />
                  <span className="chip-word">{words.word}</span>
                </span>
                <span
                  className="x"
                  aria-hidden="true"
                  title="Close session"
                  onClick={() => void perform('session.close', { session: s.id })}
                >
                  <Icon name="close" size="xs" />
                </span>
              </Tab>
            );
          })}
          {tab === NEW || !sessions.length ? (
            <Tab id={NEW} className="tab on">
              New session
            </Tab>
          ) : null}
        </TabList>
      </Tabs>
      {tab !== NEW ? (
        <Button className="ib tab-add" aria-label="New session" onPress={() => run('new-session')}>
          <Icon name="add" size="s" />
        </Button>
      ) : null}
      {session ? <DebugToolbar /> : null}
    </div>
  );
}

const BUTTONS: readonly (readonly { readonly id: CommandId; readonly icon: string; readonly tone: 'go' | 'step' | 'halt' | '' }[])[] = [
  [
    { id: 'continue', icon: 'debug-continue', tone: 'go' },
    { id: 'pause', icon: 'debug-pause', tone: '' },
    { id: 'next', icon: 'debug-step-over', tone: 'step' },
    { id: 'step', icon: 'debug-step-into', tone: 'step' },
    { id: 'finish', icon: 'debug-step-out', tone: 'step' },
  ],
  [
    { id: 'step-into-target', icon: 'target', tone: '' },
    { id: 'run-to-cursor', icon: 'debug-line-by-line', tone: '' },
  ],
  [
    { id: 'restart', icon: 'debug-restart', tone: 'go' },
    { id: 'stop', icon: 'debug-stop', tone: 'halt' },
  ],
];

function DebugToolbar() {
  const view = useView();
  const mac = view.hello?.platform === 'darwin';
  const button = ({ id, icon, tone }: (typeof BUTTONS)[number][number]) => {
    const command = commands.find((c) => c.id === id);
    const title = id === 'continue' ? 'Continue' : (command?.title ?? id);
    const reason = whyNot(id, view);
    return (
      <IconButton
        key={id}
        icon={icon}
        label={title}
        keys={keyLabel(command?.keys[0] ?? '', mac)}
        tone={reason ? '' : tone}
        whyNot={reason}
        onPress={() => run(id)}
      />
    );
  };
  return (
    <Toolbar className="tool" aria-label="Debug">
      {BUTTONS.map((group, i) => (
        <span className="tool-group" key={group[0]?.id}>
          {i > 0 ? <span className="sep" /> : null}
          {group.map(button)}
        </span>
      ))}
    </Toolbar>
  );
}
