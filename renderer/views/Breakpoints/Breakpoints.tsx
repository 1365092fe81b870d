import { useEffect, useRef, useState } from 'react';
import { Button, GridList, GridListItem } from 'react-aria-components';
import type { FunctionBreakpoint, SourceBreakpoint } from '../../../preload/protocol/breakpoints';
import type { BoundBreakpoint, BoundFunction } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import {
  changeAllBreakpoints,
  enableBreakpoint,
  removeFunctionBreakpoint,
  setFunctionBreakpoint,
  toggleBreakpoint,
  trustBreakpoint,
} from '../../store/breakpoints';
import { baseName } from '../../store/paths';
import { dispatch, useView } from '../../store/store';
import { activeSession } from '../../store/view';
import { onWish, wish } from '../../store/wishes';
import { ContextMenu } from '../../widgets/ContextMenu';
import type { MenuEntry } from '../../widgets/ContextMenu';
import { IconButton } from '../../widgets/IconButton';
import { copyText } from '../copyText';
import { ExceptionRows } from './ExceptionRows';
import { FunctionForm } from './FunctionForm';
import { markOf, termsWords, troubleWords } from './marks';
import './breakpoints.css';

/** One row: a breakpoint on a line or on a function, and what the debugger says of it. */
type Item =
  | { readonly key: string; readonly name: string; readonly line: SourceBreakpoint; readonly bound: BoundBreakpoint | undefined }
  | { readonly key: string; readonly name: string; readonly call: FunctionBreakpoint; readonly bound: BoundFunction | undefined };

/** Every breakpoint, clicked or typed, on lines, functions and exceptions, with what the debugger says of it. */
export function BreakpointsPanel() {
  const items = useItems();
  const [form, setForm] = useState<{ readonly of: FunctionBreakpoint | undefined }>();
  const pane = useRef<HTMLDivElement>(null);
  const at = (key: string) => items.find((item) => item.key === key);
  const edit = (item: Item) => ('call' in item ? setForm({ of: item.call }) : editLine(item.line));
  useKeys(pane, { at, edit });
  useEffect(() => onWish((what) => what === 'add-function-breakpoint' && setForm({ of: undefined })), []);
  return (
    <div className="pb" ref={pane}>
      {form ? <FunctionForm key={form.of?.name ?? ''} breakpoint={form.of} onDone={() => setForm(undefined)} /> : null}
      {items.length || form ? null : (
        <p className="empty small">No breakpoints. Click left of a line number, press F9 on a line, or add a function with +.</p>
      )}
      {items.length ? (
        <GridList
          aria-label="Breakpoints"
          onAction={(key) => {
            const item = at(String(key));
            if (item && 'line' in item) show(item.line);
          }}
        >
          {items.map((item) => (
            <Row key={item.key} item={item} />
          ))}
        </GridList>
      ) : null}
      <ExceptionRows />
      <ContextMenu pane={pane} entries={(key) => menuOf(at(key), edit)} />
    </div>
  );
}

function useItems(): readonly Item[] {
  const lines = useView((v) => v.breakpoints);
  const calls = useView((v) => v.functionBreakpoints);
  const session = useView(activeSession);
  // An ended session says nothing any more.
  const live = session && session.phase.phase !== 'ended' ? session : undefined;
  const sorted = [...lines].sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
  return [
    ...sorted.map((line) => ({
      key: `${line.path}:${line.line}`,
      name: `${baseName(line.path)}:${line.line}`,
      line,
      bound: live?.breakpoints.find((o) => o.path === line.path && o.line === line.line),
    })),
    ...calls.map((call) => ({
      key: `function ${call.name}`,
      name: `${call.name}()`,
      call,
      bound: live?.functionBreakpoints.find((o) => o.name === call.name),
    })),
  ];
}

function show({ path, line }: SourceBreakpoint): void {
  dispatch({ type: 'show', place: { path, line, at: Date.now() } });
}

function editLine(b: SourceBreakpoint): void {
  show(b);
  dispatch({ type: 'cursor', cursor: { path: b.path, line: b.line, column: 1 } });
  wish('edit-breakpoint');
}

const enable = (item: Item, enabled: boolean) =>
  'line' in item ? enableBreakpoint(item.line.path, item.line.line, enabled) : setFunctionBreakpoint({ ...item.call, enabled });
