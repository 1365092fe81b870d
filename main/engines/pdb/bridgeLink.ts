import type { z } from 'zod';
import { rejected, sessionEnded, timedOut } from '../../failures';
import { bridgeEvent, bridgeResponse, hello } from './bridgeMessages';
import type { BridgeEvent, Question } from './bridgeMessages';

/** The bridge answers in milliseconds; this long means that the program holds the interpreter. */
const ANSWER_WITHIN_MS = 5000;

interface Waiting {
  settle(body: unknown): void;
  fail(error: Error): void;
}

/** Both directions of the talk with a bridge: events come out, requests go in and are matched with their answers. */
export class BridgeLink {
  private readonly waiting = new Map<number, Waiting>();
  private sent = 0;
  private send: ((line: string) => void) | undefined;

  /** @param event called with each event in order; @param trouble with a sentence when a line makes no sense */
  constructor(
    private readonly event: (event: BridgeEvent) => void,
    private readonly trouble: (message: string) => void,
  ) {}

  /** True once there is a way to ask. */
  get asks(): boolean {
    return this.send !== undefined;
  }

  /** From now on requests go out by this way. */
  connect(send: (line: string) => void): void {
    this.send = send;
  }

  /** Takes one line or message of the bridge. Anything that is not of the protocol is told and dropped. */
  take(line: string): void {
    const message = parse(line);
    const response = bridgeResponse.safeParse(message);
    if (response.success) return this.answer(response.data);
    const first = hello.safeParse(message);
    if (first.success) return this.event({ event: 'hello', body: first.data });
    const event = bridgeEvent.safeParse(message);
    if (event.success) return this.event(event.data);
    this.trouble(`The pdb bridge sent a line that is not of its protocol: ${line.slice(0, 200)}`);
  }

  /**
   * @param longer milliseconds that the question itself lets the program take
   * @throws Failure `rejected` with the bridge's sentence, `timed-out`, or `ended`
   */
  request<T>(question: Question<T>, args: object, longer = 0): Promise<T> {
    const limit = ANSWER_WITHIN_MS + longer;
    const { command } = question;
    const send = this.send;
    if (!send)
      return Promise.reject(
        rejected('This session has no channel for requests, so values cannot be expanded. Type in the console instead.'),
      );
    const request = ++this.sent;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(request);
        reject(timedOut('The pdb bridge', limit));
      }, limit);
      this.waiting.set(request, {
        settle: (body) => {
          clearTimeout(timer);
          const answer = question.answer.safeParse(body);
          if (answer.success) resolve(answer.data);
          else reject(rejected(`The pdb bridge answered ${command} with something else: ${answer.error.message.slice(0, 200)}`));
        },
        fail: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      send(JSON.stringify({ request, command, arguments: args }));
    });
  }

  /** Nothing will be answered any more. */
  close(): void {
    this.send = undefined;
    for (const { fail } of this.waiting.values()) fail(sessionEnded());
    this.waiting.clear();
  }

  private answer(response: z.infer<typeof bridgeResponse>): void {
    const waiting = this.waiting.get(response.response);
    this.waiting.delete(response.response);
    if (!waiting) return;
    if ('error' in response) waiting.fail(rejected(response.error));
    else waiting.settle(response.body);
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
