import { join } from 'node:path';
import { z } from 'zod';
import { exceptionFilters, functionBreakpoint, sourceBreakpoint } from '../preload/protocol/breakpoints';
import type { ExceptionFilters, FunctionBreakpoint, SourceBreakpoint } from '../preload/protocol/breakpoints';
import type { BridgeEvent } from '../preload/protocol/bridge';
import { anchored } from './anchors';
import { Failure } from './failures';
import { KeptFile } from './keptFile';
import { readSource } from './sourceText';
import type { BreakpointKind, PersonsBreakpoints } from './sessions/sessionBreakpoints';
import type { Files } from './transports/transport';

/** What the lists need around them. */
export interface ListsParts {
  readonly files: Files;
  tell(event: BridgeEvent): void;
  /** A list has changed, by whom: each other session binds it. */
  changed(kind: BreakpointKind, by: string | undefined): Promise<void>;
}

type KeptLists = { readonly [K in keyof PersonsBreakpoints]: KeptFile<PersonsBreakpoints[K]> };

/** The person's breakpoints, kept from run to run. */
export class BreakpointLists {
  /** Changes on their way: to sessions, to disk, to the text of their lines. */
  private readonly changing = new Set<Promise<void>>();

  private constructor(
    private readonly parts: ListsParts,
    private readonly kept: KeptLists,
  ) {}

  /** @param folder where they are kept */
  static async open(folder: string, parts: ListsParts): Promise<BreakpointLists> {
    const trouble = (message: string) => console.error(message);
    const open = <T>(name: string, schema: z.ZodType<T>, fallback: T) => KeptFile.open(join(folder, name), { schema, fallback }, trouble);
    return new BreakpointLists(parts, {
      source: await open<readonly SourceBreakpoint[]>('breakpoints.json', z.array(sourceBreakpoint), []),
      functions: await open<readonly FunctionBreakpoint[]>('function-breakpoints.json', z.array(functionBreakpoint), []),
      exceptions: await open<ExceptionFilters>('exception-filters.json', exceptionFilters, exceptionFilters.parse({})),
    });
  }

  get value(): PersonsBreakpoints {
    return { source: this.kept.source.value, functions: this.kept.functions.value, exceptions: this.kept.exceptions.value };
  }

  /** @param by the session in whose console this was typed */
  setSource(list: readonly SourceBreakpoint[], by?: string): Promise<void> {
    const done = this.changeSource(list, by).finally(() => this.changing.delete(done));
    this.changing.add(done);
    return done;
  }

  private async changeSource(list: readonly SourceBreakpoint[], by: string | undefined): Promise<void> {
    const written = this.kept.source.set(list);
    this.parts.tell({ type: 'breakpoints', breakpoints: list });
    await this.parts.changed('source', by);
    await written;
    const unread = new Set(this.kept.source.value.filter((b) => !b.text).map((b) => b.path));
    await Promise.all([...unread].map((path) => this.noteText(path)));
  }

  async setFunctions(functions: readonly FunctionBreakpoint[]): Promise<void> {
    const written = this.kept.functions.set(functions);
    this.parts.tell({ type: 'function-breakpoints', functions });
    await this.parts.changed('functions', undefined);
    await written;
  }

  async setExceptions(filters: ExceptionFilters): Promise<void> {
    const written = this.kept.exceptions.set(filters);
    this.parts.tell({ type: 'exception-filters', filters });
    await this.parts.changed('exceptions', undefined);
    await written;
  }

  /** Nothing more is read or written, once no session changes a list any more. */
  async settled(): Promise<void> {
    await Promise.all(this.changing);
    await Promise.all(Object.values(this.kept).map((file) => file.settled()));
  }

  /** Before a program is started: every breakpoint moves with its file, or says that it may be wrong. */
  async followEdits(): Promise<void> {
    const paths = new Set(this.kept.source.value.map((b) => b.path));
    await Promise.all([...paths].map((path) => this.follow(path)));
  }

  private async follow(path: string): Promise<void> {
    const text = await this.textOf(path);
    if (text === undefined) return;
    const { here, others } = this.of(path);
    const moved = anchored(here, text);
    if (moved !== here) await this.setSource([...others, ...moved]);
  }

  /** Remembers the text of lines on which breakpoints were just set; moves none. */
  private async noteText(path: string): Promise<void> {
    const text = await this.textOf(path);
    if (text === undefined) return;
    const { here, others } = this.of(path);
    const noted = here.map((b) => (b.text ? b : (anchored([b], text)[0] ?? b)));
    if (noted.every((b, i) => b === here[i])) return;
    const list = [...others, ...noted];
    const written = this.kept.source.set(list);
    this.parts.tell({ type: 'breakpoints', breakpoints: list });
    await written;
  }

  private of(path: string) {
    const here = this.kept.source.value.filter((b) => b.path === path);
    return { here, others: this.kept.source.value.filter((b) => b.path !== path) };
  }

  /** Undefined for what is no readable file: a notebook's cell, a module in a zip, one that is gone. */
  private async textOf(path: string): Promise<string | undefined> {
    try {
      return (await readSource(path, this.parts.files)).text;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return undefined;
    }
  }
}
