declare global {
  interface Window {
    /** Milliseconds from the navigation to the end of the first frame in which the page could be used. */
    usableAfter?: Promise<number>;
  }
}

/**
 * Runs in the page before its scripts do. The empty page is usable with its first frame, the workbench when the first
 * button of Start answers a click: Start then gives way to what the button opens.
 */
export function watchPaint(): void {
  const isEmpty = location.pathname === '/empty.html';
  const start = () => document.querySelector('.start');
  const button = () => start()?.querySelector('button');

  /** The end of a frame: the first task behind its drawing. */
  const frame = () =>
    new Promise<number>((resolve) =>
      requestAnimationFrame(() => {
        const behind = new MessageChannel();
        behind.port1.addEventListener('message', () => resolve(performance.now()));
        behind.port1.start();
        behind.port2.postMessage(undefined);
      }),
    );

  const appeared = (there: () => boolean) =>
    new Promise<void>((resolve) => {
      const changes = new MutationObserver(() => {
        if (!there()) return;
        changes.disconnect();
        resolve();
      });
      changes.observe(document, { childList: true, subtree: true });
    });

  const answers = async (): Promise<boolean> => {
    if (isEmpty) return true;
    button()?.click();
    await Promise.resolve();
    // React keeps what gives way in the page, hidden, until its successor is loaded.
    return start()?.checkVisibility() !== true;
  };

  const usable = async (): Promise<number> => {
    await appeared(() => Boolean(isEmpty ? document.querySelector('p') : button()));
    let at = await frame();
    while (!(await answers())) at = await frame();
    return at;
  };
  window.usableAfter = usable();
}
