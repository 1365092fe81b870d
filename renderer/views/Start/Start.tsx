import { Button } from 'react-aria-components';
import { keyLabel } from '../../keys';
import { launchSession } from '../../store/launch';
import { NEW } from '../../store/view';
import { dispatch, perform, toast, useView } from '../../store/store';
import { shortPath } from '../../store/paths';
import { launchTitle } from '../../../preload/protocol/launch';
import type { RecentLaunch } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { Icon } from '../../widgets/Icon';
import { IconButton } from '../../widgets/IconButton';
import { phaseWords } from '../phases';
import { SessionBadge } from '../../widgets/SessionBadge';
import { kindOf, KINDS } from '../Launch/kinds';
import type { Kind } from '../Launch/kinds';
import { sinceWords } from './sinceWords';

/** What one comes to do: start something, go on with something. */
export function Start() {
  const mac = useView((v) => v.hello?.platform === 'darwin');
  return (
    <div className="scroll">
      <div className="start">
        <div className="start-head">
          <h1>What do you want to debug?</h1>
          <p className="fg2">Casebook starts the real debugger in a real terminal and shows source, stack and data beside it.</p>
        </div>
        <RecentLaunches />
        <section aria-label="Open">
          <div className="sec">
            <h2>Open</h2>
          </div>
          <div className="card">
            {KINDS.map((kind) => (
              <KindCard key={kind.id} kind={kind} keys={kind.id === 'script' ? keyLabel('F5', mac) : ''} />
            ))}
          </div>
          <RunningSessions />
        </section>
      </div>
    </div>
  );
}

/** Opens the form at a kind of launch; what stood there for another kind is another program. */
function KindCard({ kind: { id, title, icon, about }, keys }: { readonly kind: Kind; readonly keys: string }) {
  const draft = useView((v) => v.draft);
  const open = () => {
    if (draft.kind !== id) dispatch({ type: 'draft', draft: { ...draft, kind: id, program: '' } });
    dispatch({ type: 'go', area: 'debug', tab: NEW });
  };
  return (
    <Button className="op" onPress={open}>
      <Icon name={icon} />
      <span className="grow">
        <span className="m">{title}</span>
        <span className="xs fg3">{about}</span>
      </span>
      {keys ? <kbd>{keys}</kbd> : null}
    </Button>
  );
}

function RecentLaunches() {
  const recent = useView((v) => v.recent);
  const home = useView((v) => v.hello?.home ?? '');
  return (
    <section aria-label="Recent launches">
      <div className="sec">
        <h2>Launch again</h2>
        {recent.length ? <span className="chip">{recent.length}</span> : null}
      </div>
      <div className="card">
        {recent.length ? (
          recent.map((launch) => <RecentRow key={launch.at} launch={launch} home={home} />)
        ) : (
          <div className="empty-card">
            <p className="fg2">Nothing was launched yet. What you launch is listed here, with its arguments and its interpreter.</p>
            <Button className="btn pri" onPress={() => dispatch({ type: 'go', area: 'debug', tab: NEW })}>
              <Icon name="debug-start" />
              New session
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

function RecentRow({ launch, home }: { readonly launch: RecentLaunch; readonly home: string }) {
  const { config, at } = launch;
  const open = () => {
    dispatch({ type: 'draft', draft: config });
    dispatch({ type: 'go', area: 'debug', tab: NEW });
  };
  const launchNow = async () => {
    const refusal = await launchSession(config);
    if (!refusal) return;
    toast('error', refusal.message);
    open();
  };
  return (
    <div className="case">
      <Button className="case-open" onPress={open}>
        <Icon name={kindOf(config.kind).icon} />
        <span className="grow">
          <span className="el m">{visible([launchTitle(config), ...config.args].join(' '))}</span>
          <span className="xs fg3 el">
            {kindOf(config.kind).title}, <span className="mono xs">{shortPath(config.folder, home)}</span> with{' '}
            {shortPath(config.interpreter, home, 40)}
          </span>
        </span>
        <span className="xs fg3 when">{sinceWords(Date.now() - at)}</span>
      </Button>
      <IconButton icon="debug-start" label="Launch now" tone="go" onPress={() => void launchNow()} />
      <IconButton icon="close" label="Forget this entry" onPress={() => void perform('launch.forget', { at })} />
    </div>
  );
}

function RunningSessions() {
  const sessions = useView((v) => v.sessions);
  if (!sessions.length) return null;
  return (
    <>
      <div className="sec start-gap">
        <h2>Sessions</h2>
        <span className="chip">{sessions.length}</span>
      </div>
      <div className="card">
        {sessions.map((session) => {
          const words = phaseWords(session);
          return (
            <Button key={session.id} className="op" onPress={() => dispatch({ type: 'go', area: 'debug', tab: session.id })}>
              <SessionBadge id={session.id} />
              <span className="grow m el">{visible(session.title)}</span>
              <span className={`chip ${words.tone}`}>
                <Icon name={words.icon} />
                {words.word}
              </span>
            </Button>
          );
        })}
      </div>
    </>
  );
}
