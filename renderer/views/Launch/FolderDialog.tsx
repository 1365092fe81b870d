import { useState } from 'react';
import { Button, Dialog, Heading, ListBox, ListBoxItem, Modal, ModalOverlay } from 'react-aria-components';
import type { FolderEntry, LaunchConfig } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { shortPath } from '../../store/paths';
import { useView } from '../../store/store';
import { useAnswer } from '../../store/useAnswer';
import { Icon } from '../../widgets/Icon';

interface Props {
  readonly what: 'program' | 'folder';
  readonly draft: LaunchConfig;
  onClose(): void;
  onChoose(part: Partial<LaunchConfig>): void;
}

/** Choosing a file or folder where the program runs: the same list on the desktop, in the browser, later over SSH. */
export function FolderDialog({ what, draft, onClose, onChoose }: Props) {
  const home = useView((v) => v.hello?.home ?? '');
  const [folder, setFolder] = useState(draft.folder || home);
  const [hidden, setHidden] = useState(false);
  const listing = useAnswer('files.list', { folder });
  const entries = (listing.value?.entries ?? []).filter(
    (e) => (hidden || !e.name.startsWith('.')) && (e.kind === 'folder' || what === 'program'),
  );
  const sorted = [...entries.filter((e) => e.kind === 'folder'), ...entries.filter((e) => e.kind !== 'folder')];
  const here = listing.value?.folder ?? folder;
  const parent = listing.value?.parent ?? home;
  const canRun = what === 'program' && entries.some((e) => e.name === '__main__.py');
  const choose = (name: string) => {
    const entry = sorted.find((e) => e.name === name);
    const path = `${here === '/' ? '' : here}/${name}`;
    if (entry?.kind === 'folder') return setFolder(path);
    onChoose({ program: path, folder: draft.folder || here });
    onClose();
  };
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={onClose} isDismissable>
      <Modal className="dialog wide">
        <Dialog>
          <Heading slot="title">{what === 'program' ? 'Choose a script, or a package’s folder' : 'Choose a folder'}</Heading>
          <div className="row browse-head">
            <Button className="btn sm" aria-label="Parent folder" onPress={() => setFolder(listing.trouble ? home : parent)}>
              <Icon name="arrow-up" />
            </Button>
            <span className="mono small el grow">{shortPath(here, home, 70)}</span>
            <Button className="btn sm gh" onPress={() => setHidden(!hidden)}>
              {hidden ? 'Hide dot files' : 'Show dot files'}
            </Button>
          </div>
          {listing.trouble ? <p className="note err">{visible(listing.trouble)}</p> : null}
          <ListBox
            aria-label="Files"
            className="browse"
            autoFocus
            items={sorted.map((e) => ({ ...e, id: e.name }))}
            onAction={(key) => choose(String(key))}
            renderEmptyState={() => <p className="fg3 small pad">{listing.busy ? 'Reading…' : 'Nothing to choose here.'}</p>}
          >
            {(entry) => <EntryRow entry={entry} />}
          </ListBox>
          <div className="dialog-foot">
            <Button className="btn" onPress={onClose}>
              Cancel
            </Button>
            {what === 'folder' || canRun ? (
              <Button
                className="btn pri"
                onPress={() => {
                  onChoose(what === 'folder' ? { folder: here } : { program: here, folder: draft.folder || parent });
                  onClose();
                }}
              >
                {what === 'folder' ? 'Use this folder' : 'Run this folder'}
              </Button>
            ) : null}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function EntryRow({ entry: { id, name, kind, size } }: { readonly entry: FolderEntry & { readonly id: string } }) {
  return (
    <ListBoxItem id={id} className="tr" textValue={name}>
      <Icon name={kind === 'folder' ? 'folder' : iconOf(name)} />
      <span className="grow el">{visible(name)}</span>
      <span className="xs fg3 num">{kind === 'file' ? `${size.toLocaleString('en')} B` : ''}</span>
    </ListBoxItem>
  );
}

function iconOf(name: string): string {
  if (/\.pyw?$/.test(name)) return 'python';
  return /\.(pyz|pyzw|zip)$/.test(name) ? 'file-zip' : 'file';
}
