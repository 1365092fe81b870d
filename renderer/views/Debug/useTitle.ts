import { useView } from '../../store/store';
import { activeSession } from '../../store/view';

/** A pane's name and the count beside it. */
export function useTitle(panel: string): { readonly title: string; readonly count: string } {
  const session = useView(activeSession);
  const breakpoints = useView((v) => v.breakpoints.length);
  switch (panel) {
    case 'stack':
      return { title: 'Stack', count: session?.phase.phase === 'stopped' ? String(session.phase.frameCount) : '' };
    case 'breakpoints':
      return { title: 'Breakpoints', count: String(breakpoints) };
    case 'variables':
      return { title: 'Variables', count: session?.phase.phase === 'stopped' ? `frame ${session.phase.frame.id}` : '' };
    case 'console':
      return { title: '(Pdb)', count: '' };
    case 'program':
      return { title: 'Program', count: '' };
    default:
      return { title: 'Source', count: '' };
  }
}
