import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Button, Input, TextField } from 'react-aria-components';
import type { TerminalRole } from '../../../preload/protocol/session';
import type { TerminalState } from '../../../preload/protocol/terminal';
import { visible } from '../../../preload/protocol/visible';
import { perform, request, toast, useView } from '../../store/store';
import { Refusal } from '../../store/connect';
import { activeSession } from '../../store/view';
import { copyText } from '../copyText';
import { onWish } from '../../store/wishes';
import { Icon } from '../../widgets/Icon';
import { IconButton } from '../../widgets/IconButton';
import type { Screen } from '../../widgets/screen';
import { LinkDialog } from './LinkDialog';
import { PasteDialog } from './PasteDialog';
import { onHover, screenOf } from './screens';

const MEGABYTE = 1024 * 1024;

/** One of the session's terminals, as the debugger or the program wrote it. */
export function TerminalPanel({ of: role }: { readonly of: TerminalRole }) {
  const session = useView(activeSession);
  const id = session?.terminals.find((t) => t.role === role)?.id;
  if (!id) return <p className="empty small">{session?.phase.phase === 'starting' ? 'Starting…' : 'This session has no such terminal.'}</p>;
  return <OneTerminal key={id} id={id} of={role} />;
}

function OneTerminal({ id, of: role }: { readonly id: string; readonly of: TerminalRole }) {
  const host = useRef<HTMLDivElement>(null);
  const state = useView((v) => v.terminals[id]);
  const screen = screenOf(id, role);
  const [finding, setFinding] = useState(false);
  const [paste, setPaste] = useState('');
  const [hovered, setHovered] = useState('');
  useShown(screen, host);
  usePaste(screen, host, setPaste);
  useEffect(() => onHover((terminal, target) => terminal === id && setHovered(target)), [id]);
  useEffect(
    () =>
      onWish((wanted) => {
        const focused = host.current?.contains(document.activeElement) ?? false;
        if (wanted === 'find' && focused) setFinding(true);
        if (wanted === 'focus-console' && role === 'console') screen.terminal.focus();
      }),
    [id],
  );
  useEffect(
    () => onPanel(role, (act) => (act === 'find' ? setFinding(true) : act === 'clear' ? screen.terminal.clear() : void save(id, role))),
    [id],
  );
  return (
    <div className="terminal" data-testid={`terminal-${role}`}>
      {finding ? <FindBar screen={screen} onClose={() => setFinding(false)} /> : null}
      <div className="screen-host" ref={host} />
      {hovered ? <span className="link-target mono xs">{visible(hovered)}</span> : null}
      <Behind screen={screen} />
      {state?.held ? <Held state={state} /> : null}
      {paste ? (
        <PasteDialog
          text={paste}
          onClose={() => setPaste('')}
          onPaste={() => {
            screen.terminal.paste(paste);
            setPaste('');
            screen.terminal.focus();
          }}
        />
      ) : null}
      {role === 'console' ? <LinkDialog /> : null}
    </div>
  );
}

function useShown(screen: Screen, host: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const pane = host.current;
    if (!pane) return undefined;
    screen.show(pane);
    const sizes = new ResizeObserver(() => screen.measure());
    sizes.observe(pane);
    return () => {
      sizes.disconnect();
      screen.hide();
    };
  }, [screen]);
}

