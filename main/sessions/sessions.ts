import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BridgeEvent, SourceBreakpoint } from '../../preload/protocol/bridge';
import type { LaunchConfig } from '../../preload/protocol/launch';
import type { SessionId } from '../../preload/protocol/session';
import { errorCode, Failure, sessionsNotKept, unknownSession, unknownTerminal } from '../failures';
import { PdbEngine, pdbCommand } from '../engines/pdb/pdbEngine';
import type { Transport } from '../transports/transport';
import { Session } from './session';
import type { SessionTerminal } from './sessionTerminal';
import { SpoolBudget } from './spool';

/** What sessions share. */
export interface SessionsParts {
  readonly transport: Transport;
  /** Each session has a folder of its own in here. */
  readonly folder: string;
  readonly probe: string;
  readonly env: Readonly<Record<string, string>>;
  readonly channel: 'socket' | 'osc';
  spoolBudget(): number;
  tell(event: BridgeEvent, window?: number): void;
  breakpoints(): readonly SourceBreakpoint[];
  typedBreakpoints(list: readonly SourceBreakpoint[], by: SessionId): void;
}

/** `A` to `Z`, then `S27` and on: short enough for a badge, never given twice in one run. */
const letter = (count: number): SessionId => (count <= 26 ? String.fromCharCode(64 + count) : `S${count}`);

/** All sessions of this run, in the order in which they were started. */
export class Sessions {
  private readonly open = new Map<SessionId, Session>();
  private started = 0;

  constructor(private readonly parts: SessionsParts) {}

  get all(): readonly Session[] {
    return [...this.open.values()];
  }

  get(id: SessionId): Session {
    const session = this.open.get(id);
    if (!session) throw unknownSession(id);
    return session;
  }

  terminal(id: string): { session: Session; terminal: SessionTerminal } {
    for (const session of this.all) {
      const terminal = session.terminals.find((t) => t.id === id);
      if (terminal) return { session, terminal };
    }
    throw unknownTerminal(id);
  }

  /** @throws Failure when the debugger cannot be started; nothing is left of the session then */
  async launch(config: LaunchConfig): Promise<SessionId> {
    const id = letter(++this.started);
    const { probe, channel } = this.parts;
    const folder = join(this.parts.folder, `${new Date().toISOString().replace(/[:.]/g, '-')}-${id}`);
    await this.make(folder);
    const env = { ...this.parts.env, ...config.env };
    const session = new Session({
      ...this.parts,
      id,
      folder,
      config,
      title: basename(config.program),
      debugger: 'pdb',
      budget: new SpoolBudget(this.parts.spoolBudget()),
      start: (stage) => PdbEngine.start(stage, { config, env, probe, channel, breakpoints: this.parts.breakpoints() }),
    });
    this.open.set(id, session);
    try {
      await session.start(pdbCommand(config, probe, ''));
    } catch (error) {
      await this.close(id);
      throw error;
    }
    return id;
  }

  /** Ends the session's program if it runs and forgets it. Its folder stays. */
  async close(id: SessionId): Promise<void> {
    const session = this.get(id);
    await session.close();
    this.open.delete(id);
    this.parts.tell({ type: 'session-closed', session: id });
  }

  /** @returns a sentence for each session of which something could not be saved */
  async closeAll(): Promise<readonly string[]> {
    const closed = await Promise.allSettled(this.all.map((s) => this.close(s.state.id)));
    return closed.flatMap((one) => {
      if (one.status === 'fulfilled') return [];
      if (one.reason instanceof Failure) return [one.reason.message];
      throw one.reason;
    });
  }

  private async make(folder: string): Promise<void> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      if (!errorCode(error)) throw error;
      throw sessionsNotKept(this.parts.folder, error);
    }
  }
}
