import type { SessionId, StopId } from '../../preload/protocol/session';
import { Refusal } from '../store/connect';
import { toast, useView } from '../store/store';
import { activeSession } from '../store/view';
import { IconButton } from '../widgets/IconButton';

interface Props {
  readonly label: string;
  /** Asks what is to be copied, and copies it; a refusal is shown. */
  copy(at: { readonly session: SessionId; readonly stopId: StopId }): Promise<void>;
}

/** A pane's button that copies what the pane shows of this stop. */
export function CopyAtStop({ label, copy }: Props) {
  const session = useView(activeSession);
  const stopped = session?.phase.phase === 'stopped' ? { session: session.id, stopId: session.phase.stopId } : undefined;
  const press = async () => {
    if (!stopped) return;
    try {
      await copy(stopped);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      toast('error', error.message);
    }
  };
  return <IconButton icon="copy" label={label} small whyNot={stopped ? '' : 'The program is not stopped'} onPress={() => void press()} />;
}
