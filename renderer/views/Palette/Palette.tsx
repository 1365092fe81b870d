import fuzzysort from 'fuzzysort';
import { useMemo, useState } from 'react';
import { Autocomplete, Dialog, Input, Menu, MenuItem, Modal, ModalOverlay, SearchField } from 'react-aria-components';
import { commands } from '../../../preload/protocol/commands';
import type { CommandId } from '../../../preload/protocol/commands';
import { run, whyNot } from '../../commands';
import { keyLabel } from '../../keys';
import { dispatch, useView } from '../../store/store';

interface Entry {
  readonly id: CommandId;
  readonly title: string;
  readonly key: string;
  readonly whyNot: string;
}

/** Every command by its name; what cannot run here is listed last, with its reason. */
export function Palette() {
  const view = useView();
  const mac = view.hello?.platform === 'darwin';
  const [text, setText] = useState('');
  const close = () => dispatch({ type: 'palette', open: false });
  const entries = useMemo(() => {
    const all = commands
      .filter((c) => c.id !== 'palette')
      .map((c): Entry => ({ id: c.id, title: c.title, key: keyLabel(c.keys[0] ?? '', mac), whyNot: whyNot(c.id, view) }));
    const found = text.trim() ? fuzzysort.go(text.trim(), all, { key: 'title' }).map((r) => r.obj) : all;
    return [...found.filter((e) => !e.whyNot), ...found.filter((e) => e.whyNot)];
  }, [text, view, mac]);
  return (
    <ModalOverlay className="overlay top" isOpen onOpenChange={close} isDismissable>
      <Modal className="palette">
        <Dialog aria-label="Command palette">
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField
              aria-label="Command"
              autoFocus
              className="palette-field"
              onKeyDown={(event) => (event.key === 'Escape' ? close() : event.continuePropagation())}
            >
              <Input className="in" placeholder="A command, such as next or theme" />
            </SearchField>
            <Menu
              className="palette-list"
              items={entries}
              disabledKeys={entries.filter((e) => e.whyNot).map((e) => e.id)}
              onAction={(key) => {
                close();
                const chosen = commands.find((c) => c.id === key);
                // The dialog gives the focus back first, so that "find" finds the pane it came from.
                if (chosen) setTimeout(() => run(chosen.id));
              }}
              renderEmptyState={() => <p className="fg3 small pad">No command is called so.</p>}
            >
              {(entry) => (
                <MenuItem id={entry.id} className="pal-row" textValue={entry.title}>
                  <span className="grow">{entry.title}</span>
                  {entry.whyNot ? <span className="xs fg3">{entry.whyNot}</span> : entry.key ? <kbd>{entry.key}</kbd> : null}
                </MenuItem>
              )}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
