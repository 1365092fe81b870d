import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { LocalTransport } from '../../main/transports/local/localTransport';
import type { Door, Terminal, Visitor } from '../../main/transports/transport';
import type { SourceBreakpoint } from '../../preload/protocol/breakpoints';
import { bodies, incoming } from './bridgeMessages';
import type { Bodies, EventName } from './bridgeMessages';
import { Screen } from './bridgeScreen';
import { within } from './within';

const LONGEST_WAIT_MS = 8_000;
const SIZE = { cols: 100, rows: 30 };
const papersSchema = z
  .object({
    token: z.string(),
    protocol: z.literal(1),
    pid: z.number(),
    python: z.string(),
    channel: z.literal('unix'),
    ppid: z.number(),
    argv: z.array(z.string()),
    how: z.string(),
  })
  .strict();

/** What is waited for until it is there. */
class Watch {
  private readonly waiting = new Set<() => void>();

  wake(): void {
    for (const waiter of [...this.waiting]) waiter();
  }

  async until<T>(what: () => string, look: () => T | undefined): Promise<T> {
    let waiter = () => {};
    const found = new Promise<T>((resolve) => {
      waiter = () => {
        const value = look();
        if (value !== undefined) resolve(value);
      };
      this.waiting.add(waiter);
      waiter();
    });
    try {
      return await within(LONGEST_WAIT_MS, what(), found);
    } catch (error) {
      throw new Error(`${String(error)}; seen: ${what()}`, { cause: error });
    } finally {
      this.waiting.delete(waiter);
    }
  }
}

/** One process that came in: its events, and the console that it was lent. */
export class Visit {
  readonly console = new Screen('console');
  readonly events: { readonly name: EventName; readonly body: unknown }[] = [];
  isGone = false;
  terminal: Terminal | undefined;
  private cursor = 0;
  private requests = 0;
  private readonly answers = new Map<number, { readonly body?: unknown; readonly error?: string | undefined }>();
  private readonly watch = new Watch();

  constructor(
    readonly papers: z.infer<typeof papersSchema>,
    readonly visitor: Visitor,
  ) {}

  type(line: string): void {
    this.terminal?.write(`${line}\n`);
  }

  async next<N extends EventName>(name: N): Promise<Bodies[N]> {
    const schema = bodies[name];
    const seen = () => `event ${name} of ${this.papers.pid}, after ${this.events.map((e) => e.name).join(' ')}; ${this.console.text}`;
    const found = await this.watch.until(seen, () => {
      const at = this.events.findIndex((event, index) => index >= this.cursor && event.name === name);
      if (at < 0) return undefined;
      this.cursor = at + 1;
      return this.events[at];
    });
    return schema.parse(found.body);
  }

  async step(command: string): Promise<Bodies['stopped']> {
    this.type(command);
    return this.next('stopped');
  }

  async request(command: string, args: unknown = {}): Promise<unknown> {
    const number = ++this.requests;
    this.visitor.send(JSON.stringify({ request: number, command, arguments: args }));
    const answer = await this.watch.until(
      () => `answer to ${command}`,
      () => this.answers.get(number),
    );
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.body;
  }

  /** Settles when the process has hung up. */
  gone(): Promise<true> {
    return this.watch.until(
      () => `end of ${this.papers.pid}`,
      () => this.isGone || undefined,
    );
  }

  take(line: string): void {
    const message = incoming.parse(JSON.parse(line));
    if ('response' in message) this.answers.set(message.response, message);
    else if ('event' in message) this.events.push({ name: message.event, body: message.body });
    this.watch.wake();
  }

  left(): void {
    this.isGone = true;
    this.watch.wake();
  }
}

/** A real door, behind which every process that comes is lent a tty and told of the breakpoints. */
export class DoorKeeper {
  readonly visits: Visit[] = [];
  breakpoints: readonly SourceBreakpoint[] = [];
  readonly token = randomBytes(16).toString('hex');
  private readonly transport = new LocalTransport();
  private readonly watch = new Watch();
  private door: Door | undefined;
  private greeted = 0;

  static async open(): Promise<DoorKeeper> {
    const keeper = new DoorKeeper();
    keeper.door = await keeper.transport.openDoor(keeper.token, (visitor, greeting) => keeper.receive(visitor, greeting));
    return keeper;
  }

  get place(): { readonly path: string; readonly token: string } {
    return { path: this.door?.address.slice('unix:'.length) ?? '', token: this.token };
  }

  /** The next process that has come in. */
  async visit(): Promise<Visit> {
    return this.watch.until(
      () => `visitor ${this.greeted + 1}`,
      () => (this.visits.length > this.greeted ? this.visits[this.greeted++] : undefined),
    );
  }

  signal(pid: number, name: NodeJS.Signals): boolean {
    return this.transport.signal(pid, name);
  }

  /** A folder with these files, gone with the keeper. */
  folder(files: Readonly<Record<string, string>>): Promise<string> {
    return this.transport.privateFolder(files);
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  private receive(visitor: Visitor, greeting: string) {
    const visit = new Visit(papersSchema.parse(JSON.parse(greeting)), visitor);
    void this.lend(visit);
    return { line: (line: string) => visit.take(line), closed: () => visit.left() };
  }

  private async lend(visit: Visit): Promise<void> {
    visit.terminal = await this.transport.openTty(SIZE, { data: (chunk) => visit.console.add(chunk), exit: () => {}, close: () => {} });
    const { breakpoints } = this;
    visit.visitor.send(JSON.stringify({ console: visit.terminal.ttyName, breakpoints, functionBreakpoints: [], exceptionFilters: null }));
    this.visits.push(visit);
    this.watch.wake();
  }
}
