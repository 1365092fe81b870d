import type { CDPSession } from '@playwright/test';

/** Runs a script in a window and gives its value, or its promise's. Playwright takes a page that crashed once for lost, so there are other ways. */
export type RunScript = (script: string) => Promise<unknown>;

/** Every pane's name and place, for telling whether a layout is the same. */
export const LAYOUT = `[...document.querySelectorAll('.dv-groupview')].map((pane) => [pane.textContent.slice(0, 5), Math.round(pane.getBoundingClientRect().left)].join(' '))`;

/** A script whose promise settles when an element has this text, or draws it. */
export const seen = (selector: string, text: string) => `new Promise((seen) => {
  const look = () => {
    const element = document.querySelector(${JSON.stringify(selector)});
    const said = element?.readText?.() ?? element?.textContent ?? '';
    if (!said.includes(${JSON.stringify(text)})) return;
    observer.disconnect();
    document.removeEventListener('drawn', look, true);
    seen(true);
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  document.addEventListener('drawn', look, true);
  look();
})`;

/** Presses Reload on a crashed tab, as a person does. */
export async function reloadTab(browser: CDPSession, address: string): Promise<RunScript> {
  const { targetInfos } = await browser.send('Target.getTargets');
  const target = targetInfos.find((info) => info.type === 'page' && info.url.startsWith(address));
  if (!target) throw new Error(`no tab of ${address} among ${targetInfos.map((info) => info.url).join(' ')}`);
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
  let asked = 0;
  const waiting = new Map<number, (result: unknown) => void>();
  const loaded = new Promise<void>((done) =>
    browser.on('Target.receivedMessageFromTarget', ({ message }) => {
      const told: { id?: number; method?: string; result?: unknown } = JSON.parse(message);
      if (told.method === 'Page.frameStoppedLoading') done();
      if (told.id !== undefined) waiting.get(told.id)?.(told.result);
    }),
  );
  const send = (method: string, params: object = {}) =>
    new Promise<unknown>((answered) => {
      waiting.set(++asked, answered);
      void browser.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: asked, method, params }) });
    });
  // A crashed page cannot answer this one; it is told of all the same.
  void send('Page.enable');
  void send('Page.reload');
  await loaded;
  return async (script) => {
    const answer = await send('Runtime.evaluate', { expression: script, awaitPromise: true, returnByValue: true });
    if (JSON.stringify(answer).includes('exceptionDetails')) throw new Error(JSON.stringify(answer));
    return answer;
  };
}
