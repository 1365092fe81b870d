import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components';
import type { SessionState } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { restart } from '../../commands';
import { baseName } from '../../store/paths';
import { Icon } from '../../widgets/Icon';
import { phaseWords, stopWords } from '../phases';
import { useDimmed } from '../useDimmed';

/** Over the source: what happened, or that the program runs or has ended. Its height never changes. */
export function Banner({ session }: { readonly session: SessionState }) {
  const { phase } = session;
  const words = stopWords(session);
  const [last, setLast] = useState(words);
  useEffect(() => {
    if (phase.phase === 'stopped') setLast(words);
  }, [phase]);
  const away = useDimmed(session) !== '';
  if (phase.phase === 'ended') {
    return (
      <div className="stop ended" role="status">
        <Icon name="primitive-square" />
        <b>{phase.why.startsWith('Ended') ? visible(phase.why) : 'Ended'}</b>
        <span className="el fg2">{phase.why.startsWith('Ended') ? '' : visible(phase.why)}</span>
        <span className="right" />
        {session.parent ? null : (
          <Button className="btn sm" onPress={() => restart(session)}>
            <Icon name="debug-restart" />
            Restart
          </Button>
        )}
      </div>
    );
  }
  if (session.notice) {
    return (
      <div className="stop doubt" role="status">
        <Icon name="warning" />
        <span className="el fg2">{visible(session.notice)}</span>
      </div>
    );
  }
  if (phase.phase === 'running' && session.capabilities.plain) return <OnlyTerminal why={visible(session.capabilities.degraded)} />;
  if (phase.phase === 'starting' || (phase.phase === 'running' && (away || !last.title))) {
    return (
      <div className="stop ended" role="status">
        <Icon name={phase.phase === 'starting' ? phaseWords(session).icon : 'debug-start'} />
        <b>{phaseWords(session).word}</b>
        <span className="el fg3">{phase.phase === 'running' ? 'The views show the last stop. Pause (F6) to look again.' : ''}</span>
      </div>
    );
  }
  if (phase.phase === 'stopped' && phase.frame.edited) {
    const sentence = `${visible(baseName(phase.frame.path))} was edited after it was loaded: lines may be wrong. Restart to run the new text.`;
    return (
      <div className="stop doubt" role="status">
        <Icon name="warning" />
        <b>{words.title}</b>
        <span className="el fg2" title={sentence}>
          {sentence}
        </span>
        <span className="right" />
        <Button className="btn sm" onPress={() => restart(session)}>
          <Icon name="debug-restart" />
          Restart
        </Button>
      </div>
    );
  }
  const { title, detail, bad } = phase.phase === 'stopped' ? words : last;
  return (
    <div className={`stop ${bad ? 'bad' : ''}`} role="status">
      <Icon name={bad ? 'error' : 'debug-stackframe'} />
      <b>{title}</b>
      <span className="el fg2" title={detail}>
        {detail}
      </span>
      <span className="right xs fg3 nw">stop {session.stops}</span>
    </div>
  );
}

/** The session is plain pdb: why, and what that means. */
function OnlyTerminal({ why }: { readonly why: string }) {
  return (
    <div className="stop doubt" role="status">
      <Icon name="warning" />
      <b>Plain pdb</b>
      <span className="el fg2" title={why}>
        {why}
      </span>
    </div>
  );
}
