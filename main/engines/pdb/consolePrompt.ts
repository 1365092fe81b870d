import { rejected } from '../../failures';

/** A prompt takes a command in under a millisecond; this long means that something else reads the console. */
const TAKEN_WITHIN_MS = 3000;

const NOT_TAKEN =
  'The console did not take the command: something else reads there, such as interact or a list of commands. Finish it in the console, then try again.';

/** Waits until a command that was typed at the prompt has had its effect, or was refused. */
export class ConsolePrompt {
  private readonly waiting = new Set<{ check(): void; refuse(message: string): void }>();

  /** Something happened: whoever waits looks again. */
  moved(): void {
    for (const waiter of [...this.waiting]) waiter.check();
  }

  /** The debugger refused what was typed. */
  refused(message: string): void {
    for (const waiter of [...this.waiting]) waiter.refuse(message);
  }

  /** @throws Failure `rejected` with the debugger's words, or when nothing happens for 3 s */
  until(done: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(waiter);
        end();
      };
      const waiter = {
        check: () => {
          if (done()) settle(resolve);
        },
        refuse: (message: string) => settle(() => reject(rejected(message))),
      };
      const timer = setTimeout(() => settle(() => reject(rejected(NOT_TAKEN))), TAKEN_WITHIN_MS);
      this.waiting.add(waiter);
      waiter.check();
    });
  }
}
