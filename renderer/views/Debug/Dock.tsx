import { DockviewReact } from 'dockview-react';
import type { DockviewApi, DockviewReadyEvent, IDockviewHeaderActionsProps, IDockviewPanelHeaderProps } from 'dockview-react';
import { useEffect, useRef } from 'react';
import 'dockview-react/dist/styles/dockview.css';
import { perform, useView } from '../../store/store';
import { activeSession } from '../../store/view';
import { onWish } from '../../store/wishes';
import { BreakpointsPanel, BreakpointsActions } from '../Breakpoints/Breakpoints';
import { DataPanel } from '../Data/Data';
import { ExceptionActions, ExceptionPanel } from '../Exception/Exception';
import { ProcessPanel } from '../Process/Process';
import { SourcePanel } from '../Source/Source';
import { StackPanel, StackActions } from '../Stack/Stack';
import { TerminalActions, TerminalPanel } from '../Terminal/TerminalPanel';
import { ThreadsPanel } from '../Threads/Threads';
import { VariablesPanel, VariablesActions } from '../Variables/Variables';
import { WatchActions, WatchPanel } from '../Watch/Watch';
import { hideSourceHeader, layOut, PANELS } from './layout';
import type { PanelId } from './layout';
import { useTitle } from './useTitle';

const COMPONENTS = {
  threads: ThreadsPanel,
  exception: ExceptionPanel,
  watch: WatchPanel,
  data: DataPanel,
  process: ProcessPanel,
  stack: StackPanel,
  breakpoints: BreakpointsPanel,
  source: SourcePanel,
  variables: VariablesPanel,
  console: () => <TerminalPanel of="console" />,
  program: () => <TerminalPanel of="program" />,
} satisfies Record<PanelId, () => React.ReactNode>;

/** Below this width another layout is remembered. */
const NARROW = 1240;
const layoutKey = () => `debug-${window.innerWidth < NARROW ? 'narrow' : 'wide'}`;

/** The session's views, where the person put them. */
export function Dock() {
  const api = useRef<DockviewApi | undefined>(undefined);
  const own = useView((v) => activeSession(v)?.terminals.some((t) => t.role === 'program') ?? false);
  const ready = ({ api: made }: DockviewReadyEvent) => {
    api.current = made;
    restore(made, own);
    made.onDidLayoutChange(() => remember(made));
  };
  useEffect(
    () =>
      onWish((wish) => {
        if (wish === 'reset-layout' && api.current) layOut(api.current, own);
        if (wish === 'room-for-threads') giveRoom(api.current?.getPanel('threads')?.api);
        if (wish.startsWith('show-')) api.current?.getPanel(wish.slice('show-'.length))?.api.setActive();
        if (wish === 'focus-console') api.current?.getPanel('console')?.focus();
        if (wish === 'next-pane' || wish === 'previous-pane') moveFocus(api.current, wish === 'next-pane' ? 1 : -1);
      }),
    [own],
  );
  useEffect(() => {
    if (api.current) showProgram(api.current, own);
  }, [own]);
  useEffect(() => {
    let key = layoutKey();
    const resized = () => {
      if (key === layoutKey()) return;
      key = layoutKey();
      // The dock takes its new size at the next frame, and layouts are made for a size.
      requestAnimationFrame(() => api.current && restore(api.current, own));
    };
    window.addEventListener('resize', resized);
    return () => window.removeEventListener('resize', resized);
  }, [own]);
  return (
    <div className="dock">
      <DockviewReact
        className="dockview-theme-casebook"
        components={COMPONENTS}
        defaultTabComponent={PanelTab}
        rightHeaderActionsComponent={HeaderActions}
        onReady={ready}
        defaultRenderer="always"
        singleTabMode="default"
        disableFloatingGroups={false}
      />
    </div>
  );
}

function restore(api: DockviewApi, own: boolean): void {
  const kept = useView.getState().settings.layouts[layoutKey()];
  try {
    if (!kept) return layOut(api, own);
    api.fromJSON(JSON.parse(JSON.stringify(kept)));
    showProgram(api, own);
    hideSourceHeader(api);
    if (PANELS.some((id) => id !== 'program' && !api.getPanel(id))) layOut(api, own);
  } catch (error) {
    // A layout of another version: the default is better than a broken one.
    if (!(error instanceof Error)) throw error;
    layOut(api, own);
  }
}

function showProgram(api: DockviewApi, own: boolean): void {
  const there = api.getPanel('program');
  if (own && !there)
    api.addPanel({ id: 'program', component: 'program', title: 'Program', position: { referencePanel: 'console', direction: 'right' } });
  if (!own && there) api.removePanel(there);
}

/** A list that was asked for is longer than the few rows that its pane usually has. */
const ROOMY = 300;
function giveRoom(panel: { readonly height: number; setSize(size: { height: number }): void } | undefined): void {
  if (panel && panel.height < ROOMY) panel.setSize({ height: ROOMY });
}

let saving: ReturnType<typeof setTimeout> | undefined;
const SAVE_AFTER_MS = 500;
function remember(api: DockviewApi): void {
  clearTimeout(saving);
  saving = setTimeout(() => {
    const layout = JSON.parse(JSON.stringify(api.toJSON()));
    if (api.panels.length) void perform('settings.change', { layouts: { [layoutKey()]: layout } });
  }, SAVE_AFTER_MS);
}

/** From left to right and top to bottom, as they lie. */
function moveFocus(api: DockviewApi | undefined, by: number): void {
  if (!api) return;
  const corner = ({ element }: { element: HTMLElement }) => element.getBoundingClientRect();
  const groups = [...api.groups].sort((a, b) => corner(a).x - corner(b).x || corner(a).y - corner(b).y);
  const panels = groups.flatMap((group) => group.activePanel ?? []);
  const at = panels.findIndex((p) => p.id === api.activePanel?.id);
  const next = panels[(at + by + panels.length) % panels.length];
  next?.focus();
  next?.view.content.element.querySelector<HTMLElement>('.native-edit-context, textarea, [tabindex="0"], button')?.focus();
}

function PanelTab({ api }: IDockviewPanelHeaderProps) {
  const { title, count } = useTitle(api.id);
  return (
    <div className="panel-tab" onDoubleClick={() => (api.isMaximized() ? api.exitMaximized() : api.maximize())}>
      {title}
      {count ? <span className="cnt">{count}</span> : null}
    </div>
  );
}

function HeaderActions({ activePanel }: IDockviewHeaderActionsProps) {
  switch (activePanel?.id) {
    case 'stack':
      return <StackActions />;
    case 'exception':
      return <ExceptionActions />;
    case 'breakpoints':
      return <BreakpointsActions />;
    case 'variables':
      return <VariablesActions />;
    case 'watch':
      return <WatchActions />;
    case 'console':
      return <TerminalActions of="console" />;
    case 'program':
      return <TerminalActions of="program" />;
    default:
      return null;
  }
}
