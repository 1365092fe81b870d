import type { SessionState, StopReason } from '../../preload/protocol/session';
import { visible } from '../../preload/protocol/visible';
import { baseName } from '../store/paths';

const REASONS: Readonly<Record<StopReason, string>> = {
  entry: 'Stopped at the first line',
  step: 'Step',
  breakpoint: 'Breakpoint',
  pause: 'Paused',
  exception: 'Exception',
  'post-mortem': 'Uncaught exception',
  return: 'Returns',
  call: 'Call',
};

/** A stop's reason in a word or two. */
export const reasonWords = (reason: StopReason): string => REASONS[reason];

/** What a session is doing, as its chip and the status bar say it. */
export interface PhaseWords {
  readonly word: string;
  readonly icon: string;
  readonly tone: 'warn' | 'ok' | 'err' | '';
}

export function phaseWords({ phase, capabilities, awaits }: SessionState): PhaseWords {
  if (capabilities.plain && phase.phase === 'running') return { word: 'Plain pdb', icon: 'terminal', tone: 'warn' };
  switch (phase.phase) {
    case 'starting':
      return awaits ? { word: 'Waiting', icon: 'watch', tone: '' } : { word: 'Starting', icon: 'loading', tone: '' };
    case 'running':
      return { word: 'Running', icon: 'debug-start', tone: 'ok' };
    case 'stopped':
      return { word: 'Stopped', icon: 'debug-pause', tone: 'warn' };
    case 'ended':
      return { word: 'Ended', icon: 'primitive-square', tone: phase.exit && (phase.exit.exitCode !== 0 || phase.exit.signal) ? 'err' : '' };
  }
}

/** The banner over the source: what happened, and the rest of the sentence. */
export function stopWords(session: SessionState): { readonly title: string; readonly detail: string; readonly bad: boolean } {
  const { phase } = session;
  if (phase.phase !== 'stopped') return { title: '', detail: '', bad: false };
  const where = phase.at.path ? `${baseName(phase.at.path)}:${phase.at.line}, ${visible(phase.at.name)}` : visible(phase.at.name);
  const { exception } = phase;
  const detail = exception ? `${visible(exception.typeName)}: ${visible(exception.message)}` : where;
  return { title: REASONS[phase.reason], detail, bad: phase.reason === 'post-mortem' || phase.reason === 'exception' };
}

/** What a view says that has nothing to show while the program runs; `otherwise` unless the session is only a terminal. */
export const whileRunning = ({ capabilities }: SessionState, otherwise: string): string =>
  capabilities.plain ? 'Plain pdb tells nothing of the program. Ask it in the console.' : otherwise;

/** One sentence for a screen reader, at each change. */
export function spokenPhase(session: SessionState | undefined): string {
  if (!session) return '';
  const { phase } = session;
  if (phase.phase === 'ended') return visible(phase.why);
  if (phase.phase !== 'stopped') return '';
  const { title } = stopWords(session);
  return `Stopped at ${baseName(phase.at.path)} line ${phase.at.line}, ${title.toLowerCase()}`;
}
