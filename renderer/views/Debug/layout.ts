import type { DockviewApi } from 'dockview-react';

/** Every view of a session, by the name that layouts are remembered under. */
export const PANELS = ['stack', 'breakpoints', 'source', 'variables', 'console', 'program'] as const;
export type PanelId = (typeof PANELS)[number];

const NARROW = 1240;
const BOTTOM = 264;

/** The default layout of ui.md §2; the second numbers are for narrow windows (§11). */
export function layOut(api: DockviewApi, withProgram: boolean): void {
  const narrow = window.innerWidth < NARROW;
  api.clear();
  api.addPanel({ id: 'source', component: 'source', title: 'Source' });
  api.addPanel({
    id: 'stack',
    component: 'stack',
    title: 'Stack',
    position: { referencePanel: 'source', direction: 'left' },
    initialWidth: narrow ? 236 : 286,
    minimumWidth: 180,
    minimumHeight: 96,
  });
  api.addPanel({
    id: 'variables',
    component: 'variables',
    title: 'Variables',
    position: { referencePanel: 'source', direction: 'right' },
    initialWidth: narrow ? 236 : 324,
    minimumWidth: 180,
  });
  api.addPanel({
    id: 'breakpoints',
    component: 'breakpoints',
    title: 'Breakpoints',
    position: { referencePanel: 'stack', direction: 'below' },
    minimumHeight: 96,
  });
  api.addPanel({
    id: 'console',
    component: 'console',
    title: '(Pdb)',
    position: { referencePanel: 'source', direction: 'below' },
    initialHeight: narrow ? 200 : BOTTOM,
    minimumHeight: 96,
  });
  hideSourceHeader(api);
  if (!withProgram) return;
  const beside = narrow
    ? ({ referencePanel: 'console', direction: 'within' } as const)
    : ({ referencePanel: 'console', direction: 'right' } as const);
  api.addPanel({
    id: 'program',
    component: 'program',
    title: 'Program',
    position: beside,
    inactive: narrow,
    ...(narrow ? {} : { initialWidth: 308 }),
  });
}

/** The source has tabs of its own, a file each; a header above them would say nothing. */
export function hideSourceHeader(api: DockviewApi): void {
  const group = api.getPanel('source')?.group;
  if (group && group.panels.length === 1) group.header.hidden = true;
}
