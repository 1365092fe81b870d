import { useView } from '../../store/store';
import { activeSession } from '../../store/view';

/** A pane's name and the count beside it. */
export function useTitle(panel: string): { readonly title: string; readonly count: string } {
  const session = useView(activeSession);
  const breakpoints = useView((v) => v.breakpoints.length + v.functionBreakpoints.length);
  const watches = useView((v) => v.settings.watches[session?.folder ?? '']?.length ?? 0);
  switch (panel) {
    case 'stack':
      return { title: 'Stack', count: session?.phase.phase === 'stopped' ? String(session.phase.frameCount) : '' };
    case 'breakpoints':
      return { title: 'Breakpoints', count: String(breakpoints) };
    case 'threads': {
      const waiting = session?.phase.phase === 'stopped' ? session.phase.waiting.length : 0;
      return { title: 'Threads', count: waiting ? `${waiting} wait` : '' };
    }
    case 'exception':
      return { title: 'Exception', count: session?.phase.phase === 'stopped' && session.phase.exception ? '1' : '' };
    case 'watch':
      return { title: 'Watch', count: watches ? String(watches) : '' };
    case 'data':
      return { title: 'Data', count: '' };
    case 'process':
      return { title: 'Process', count: '' };
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
