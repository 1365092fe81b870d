import type { Params, RequestName, Result } from '../../../preload/protocol/bridge';
import type { TerminalRole } from '../../../preload/protocol/session';
import { Refusal } from '../../store/connect';
import { onEvent, perform, request, useView } from '../../store/store';
import { Screen } from '../../widgets/screen';
import { openTarget } from './openTarget';

const screens = new Map<string, Screen>();
const hovers = new Set<(terminal: string, target: string) => void>();

/** The one screen of a terminal; made when it is first shown, and kept until its session is closed. */
export function screenOf(id: string, role: TerminalRole): Screen {
  const known = screens.get(id);
  if (known) return known;
  const screen = new Screen(
    { id, role, look: look() },
    {
      attach: async (offset) => {
        const attached = await tryTo('terminal.attach', { terminal: id, offset });
        return attached && { ...attached, size: attached.state.size };
      },
      acknowledge: (offset) => void tryTo('terminal.acknowledge', { terminal: id, offset }),
      write: (data) => void writeInPieces(id, data),
      resize: ({ cols, rows }) => void tryTo('terminal.resize', { terminal: id, cols, rows }),
      onEvent,
      open: openTarget,
      hover: (target) => hovers.forEach((hover) => hover(id, target)),
    },
  );
  screens.set(id, screen);
  return screen;
}

/** Asks for what only a terminal that is there can do. When the link is cut or the session closed, the window is told of it elsewhere. */
async function tryTo<N extends RequestName>(name: N, params: Params<N>): Promise<Result<N> | undefined> {
  try {
    return await request(name, params);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}

const look = () => {
  const { terminalFontSize, screenReader } = useView.getState().settings;
  return { fontSize: terminalFontSize, screenReader };
};

/** A request carries 64 kB at most; a pasted text may be longer. Cut between characters, sent in order. */
const PIECE = 16_000;
async function writeInPieces(terminal: string, data: string): Promise<void> {
  const characters = data.length > PIECE ? [...data] : [data];
  for (let at = 0; at < characters.length; at += PIECE) {
    const sent = await perform('terminal.write', { terminal, data: characters.slice(at, at + PIECE).join('') });
    if (!sent) return;
  }
}

/** @returns stops telling */
export function onHover(listener: (terminal: string, target: string) => void): () => void {
  hovers.add(listener);
  return () => hovers.delete(listener);
}

useView.subscribe((view, before) => {
  if (view.settings !== before.settings) for (const screen of screens.values()) screen.look(look());
  if (view.link.state === 'open' && before.link.state === 'lost') for (const screen of screens.values()) void screen.again();
  for (const [id, screen] of screens) {
    if (view.sessions === before.sessions || view.sessions.some((s) => s.terminals.some((t) => t.id === id))) continue;
    screen.dispose();
    screens.delete(id);
  }
});
