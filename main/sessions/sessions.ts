import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { BridgeEvent } from '../../preload/protocol/bridge';
import type { SourceBreakpoint } from '../../preload/protocol/breakpoints';
import { launchTitle } from '../../preload/protocol/launch';
import type { LaunchConfig } from '../../preload/protocol/launch';
import type { SessionId } from '../../preload/protocol/session';
import { errorCode, Failure, notAvailable, sessionsNotKept, unknownSession, unknownTerminal } from '../failures';
import type { Stage } from '../engines/engine';
import type { Arrived } from '../engines/pdb/adopted';
import { invite, openDoor } from '../engines/pdb/invitation';
import type { OpenDoor } from '../engines/pdb/invitation';
import { PdbEngine } from '../engines/pdb/pdbEngine';
import { pdbCommand } from '../engines/pdb/pdbStart';
import type { Transport } from '../transports/transport';
import { Session } from './session';
import type { SessionParts } from './session';
import type { SessionTerminal } from './sessionTerminal';
import type { PersonsBreakpoints } from './sessionBreakpoints';
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
  breakpoints(): PersonsBreakpoints;
  typedBreakpoints(list: readonly SourceBreakpoint[], by: SessionId): void;
}

/** `A` to `Z`, then `S27` and on: short enough for a badge, never given twice in one run. */
const letter = (count: number): SessionId => (count <= 26 ? String.fromCharCode(64 + count) : `S${count}`);

/** A failure's sentence; anything else is a fault of ours and is thrown on. */
function said(error: unknown): string {
  if (error instanceof Failure) return error.message;
  throw error;
}

/** All sessions of this run, in the order in which they were started. */
export class Sessions {
  private readonly open = new Map<SessionId, Session>();
  /** Sessions that still wait for their program. */
  private readonly expecting = new Map<SessionId, PdbEngine>();
  private readonly doors = new Map<SessionId, OpenDoor>();
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
    const { probe, channel, transport } = this.parts;
    const env = { ...this.parts.env, ...config.env };
    const id = letter(++this.started);
    const comesBySelf = config.kind === 'waiting' || config.kind === 'process';
    const door = comesBySelf || config.children === 'follow' ? await openDoor(transport, (one) => this.enter(id, one)) : undefined;
    if (door) this.doors.set(id, door);
    const pdb = { config, env, probe, channel, door: door?.place, breakpoints: this.parts.breakpoints() };
    const start = async (stage: Stage) => {
      if (!comesBySelf) return PdbEngine.start(stage, pdb);
      if (!door) throw notAvailable('There is no door for a program to come in by. Launch the program instead.');
      const engine = await PdbEngine.expect(stage);
      this.expecting.set(id, engine);
      await invite(stage, door.place, { config, env, probe });
      return engine;
    };
    await this.begin({ id, config, title: launchTitle(config), parent: undefined, start }, pdbCommand(config, probe, ''));
    return id;
  }

  /** A process has come in by a session's door: it is what the session waits for, or becomes a session beside it. */
  private enter(at: SessionId, arrived: Arrived): void {
    const parent = this.open.get(at);
    if (!parent) return arrived.visitor.close();
    const isOurs = arrived.papers.how === 'fork' || arrived.papers.how === 'spawn';
    const engine = this.expecting.get(at);
    if (engine) {
      this.expecting.delete(at);
      return engine.receive(arrived, this.parts.breakpoints(), isOurs);
    }
    const { argv, pid } = arrived.papers;
    const name = basename(argv[0] ?? '') || parent.state.title;
    const start = async (stage: Stage) => {
      const child = await PdbEngine.expect(stage);
      child.receive(arrived, this.parts.breakpoints(), isOurs);
      return child;
    };
    const id = letter(++this.started);
    void this.begin({ id, config: parent.config, title: `${name}, pid ${pid}`, parent: at, start }, argv).catch((error: unknown) => {
      arrived.visitor.close();
      parent.trouble(`Process ${pid} has stopped and could not be shown, so it runs on without a debugger: ${said(error)}`);
    });
  }

  private async begin(of: Pick<SessionParts, 'id' | 'config' | 'title' | 'parent' | 'start'>, command: readonly string[]): Promise<void> {
    const folder = join(this.parts.folder, `${new Date().toISOString().replace(/[:.]/g, '-')}-${of.id}`);
    await this.make(folder);
    const budget = new SpoolBudget(this.parts.spoolBudget());
    const session = new Session({ ...this.parts, ...of, folder, debugger: 'pdb', budget });
    this.open.set(of.id, session);
    try {
      await session.start(command);
    } catch (error) {
      await this.close(of.id);
      throw error;
    }
  }

  /** Ends the session's program if it runs and forgets it. Its folder stays. */
  async close(id: SessionId): Promise<void> {
    const session = this.get(id);
    await session.close();
    this.open.delete(id);
    this.expecting.delete(id);
    this.doors.get(id)?.close();
    this.doors.delete(id);
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
