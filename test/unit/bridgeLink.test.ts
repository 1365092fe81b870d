import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { BridgeLink } from '../../main/engines/pdb/bridgeLink';
import { questions } from '../../main/engines/pdb/bridgeMessages';
import type { BridgeEvent } from '../../main/engines/pdb/bridgeMessages';

/** A link whose other end is the test: what it sent, told and complained of. */
function link() {
  const sent: { readonly request: number; readonly command: string; readonly arguments: object }[] = [];
  const told: BridgeEvent[] = [];
  const troubles: string[] = [];
  const made = new BridgeLink(
    (event) => told.push(event),
    (message) => troubles.push(message),
  );
  return {
    made,
    sent,
    told,
    troubles,
    connect: () => made.connect((line) => sent.push(JSON.parse(line))),
    take: (message: unknown) => made.take(JSON.stringify(message)),
  };
}

const PAGE = { items: [], start: 0, total: 0 };

describe('a request', () => {
  test('goes out numbered, and is settled by the answer of its number', async () => {
    const { made, sent, take, connect } = link();
    connect();
    const [first, second] = [made.request(questions.variables, { reference: 4 }), made.request(questions.scopes, { frame: 0 })];
    expect(sent).toEqual([
      { request: 1, command: 'variables', arguments: { reference: 4 } },
      { request: 2, command: 'scopes', arguments: { frame: 0 } },
    ]);
    take({ response: 2, body: [{ name: 'Locals', reference: 1, count: 3 }] });
    take({ response: 1, body: { ...PAGE, total: 9 } });
    expect(await first).toEqual({ ...PAGE, total: 9 });
    expect(await second).toEqual([{ name: 'Locals', reference: 1, count: 3 }]);
  });

  test("is refused with the bridge's own sentence", async () => {
    const { made, take, connect } = link();
    connect();
    const asked = made.request(questions.variables, {});
    take({ response: 1, error: 'The program has moved on.' });
    await expect(asked).rejects.toMatchObject({ code: 'rejected', message: 'The program has moved on.' });
  });

  test('is refused when the answer is another than was asked for', async () => {
    const { made, take, connect } = link();
    connect();
    for (const [i, body] of [null, 7, [], { ...PAGE, items: [{ name: 1 }] }].entries()) {
      const asked = made.request(questions.variables, {});
      take({ response: i + 1, body });
      await expect(asked).rejects.toMatchObject({
        code: 'rejected',
        message: expect.stringContaining('answered variables with something else'),
      });
    }
  });

  test('is refused where there is no channel, and says what to do instead', async () => {
    await expect(link().made.request(questions.scopes, {})).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('Type in the console'),
    });
  });

  test('that is not answered in five seconds is given up', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { made, take, connect, troubles } = link();
    connect();
    const asked = made.request(questions.scopes, {});
    vi.advanceTimersByTime(5000);
    await expect(asked).rejects.toMatchObject({ code: 'timed-out' });
    take({ response: 1, body: [] });
    expect(troubles).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an answer', () => {
  test('to nothing that was asked is left alone', () => {
    const { connect, take, told, troubles } = link();
    connect();
    for (const response of [0, 1, -1, 1e300]) take({ response, body: [] });
    expect([told, troubles]).toEqual([[], []]);
  });

  test('counts once', async () => {
    const { made, connect, take, troubles } = link();
    connect();
    const asked = made.request(questions.scopes, {});
    take({ response: 1, body: [] });
    take({ response: 1, error: 'too late' });
    expect(await asked).toEqual([]);
    expect(troubles).toEqual([]);
  });
});

describe('an event', () => {
  test('is told in order, the first being the bridge’s hello', () => {
    const { take, told } = link();
    take({ protocol: 1, pid: 7, python: '3.11.2', channel: 'unix' });
    take({ event: 'continued', body: { threadId: 3 } });
    take({ event: 'finished', body: { how: 'end', exitCode: 0, text: 'It is over.' } });
    expect(told.map(({ event }) => event)).toEqual(['hello', 'continued', 'finished']);
    expect(told[0]).toEqual({ event: 'hello', body: { protocol: 1, pid: 7, python: '3.11.2', channel: 'unix' } });
  });

  test('may hold more than this version knows', () => {
    const { take, told, troubles } = link();
    take({ event: 'continued', body: { threadId: 3, fibre: 'x' }, later: true });
    expect([told, troubles]).toEqual([[{ event: 'continued', body: { threadId: 3 } }], []]);
  });
});

describe('a line that makes no sense is told, cut short, and changes nothing', () => {
  test.each([
    ['no JSON', '> /a.py(1)<module>()'],
    ['nothing', ''],
    ['half of one', '{"event":"stop'],
    ['a number', '7'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an unknown event', '{"event":"exploded","body":{}}'],
    ['an event without its body', '{"event":"continued"}'],
    ['an event with another body', '{"event":"continued","body":{"threadId":"main"}}'],
    ['a stop for an unknown reason', '{"event":"stopped","body":{"reason":"whim"}}'],
    ['an answer without a number', '{"response":"1","body":[]}'],
    ['an answer that says nothing', '{"response":1}'],
    ['another protocol', '{"protocol":2,"pid":7,"python":"3.11.2","channel":"unix"}'],
    ['an event of the prototype', '{"event":"__proto__","body":{}}'],
    ['very long', 'x'.repeat(1_000_000)],
  ])('%s', async (_, line) => {
    const { made, connect, told, troubles } = link();
    connect();
    const asked = made.request(questions.scopes, {});
    made.take(line);
    expect(told).toEqual([]);
    expect(troubles).toEqual([expect.stringMatching(/^The pdb bridge sent a line that is not of its protocol: /)]);
    expect(troubles[0]?.length).toBeLessThan(300);
    made.take('{"response":1,"body":[]}');
    expect(await asked).toEqual([]);
  });
});

test('closing refuses all that waits, and all that comes after', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { made, connect, take, troubles } = link();
  connect();
  const asked = [made.request(questions.scopes, {}), made.request(questions.variables, {})].map((a) =>
    expect(a).rejects.toMatchObject({ code: 'ended' }),
  );
  expect(made.asks).toBe(true);
  made.close();
  expect(made.asks).toBe(false);
  await Promise.all(asked);
  await expect(made.request(questions.scopes, {})).rejects.toMatchObject({ code: 'rejected' });
  take({ response: 1, body: [] });
  expect(troubles).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
