import { useEffect, useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { visible } from '../../../preload/protocol/visible';
import { perform, useView } from '../../store/store';
import { copyText } from '../copyText';
import { asksWith } from './openTarget';

/** Shows where a link of a program's output really leads, before it is opened. */
export function LinkDialog() {
  const [url, setUrl] = useState('');
  const web = useView((v) => v.hello?.host === 'web');
  useEffect(() => asksWith(setUrl), []);
  const close = () => setUrl('');
  const safe = /^https?:\/\/[^@\s]+$/.test(url);
  const open = () => {
    if (web) window.open(url, '_blank', 'noopener,noreferrer');
    else void perform('link.open', { url });
    close();
  };
  return (
    <ModalOverlay className="overlay" isOpen={url !== ''} onOpenChange={close} isDismissable>
      <Modal className="dialog">
        <Dialog role="alertdialog">
          <Heading slot="title">{safe ? 'Open this link?' : 'This link is not opened'}</Heading>
          <p className="dialog-text">
            {safe
              ? 'The program’s output leads here:'
              : 'Only web addresses without a user name are opened. The program’s output leads here:'}
          </p>
          <p className="dialog-text mono target">{visible(url)}</p>
          <div className="dialog-foot">
            <Button className="btn gh" onPress={() => void copyText(url, 'Copied the address.')}>
              Copy
            </Button>
            <Button className="btn" autoFocus onPress={close}>
              Do not open
            </Button>
            {safe ? (
              <Button className="btn" onPress={open}>
                Open in the browser
              </Button>
            ) : null}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
