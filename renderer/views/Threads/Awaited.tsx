import { Button } from 'react-aria-components';
import type { SessionState } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { Icon } from '../../widgets/Icon';
import { copyText } from '../copyText';
import './threads.css';

/** What a session without a program yet waits for, with the command that brings one. */
export function Awaited({ awaits: { text, command } }: { readonly awaits: NonNullable<SessionState['awaits']> }) {
  return (
    <section className="awaited" aria-label="Waits for a program">
      <p>{visible(text)}</p>
      {command ? (
        <>
          <pre className="awaited-command" aria-label="Command">
            {visible(command)}
          </pre>
          <p>
            <Button className="btn pri" onPress={() => void copyText(command, 'Copied the command.')}>
              <Icon name="copy" />
              Copy command
            </Button>
          </p>
          <p className="small fg3">
            The program keeps its own terminal: its input and output stay there, and its prompts come here. It must run as you, on this
            machine. Breakpoints that you set here count from its first breakpoint() on. When it ends, so does this session.
          </p>
        </>
      ) : null}
    </section>
  );
}
