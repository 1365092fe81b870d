import { z } from 'zod';
import type { ExceptionFilters, FunctionBreakpoint, SourceBreakpoint } from '../../../preload/protocol/breakpoints';
import type { TerminalSize } from '../../../preload/protocol/terminal';
import { sessionEnded } from '../../failures';
import type { Terminal, Transport, Visitor, VisitorListener } from '../../transports/transport';

const INTERRUPT = '\x03';

/** What a process shows at the door: its own word, so none of it is more than a name. */
const papersSchema = z.object({
  pid: z.number().int().positive(),
  ppid: z.number().int(),
  argv: z.array(z.string()),
  /** `fork` and `spawn` for a child, `breakpoint` and `attach` for a program that was started elsewhere. */
  how: z.enum(['fork', 'spawn', 'breakpoint', 'attach']),
});
export type Papers = z.infer<typeof papersSchema>;

/** A process that has come in by a door of ours. */
export interface Arrived {
  readonly papers: Papers;
  readonly greeting: string;
  readonly visitor: Visitor;
  /** Keeps what the process says until somebody listens. */
  readonly inbox: Inbox;
}

/** What a process is told when it comes in, beside its console. */
export interface Wanted {
  readonly source: readonly SourceBreakpoint[];
  readonly functions: readonly FunctionBreakpoint[];
  readonly exceptions: ExceptionFilters;
}

/** Reads a process's first line. Undefined when it is not of this protocol. */
export function papersOf(greeting: string): Papers | undefined {
  try {
    return papersSchema.safeParse(JSON.parse(greeting)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The bridge's settings for one that runs already. */
export const doorSettings = (door: DoorPlace, how: 'breakpoint' | 'attach', brought: Brought): string =>
  JSON.stringify({ door, how, ...brought });

/** What a bridge that comes by itself has to know: its own file, there, and whether its children come too. */
export interface Brought {
  readonly probe: string;
  readonly children: 'follow' | 'leave';
}

/** Where a bridge comes in, and with which word. */
export interface DoorPlace {
  readonly path: string;
  readonly token: string;
}

/** The line that lends a process its console. */
export const welcome = (ttyName: string, { source, functions, exceptions }: Wanted): string =>
  JSON.stringify({ console: ttyName, breakpoints: source, functionBreakpoints: functions, exceptionFilters: exceptions });

/** What a process says before its engine is there: a terminal takes a moment to open. */
export class Inbox implements VisitorListener {
  private readonly kept: string[] = [];
  private gone = false;
  private listener: VisitorListener | undefined;

  line(line: string): void {
    if (this.listener) this.listener.line(line);
    else this.kept.push(line);
  }

  closed(): void {
    this.gone = true;
    this.listener?.closed();
  }

  /** Tells what was kept, and everything from now on. */
  deliver(to: VisitorListener): void {
    this.listener = to;
    for (const line of this.kept.splice(0)) to.line(line);
    if (this.gone) to.closed();
  }
}

/**
 * A tty that is lent to a process. It is not the process's controlling terminal, so the kernel makes no signals of its keys:
 * Ctrl-C cancels a half-typed line by SIGINT, and stops a running program by SIGURG, which does nothing in a program that
 * does not know it.
 */
export class LentConsole implements Terminal {
  /** Of the process, once it has come in. */
  pid: number | undefined;

  constructor(
    private readonly tty: Terminal,
    private readonly transport: Transport,
    private readonly atPrompt: () => boolean,
  ) {}

  get ttyName(): string {
    return this.tty.ttyName;
  }

  write(data: string | Uint8Array): void {
    if (typeof data !== 'string' || !data.includes(INTERRUPT)) return this.tty.write(data);
    this.signal(this.atPrompt() ? 'SIGINT' : 'SIGURG');
    const rest = data.slice(data.lastIndexOf(INTERRUPT) + 1);
    if (rest) this.tty.write(rest);
  }

  resize(size: TerminalSize): void {
    this.tty.resize(size);
  }

  signal(name: NodeJS.Signals): void {
    if (this.pid !== undefined && !this.transport.signal(this.pid, name)) throw sessionEnded();
  }

  pause(): void {
    this.tty.pause();
  }

  resume(): void {
    this.tty.resume();
  }

  close(): void {
    this.tty.close();
  }
}