/** Ends of bracketed paste in a pasted text would let the rest of it act as typed. */
const PASTE_ENDS = /\x1b\[20[01]~/g;

function usePaste(screen: Screen, host: React.RefObject<HTMLDivElement | null>, show: (text: string) => void): void {
  useEffect(() => {
    const pane = host.current;
    const pasted = (event: ClipboardEvent) => {
      event.preventDefault();
      event.stopPropagation();
      const text = (event.clipboardData?.getData('text/plain') ?? '').replace(PASTE_ENDS, '');
      if (/[\r\n]./s.test(text)) show(text);
      else if (text) screen.terminal.paste(text);
    };
    pane?.addEventListener('paste', pasted, true);
    screen.terminal.attachCustomKeyEventHandler((event) => customKey(event, screen));
    return () => pane?.removeEventListener('paste', pasted, true);
  }, [screen]);
}

/** Copies with Ctrl+Shift+C, or with Ctrl+C while something is selected; lets the browser paste. @returns whether the terminal gets the key */
function customKey(event: KeyboardEvent, { terminal }: Screen): boolean {
  const copy = event.ctrlKey && event.code === 'KeyC' && (event.shiftKey || terminal.hasSelection());
  if (copy && event.type === 'keydown') {
    event.preventDefault();
    if (terminal.hasSelection()) void copyText(terminal.getSelection(), 'Copied. Without a selection Ctrl+C interrupts.');
    else toast('info', 'Nothing is selected, so nothing was copied.');
    terminal.clearSelection();
  }
  const paste = event.ctrlKey && event.shiftKey && event.code === 'KeyV';
  return !copy && !paste;
}

function FindBar({ screen, onClose }: { readonly screen: Screen; onClose(): void }) {
  const [text, setText] = useState('');
  const [found, setFound] = useState(true);
  const next = (back: boolean) => setFound(text === '' || (back ? screen.search.findPrevious(text) : screen.search.findNext(text)));
  const close = () => {
    screen.search.clearDecorations();
    onClose();
    screen.terminal.focus();
  };
  return (
    <div className="row find-bar" role="search">
      <TextField aria-label="Find in the terminal" value={text} onChange={setText} autoFocus className="grow">
        <Input
          className="in"
          placeholder="Find"
          onKeyDown={(event) => {
            if (event.key === 'Enter') next(event.shiftKey);
            if (event.key === 'F3') next(event.shiftKey);
            if (event.key === 'Escape') close();
          }}
        />
      </TextField>
      {found ? null : <span className="xs err">Not found</span>}
      <IconButton icon="arrow-up" label="Previous" small onPress={() => next(true)} />
      <IconButton icon="arrow-down" label="Next" small onPress={() => next(false)} />
      <IconButton icon="close" label="Close" small onPress={close} />
    </div>
  );
}

function Behind({ screen }: { readonly screen: Screen }) {
  const behind = useSyncExternalStore(
    (changed) => screen.onDrawn(changed),
    () => Math.round(screen.behind / MEGABYTE),
  );
  if (behind === 0) return null;
  return (
    <div className="behind note info">
      <span className="grow">Behind by {behind} MB. Everything is kept.</span>
      <Button className="btn sm" onPress={() => void screen.jump()}>
        Jump to end
      </Button>
    </div>
  );
}

function Held({ state }: { readonly state: TerminalState }) {
  const release = (how: 'continue' | 'keep-last') => void perform('terminal.release', { terminal: state.id, how });
  const why =
    state.held === 'budget'
      ? 'This session’s output has reached its disk budget, so the program waits.'
      : 'The disk is full, so the program waits. Nothing is lost.';
  return (
    <div className="held note warn" role="alert">
      <Icon name="warning" size="s" />
      <span className="grow">{why}</span>
      <Button className="btn sm" onPress={() => release('continue')}>
        {state.held === 'budget' ? 'Continue' : 'Try again'}
      </Button>
      <Button className="btn sm" onPress={() => release('keep-last')}>
        Keep only the last 256 MB
      </Button>
      <Button className="btn sm" onPress={() => void perform('terminal.write', { terminal: state.id, data: '\x03' })}>
        Interrupt
      </Button>
    </div>
  );
}

type PanelAct = 'find' | 'clear' | 'save';
const panels = new Map<TerminalRole, (act: PanelAct) => void>();
function onPanel(role: TerminalRole, listener: (act: PanelAct) => void): () => void {
  panels.set(role, listener);
  return () => {
    if (panels.get(role) === listener) panels.delete(role);
  };
}

async function save(terminal: string, role: TerminalRole): Promise<void> {
  const home = useView.getState().hello?.home ?? '';
  const path = `${home}/casebook-${role}-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-')}.txt`;
  try {
    const { bytes } = await request('terminal.save', { terminal, path });
    toast('info', `Saved ${bytes.toLocaleString('en')} bytes to ${path}.`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    toast('error', error.message);
  }
}

/** The pane's buttons. */
export function TerminalActions({ of: role }: { readonly of: TerminalRole }) {
  const press = (act: PanelAct) => panels.get(role)?.(act);
  return (
    <span className="row tight">
      <IconButton icon="search" label="Find" keys="Ctrl+Shift+F" small onPress={() => press('find')} />
      <IconButton icon="clear-all" label="Clear" small onPress={() => press('clear')} />
      <IconButton icon="save" label="Save all output" small onPress={() => press('save')} />
    </span>
  );
}
