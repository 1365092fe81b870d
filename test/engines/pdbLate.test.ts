import { afterEach, beforeAll, expect, test } from 'vitest';
import { ALL_PYTHONS, BridgeSession, packBridge } from '../helpers/bridgeSession';

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

/** One of each part that is loaded when it is first asked for. */
const ASKED: readonly (readonly [string, object])[] = [
  ['tasks', {}],
  ['openFiles', {}],
  ['collector', {}],
  ['exceptionInfo', {}],
  ['stepInTargets', {}],
  ['evaluate', { expression: '__name__', frame: 0, run: false, timeoutMs: 1000 }],
];

test.each(ALL_PYTHONS)(
  'on Python $version what is loaded late imports nothing that the program’s folder could offer',
  async ({ path: python }) => {
    session = await BridgeSession.start({ python, bridge, script: 'orders.py' });
    await session.next('stopped');
    session.type('import sys; before = set(sys.modules)');
    await session.next('changed');
    for (const [command, args] of ASKED) await session.request(command, args);
    session.type('late = set(sys.modules) - before; other = [n for n in late if not n.startswith("casebook_bridge.")]');
    const { locals } = await session.next('changed');
    const value = (name: string) => locals.items.find((item) => item.name === name)?.value;
    expect(value('late')).toContain('casebook_bridge.');
    expect(value('other')).toBe('[]');
  },
);
