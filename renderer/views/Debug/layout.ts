import type { DockviewApi } from 'dockview-react';

/** Every view of a session, by the name that layouts are remembered under. */
export const PANELS = [
  'threads',
  'stack',
  'exception',
  'breakpoints',
  'source',
  'variables',
  'watch',
  'console',
  'data',
  'process',
  'program',
] as const;
export type PanelId = (typeof PANELS)[number];

const NARROW = 1240;
const BOTTOM = 264;
const THREADS = 104;
const WATCH = 200;
const BREAKPOINTS = 210;

type Place = Partial<Parameters<DockviewApi['addPanel']>[0]>;

/** The default layout of ui.md §2; the second numbers are for narrow windows (§11). */
export function layOut(api: DockviewApi, withProgram: boolean): void {
  const narrow = window.innerWidth < NARROW;
  const add = (id: PanelId, title: string, place: Place = {}) => api.addPanel({ id, component: id, title, ...place });
  const beside = (referencePanel: PanelId, direction: 'left' | 'right' | 'below' | 'above' | 'within') => ({
    position: { referencePanel, direction },
  });
  api.clear();
  add('source', 'Source');
  add('stack', 'Stack', { ...beside('source', 'left'), initialWidth: narrow ? 236 : 286, minimumWidth: 180, minimumHeight: 96 });
  add('exception', 'Exception', { ...beside('stack', 'within'), inactive: true });
  add('variables', 'Variables', { ...beside('source', 'right'), initialWidth: narrow ? 236 : 324, minimumWidth: 180 });
  add('threads', 'Threads', { ...beside('stack', 'above'), initialHeight: THREADS, minimumHeight: 60 });
  add('breakpoints', 'Breakpoints', { ...beside('stack', 'below'), minimumHeight: 96 });
  add('watch', 'Watch', { ...beside('variables', 'below'), minimumHeight: 96 });
  add('console', '(Pdb)', { ...beside('source', 'below'), initialHeight: narrow ? 200 : BOTTOM, minimumHeight: 96 });
  add('data', 'Data', { ...beside('console', 'within'), inactive: true });
  add('process', 'Process', { ...beside('console', 'within'), inactive: true });
  hideSourceHeader(api);
  if (withProgram) addProgram(api, narrow);
  // Sizes that are given while neighbours are still added are shared out anew.
  api.getPanel('threads')?.api.setSize({ height: THREADS });
  api.getPanel('watch')?.api.setSize({ height: WATCH });
  api.getPanel('breakpoints')?.api.setSize({ height: BREAKPOINTS });
}

function addProgram(api: DockviewApi, narrow: boolean): void {
  api.addPanel({
    id: 'program',
    component: 'program',
    title: 'Program',
    position: { referencePanel: 'console', direction: narrow ? 'within' : 'right' },
    inactive: narrow,
    ...(narrow ? {} : { initialWidth: 308 }),
  });
}

/** The source has tabs of its own, a file each; a header above them would say nothing. */
export function hideSourceHeader(api: DockviewApi): void {
  const group = api.getPanel('source')?.group;
  if (group && group.panels.length === 1) group.header.hidden = true;
}