const remove = (item: Item) =>
  'line' in item ? toggleBreakpoint(item.line.path, item.line.line) : removeFunctionBreakpoint(item.call.name);
const isOn = (item: Item) => ('line' in item ? item.line : item.call).enabled;

function menuOf(item: Item | undefined, edit: (item: Item) => void): readonly MenuEntry[] {
  if (!item) return [];
  const ofLine = 'line' in item ? item.line : undefined;
  return [
    ...(ofLine ? [{ title: 'Open source', keys: 'Enter', act: () => show(ofLine) }] : []),
    { title: 'Edit condition, hit count, log', keys: 'F2', act: () => edit(item) },
    ...(ofLine?.doubt ? [{ title: 'This line is right', act: () => void trustBreakpoint(ofLine.path, ofLine.line) }] : []),
    { title: isOn(item) ? 'Switch off' : 'Switch on', keys: 'Space', act: () => void enable(item, !isOn(item)) },
    { title: 'Copy place', act: () => void copyText(item.key.replace(/^function /, ''), 'Copied the place.') },
    { title: 'Remove', keys: 'Delete', act: () => void remove(item) },
  ];
}

/** Delete removes, F2 edits, Space switches the row's breakpoint. */
function useKeys(pane: React.RefObject<HTMLDivElement | null>, act: { at(key: string): Item | undefined; edit(item: Item): void }): void {
  useEffect(() => {
    const element = pane.current;
    const pressed = (event: KeyboardEvent) => {
      const row = event.target instanceof Element && event.target.matches('[role="row"]') ? event.target : undefined;
      const item = act.at(row?.getAttribute('data-key') ?? '');
      if (!item) return;
      if (event.key === 'Delete') void remove(item);
      if (event.key === 'F2') act.edit(item);
      if (event.key === ' ') void enable(item, !isOn(item));
    };
    element?.addEventListener('keydown', pressed);
    return () => element?.removeEventListener('keydown', pressed);
  });
}

function Row({ item }: { readonly item: Item }) {
  const { name, bound } = item;
  const b = 'line' in item ? item.line : item.call;
  const trouble = troubleWords(b, bound);
  const words = [termsWords(b), trouble].filter(Boolean).join('; ');
  return (
    <GridListItem id={item.key} className="tr brow" textValue={`${name} ${words}`}>
      <Button
        className={`mark mark-${markOf(b, bound)}`}
        aria-label={b.enabled ? `Switch ${name} off` : `Switch ${name} on`}
        onPress={() => void enable(item, !b.enabled)}
      />
      <span className="mono" title={'line' in item ? visible(item.line.path) : undefined}>
        {visible(name)}
      </span>
      <span className={`xs mono el grow ${'doubt' in b && b.doubt ? 'warn' : 'fg3'}`} title={visible(words)}>
        {visible(words)}
      </span>
      {'temporary' in b && b.temporary ? <span className="chip">once</span> : null}
      {bound?.verified && bound.hits ? (
        <span className="xs fg3 nw">{bound.hits === 1 ? '1 hit' : `${bound.hits.toLocaleString('en')} hits`}</span>
      ) : null}
      <IconButton icon="close" label={`Remove ${name}`} small onPress={() => void remove(item)} />
    </GridListItem>
  );
}

/** The pane's buttons. */
export function BreakpointsActions() {
  const lines = useView((v) => v.breakpoints);
  const calls = useView((v) => v.functionBreakpoints);
  const whyNot = lines.length + calls.length ? '' : 'There are no breakpoints';
  const anyOn = [...lines, ...calls].some((b) => b.enabled);
  return (
    <span className="row tight">
      <IconButton icon="add" label="Add a function breakpoint" small onPress={() => wish('add-function-breakpoint')} />
      <IconButton
        icon="activate-breakpoints"
        label={anyOn ? 'Switch all off' : 'Switch all on'}
        small
        whyNot={whyNot}
        onPress={() => void changeAllBreakpoints(anyOn ? 'disable' : 'enable')}
      />
      <IconButton icon="clear-all" label="Remove all" small whyNot={whyNot} onPress={() => void changeAllBreakpoints('none')} />
    </span>
  );
}
