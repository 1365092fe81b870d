/** How a screen is laid out, in characters. */
export interface ScreenSize {
  readonly cols: number;
  readonly rows: number;
}

/** What a page tells of its screens. */
export interface ScreenWatch {
  /** Settles with when the terminal's buffer held everything before `offset`: milliseconds of the wall clock. */
  drawn(terminal: string, offset: number): Promise<number>;
  /** The size that the terminal was last given. */
  size(terminal: string): ScreenSize | undefined;
  /** Looks at a screen before a key is pressed. */
  expectEcho(role: string): void;
  /** Milliseconds from that key's event until the buffer of that screen held another text. */
  echo(): Promise<number>;
  /** All rows of a screen, as text. */
  text(role: string): string;
}

declare global {
  interface Window {
    screenWatch?: ScreenWatch;
  }
}

/**
 * Runs in the page before its scripts do, and asks nothing again and again: xterm takes output into its buffer either
 * within the socket's message, or later, and then the screen acknowledges it through the socket.
 */
export function watchScreens(): void {
  const drawn = new Map<string, { readonly offset: number; readonly at: number }>();
  const sizes = new Map<string, ScreenSize>();
  const listeners = new Set<(at: number) => void>();
  let pressed: number | undefined;
  let echoed: Promise<number> | undefined;

  const tell = (at: number) => listeners.forEach((listener) => listener(at));
  const told = <T>(look: (at: number) => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const listener = (at: number) => {
        const found = look(at);
        if (found === undefined) return;
        listeners.delete(listener);
        resolve(found);
      };
      listeners.add(listener);
      listener(performance.now());
    });

  const text = (role: string): string => {
    const screen = document.querySelector(`[data-testid="terminal-${role}"] .screen`);
    if (!screen) throw new Error(`there is no screen ${role}`);
    return String(Reflect.get(screen, 'readText').call(screen));
  };

  const sent = (message: string) => {
    const at = performance.now();
    const { name, params } = JSON.parse(message);
    if (name === 'terminal.resize') sizes.set(params.terminal, { cols: params.cols, rows: params.rows });
    if (name !== 'terminal.acknowledge') return;
    drawn.set(params.terminal, { offset: params.offset, at: Date.now() });
    tell(at);
  };

  const { send } = WebSocket.prototype;
  const watched = new WeakSet<WebSocket>();
  WebSocket.prototype.send = function watching(data) {
    if (typeof data === 'string') sent(data);
    send.call(this, data);
    if (watched.has(this)) return;
    watched.add(this);
    // From the first message on, so behind the page's own listener: what that one did is done.
    this.addEventListener('message', (message) => pressed !== undefined && message.data instanceof ArrayBuffer && tell(performance.now()));
  };
  window.addEventListener('keydown', ({ timeStamp }) => (pressed = timeStamp), true);

  window.screenWatch = {
    text,
    size: (terminal) => sizes.get(terminal),
    drawn: (terminal, offset) =>
      told(() => {
        const seen = drawn.get(terminal);
        return seen && seen.offset >= offset ? seen.at : undefined;
      }),
    expectEcho(role) {
      const before = text(role);
      pressed = undefined;
      echoed = told((at) => (pressed === undefined || text(role) === before ? undefined : at - pressed)).finally(
        () => (pressed = undefined),
      );
    },
    echo: () => echoed ?? Promise.reject(new Error('no echo was expected')),
  };
}
