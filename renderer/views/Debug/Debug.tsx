import { useView } from '../../store/store';
import { activeSession } from '../../store/view';
import { Launch } from '../Launch/Launch';
import { Dock } from './Dock';
import { SessionTabs } from './SessionTabs';
import './debug.css';

/** The Debug area: a tab a session, and the form for a new one. */
export function Debug() {
  const session = useView(activeSession);
  return (
    <div className="dbg">
      <SessionTabs />
      {session ? <Dock key={session.id} /> : <Launch />}
    </div>
  );
}
