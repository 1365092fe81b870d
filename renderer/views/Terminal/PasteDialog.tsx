import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { visible } from '../../../preload/protocol/visible';

/** Lines that are shown; the rest is counted. */
const SHOWN = 12;

interface Props {
  readonly text: string;
  onPaste(): void;
  onClose(): void;
}

/** Several lines run one after the other at a prompt, so they are shown before they go in. */
export function PasteDialog({ text, onPaste, onClose }: Props) {
  const lines = text.split(/\r\n|\r|\n/);
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={onClose} isDismissable>
      <Modal className="dialog">
        <Dialog role="alertdialog">
          <Heading slot="title">Paste {lines.length} lines?</Heading>
          <p className="dialog-text">Each line is run as soon as it is in.</p>
          <pre className="cmd paste">
            {lines.slice(0, SHOWN).map(visible).join('\n')}
            {lines.length > SHOWN ? `\n… ${lines.length - SHOWN} more` : ''}
          </pre>
          <div className="dialog-foot">
            <Button className="btn" autoFocus onPress={onClose}>
              Do not paste
            </Button>
            <Button className="btn" onPress={onPaste}>
              Paste {lines.length} lines
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
