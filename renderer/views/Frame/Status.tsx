import { useView } from '../../store/store';
import { shortPath } from '../../store/paths';
import { activeSession } from '../../store/view';
import { Icon } from '../../widgets/Icon';
import { SessionBadge } from '../../widgets/SessionBadge';
import { phaseWords, spokenPhase } from '../phases';
import { baseName } from '../../store/paths';

/** Other sessions that are told by their letters. */
const MOST_NAMED = 4;
const TONES = { warn: 'st', ok: 'run', err: 'lost', '': '' } as const;

/** The session's state first, then where it runs, what debugs it, and what is recorded. */
export function Status() {
  const session = useView(activeSession);
  const inDebug = useView((v) => v.area === 'debug');
  const hello = useView((v) => v.hello);
  const link = useView((v) => v.link);
  const cursor = useView((v) => v.cursor);
  const unseen = useView((v) => v.unseen);
  const shown = inDebug ? session : undefined;
  const words = shown ? phaseWords(shown) : undefined;
  const where =
    shown?.phase.phase === 'stopped' && shown.phase.at.path ? ` at ${baseName(shown.phase.at.path)}:${shown.phase.at.line}` : '';
  return (
    <footer className="status">
      {link.state === 'lost' ? (
        <span className="lost">
          <Icon name="debug-disconnect" size="xs" />
          {link.final ? 'Not connected' : 'Link cut, trying again'}
        </span>
      ) : null}
      {shown && words ? (
        <>
          <span className={TONES[words.tone]}>
            <Icon name={words.icon} size="xs" />
            {shown.id} {words.word.toLowerCase()}
            {where}
          </span>
          {unseen.length ? (
            <span className="st">
              <Icon name="debug-pause" size="xs" />
              {unseen.length > MOST_NAMED ? `${unseen.length} other sessions` : unseen.join(', ')} stopped
            </span>
          ) : null}
          <span>
            <SessionBadge id={shown.id} small />
            {shown.debugger}, {shown.host}
            {shown.pid === undefined ? '' : `, pid ${shown.pid}`}
          </span>
          <span>
            <Icon name="folder" size="xs" />
            {shortPath(shown.folder, hello?.home ?? '', 40)}
          </span>
          <span className="right">
            <Icon name="record" size="xs" />
            {shown.journal.trouble ? 'Not recording' : `Recording, ${shown.journal.entries.toLocaleString('en')} entries`}
          </span>
          {cursor ? (
            <span>
              Ln {cursor.line}, Col {cursor.column}
            </span>
          ) : null}
        </>
      ) : (
        <>
          <span>
            <Icon name="shield" size="xs" />
            Nothing of a folder runs until you press Launch
          </span>
          {hello?.note ? (
            <span className="el">
              <Icon name="info" size="xs" />
              {hello.note}
            </span>
          ) : null}
          <span className="right">
            <Icon name="lock" size="xs" />
            Offline: no data leaves this machine
          </span>
          <span>{hello?.version}</span>
        </>
      )}
      <span className="spoken" aria-live="assertive">
        {spokenPhase(session)}
      </span>
    </footer>
  );
}
