import type { ExceptionFilters, FunctionBreakpoint, SourceBreakpoint } from '../../preload/protocol/breakpoints';
import type { CaseEvent } from '../../preload/protocol/caseEntry';
import type { BoundBreakpoint, BoundFunction } from '../../preload/protocol/session';
import { Failure } from '../failures';
import type { DebuggerBreakpoint, Engine } from '../engines/engine';
import { asCommands, withTyped } from './breakpointTable';

const WAITS = 'Waits for the next stop: pdb takes no breakpoints while the program runs.';

/** The person's lists, as DAP has them: lines, functions, exceptions. */
export interface PersonsBreakpoints {
  readonly source: readonly SourceBreakpoint[];
  readonly functions: readonly FunctionBreakpoint[];
  readonly exceptions: ExceptionFilters;
}

/** Which of the lists. */
export type BreakpointKind = keyof PersonsBreakpoints;

/** How the debugger has them, as far as it said. */
export interface Bound {
  readonly breakpoints: readonly BoundBreakpoint[];
  readonly functionBreakpoints: readonly BoundFunction[];
}

/** What a session's breakpoints need of their session. */
export interface BreakpointsParts {
  lists(): PersonsBreakpoints;
  bound(): Bound;
  update(bound: Partial<Bound>): void;
  record(event: CaseEvent): void;
  /** A dim line in the console. */
  note(command: string): void;
  /** A command typed in the console made the list another. */
  typed(list: readonly SourceBreakpoint[]): void;
}

/** Keeps one debugger's breakpoints and the person's lists the same, whoever changed them. */
export class SessionBreakpoints {
  /** The debugger's table as it was when it last spoke. */
  private table: readonly SourceBreakpoint[] = [];
  /** Lists that have changed since the debugger was told. */
  private readonly changed = new Set<BreakpointKind>();

  constructor(private readonly parts: BreakpointsParts) {}

  /** What was bound at the start says nothing of a list that has changed since. */
  get outdated(): boolean {
    return this.changed.has('source');
  }

  /** A list has changed: bound now when the program is stopped, else at the next stop. */
  async listChanged(kind: BreakpointKind, engine: Engine | undefined): Promise<void> {
    this.changed.add(kind);
    if (engine) return this.bind(engine);
    const { source, functions } = this.parts.lists();
    const bound = this.parts.bound();
    const lines = new Map(bound.breakpoints.map((b) => [`${b.path}:${b.line}`, b]));
    const names = new Map(bound.functionBreakpoints.map((f) => [f.name, f]));
    const waits = { verified: false, message: WAITS, hits: 0 };
    this.parts.update({
      breakpoints: source.map((b) => lines.get(`${b.path}:${b.line}`) ?? { path: b.path, line: b.line, ...waits }),
      functionBreakpoints: functions.map((f) => names.get(f.name) ?? { name: f.name, ...waits }),
    });
  }

  /** The debugger has bound what it was started with. */
  started(bound: readonly BoundBreakpoint[]): void {
    this.table = this.parts.lists().source.filter((b) => bound.some((o) => o.verified && o.path === b.path && o.line === b.line));
  }

  /** The debugger stands still: what was typed joins the list, what was clicked meanwhile is bound. */
  stopped(table: readonly DebuggerBreakpoint[], functions: readonly BoundFunction[], engine: Engine | undefined): void {
    this.reconcile(table, functions);
    if (this.changed.size && engine) void this.bind(engine);
  }

  /** A command changed something without running the program. */
  reconcile(table: readonly DebuggerBreakpoint[], functions: readonly BoundFunction[]): void {
    const mine = this.parts.lists().source;
    const list = withTyped(mine, this.table, table);
    this.table = table;
    if (list !== mine) this.parts.typed(list);
    const standing = new Map(table.map((b) => [`${b.path}:${b.line}`, b]));
    const before = this.parts.bound();
    const breakpoints = list.map((b): BoundBreakpoint => {
      const known = standing.get(`${b.path}:${b.line}`);
      if (known) return { path: b.path, line: b.line, verified: true, message: '', hits: known.hits };
      const earlier = before.breakpoints.find((o) => o.path === b.path && o.line === b.line);
      return earlier ?? { path: b.path, line: b.line, verified: false, message: '', hits: 0 };
    });
    const functionBreakpoints = functions.length ? functions : before.functionBreakpoints;
    if (JSON.stringify({ breakpoints, functionBreakpoints }) !== JSON.stringify(before))
      this.parts.update({ breakpoints, functionBreakpoints });
  }

  private async bind(engine: Engine): Promise<void> {
    const kinds = [...this.changed];
    this.changed.clear();
    for (const kind of kinds) await this.tryToBind(engine, kind);
  }

  private async tryToBind(engine: Engine, kind: BreakpointKind): Promise<void> {
    try {
      await this.bindOne(engine, kind);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.code === 'not-stopped') this.changed.add(kind);
      this.parts.record({ type: 'refused', request: 'breakpoints.set', code: error.code, message: error.message });
    }
  }

  private async bindOne(engine: Engine, kind: BreakpointKind): Promise<void> {
    const { source, functions, exceptions } = this.parts.lists();
    if (kind === 'exceptions') return engine.setExceptionFilters(exceptions);
    if (kind === 'functions') {
      const functionBreakpoints = await engine.setFunctionBreakpoints(functions);
      return this.parts.update({ functionBreakpoints });
    }
    const bound = await engine.setBreakpoints(source);
    const table = source.filter((_, i) => bound[i]?.verified ?? false);
    // Without a channel the commands were typed, and stand in the console already.
    if (engine.expands) for (const command of asCommands(this.table, table)) this.parts.note(command);
    this.table = table;
    this.parts.record({ type: 'breakpoints', body: bound });
    this.parts.update({ breakpoints: bound });
  }
}
