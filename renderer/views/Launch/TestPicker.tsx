import { useEffect, useState } from 'react';
import { Button, Dialog, Heading, Input, ListBox, ListBoxItem, Modal, ModalOverlay, SearchField } from 'react-aria-components';
import type { CollectedTests, LaunchConfig } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { joinWords, splitWords } from '../../../preload/protocol/words';
import { Refusal } from '../../store/connect';
import { shortPath } from '../../store/paths';
import { perform, request, useView } from '../../store/store';
import { Icon } from '../../widgets/Icon';

interface Props {
  readonly draft: LaunchConfig;
  /** What has to be mended first; empty when pytest can be started. */
  readonly whyNot: string;
  onClose(): void;
  /** Node ids as one line of words. */
  onChoose(program: string): void;
}

/** Rows that are drawn; a filter finds the others. */
const MOST_ROWS = 400;

/** Collects the tests once the person knows that this imports them, and lets them choose one or more. */
export function TestPicker({ draft, whyNot, onClose, onChoose }: Props) {
  const { collected, busy, collect, cancel } = useCollection(draft);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => chosenBefore(draft.program));
  const tests = collected?.tests ?? [];
  const here = tests.filter((id) => chosen.has(id));
  const use = () => {
    onChoose(joinWords(here));
    onClose();
  };
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={onClose} isDismissable={!busy}>
      <Modal className="dialog wide">
        <Dialog>
          <Heading slot="title">Collect tests</Heading>
          {collected && !busy ? (
            <Outcome collected={collected} chosen={chosen} onChange={setChosen} />
          ) : (
            <Before draft={draft} whyNot={whyNot} busy={busy} />
          )}
          <div className="dialog-foot">
            <span className="grow xs fg3" role="status">
              {tests.length && !busy ? `${tests.length.toLocaleString('en')} tests, ${here.length.toLocaleString('en')} chosen` : ''}
            </span>
            <Button className="btn" onPress={busy ? cancel : onClose}>
              Cancel
            </Button>
            {tests.length && !busy ? (
              <Button className="btn pri" isDisabled={here.length === 0} onPress={use}>
                {here.length === 1 ? 'Use this test' : `Use ${here.length} tests`}
              </Button>
            ) : (
              <Button className="btn pri" isDisabled={busy || whyNot !== ''} onPress={() => void collect()} autoFocus>
                {collected && !busy ? 'Collect again' : 'Collect'}
              </Button>
            )}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** A run of pytest's collection: what it found, once it has ended. */
function useCollection({ folder, interpreter, env, args }: LaunchConfig) {
  const [collected, setCollected] = useState<CollectedTests>();
  const [busy, setBusy] = useState(false);
  const cancel = () => void perform('launch.cancelCollect', {});
  const collect = async () => {
    setBusy(true);
    try {
      setCollected(await request('launch.collect', { folder, interpreter, env, args }));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setCollected({ tests: [], trouble: error.message, output: '' });
    } finally {
      setBusy(false);
    }
  };
  // A collection that nobody waits for any more is ended.
  useEffect(() => cancel, []);
  return { collected, busy, collect, cancel };
}

function chosenBefore(program: string): ReadonlySet<string> {
  const split = splitWords(program);
  return new Set('words' in split ? split.words : []);
}

/** What Collect does, before and while it does it. */
function Before({ draft, whyNot, busy }: Pick<Props, 'draft' | 'whyNot'> & { readonly busy: boolean }) {
  const home = useView((v) => v.hello?.home ?? '');
  return (
    <div className="collect">
      <pre className="cmd">
        {visible([draft.interpreter, '-m', 'pytest', '--collect-only', '-q', joinWords(draft.args)].join(' ').trim())}
      </pre>
      <div className="note info">
        <Icon name="shield" size="s" />
        <span className="grow">
          pytest imports the tests of {shortPath(draft.folder, home, 40)} and all that they import, so their top-level code runs with your
          rights. No test is run.
        </span>
      </div>
      {whyNot ? <p className="note err">{visible(whyNot)}</p> : null}
      <p className="small fg2" role="status">
        {busy ? (
          <>
            <Icon name="loading" size="s" /> Collecting. It is ended after 60 s, or by Cancel.
          </>
        ) : null}
      </p>
    </div>
  );
}

interface OutcomeProps {
  readonly collected: CollectedTests;
  readonly chosen: ReadonlySet<string>;
  onChange(chosen: ReadonlySet<string>): void;
}

/** The tests, by a filter; and what pytest says of those that it could not collect. */
function Outcome({ collected, chosen, onChange }: OutcomeProps) {
  const [filter, setFilter] = useState('');
  const { tests, trouble, output } = collected;
  const words = filter.toLowerCase().split(/\s+/);
  const hits = tests.filter((id) => words.every((word) => id.toLowerCase().includes(word)));
  const rows = hits.slice(0, MOST_ROWS);
  const shown = new Set(rows);
  const select = (keys: 'all' | Iterable<unknown>) => {
    const others = [...chosen].filter((id) => !shown.has(id));
    onChange(new Set([...others, ...(keys === 'all' ? rows : [...keys].map(String))]));
  };
  return (
    <div className="collect">
      {trouble ? <p className={`note ${tests.length ? 'warn' : 'err'}`}>{visible(trouble)}</p> : null}
      {output ? <pre className="cmd collect-said">{visible(output)}</pre> : null}
      {tests.length ? (
        <>
          <SearchField aria-label="Filter tests" value={filter} onChange={setFilter} autoFocus>
            <Input className="in" placeholder="Filter: words of the test’s name" spellCheck={false} />
          </SearchField>
          <ListBox
            aria-label="Tests"
            className="browse tests"
            items={rows.map((id) => ({ id }))}
            selectionMode="multiple"
            selectionBehavior="toggle"
            selectedKeys={chosen}
            onSelectionChange={select}
            renderEmptyState={() => <p className="fg3 small pad">No test has these words in its name.</p>}
          >
            {({ id }) => (
              <ListBoxItem id={id} className="tr" textValue={visible(id)}>
                <Icon name={chosen.has(id) ? 'pass-filled' : 'circle-large-outline'} />
                <span className="grow el mono">{visible(id)}</span>
              </ListBoxItem>
            )}
          </ListBox>
          {hits.length > rows.length ? (
            <p className="xs fg3">{(hits.length - rows.length).toLocaleString('en')} more match. Filter to see them.</p>
          ) : null}
        </>
      ) : null}
    </div>
  );
}
