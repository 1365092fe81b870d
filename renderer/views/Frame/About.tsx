import { useEffect, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useView } from '../../store/store';
import { onWish } from '../../store/wishes';

/** Version and credits. */
export function About() {
  const [open, setOpen] = useState(false);
  const hello = useView((v) => v.hello);
  useEffect(() => onWish((wish) => wish === 'about' && setOpen(true)), []);
  return (
    <ModalOverlay className="overlay" isOpen={open} onOpenChange={setOpen} isDismissable>
      <Modal className="dialog">
        <Dialog>
          <Heading slot="title">Casebook {hello?.version}</Heading>
          <p className="dialog-text">A debugging workbench: real debuggers in real terminals, findings proven by evidence. MIT licence.</p>
          <p className="dialog-text fg3">Icons: Codicons by Microsoft, CC BY 4.0. Fonts: Inter and JetBrains Mono, OFL 1.1.</p>
          <div className="dialog-foot">
            <Button className="btn" onPress={() => setOpen(false)} autoFocus>
              Close
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
