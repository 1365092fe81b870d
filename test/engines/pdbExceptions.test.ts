import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { queries } from '../../preload/protocol/queries/queries';
import type { ExceptionNode } from '../../preload/protocol/queries/exceptions';
import { ALL_PYTHONS, BridgeSession, PROGRAMS, packBridge, ROOT } from '../helpers/bridgeSession';
import { scopeList, variablePage } from '../helpers/bridgeMessages';

const PRICES = join(PROGRAMS, 'prices.py');
const ASKED = /PriceError was asked for its text/g;
const minor = (version: string) => Number(version.split('.')[1]);
const WITH_COLUMNS = ALL_PYTHONS.filter(({ version }) => minor(version) >= 11);

let bridge = '';
let session: BridgeSession | undefined;
beforeAll(() => {
  bridge = packBridge();
});
afterEach(() => session?.close());

async function failing(python: string, way: string): Promise<BridgeSession> {
  session = await BridgeSession.start({ python, bridge, script: 'prices.py', args: [way], stopOnEntry: false });
  await session.next('stopped');
  return session;
}

const infoOf = async (it: BridgeSession) => queries.exceptionInfo.answer.parse(await it.request('exceptionInfo'));

/** `PriceError <cause ValueError`: one line a node, indented by its depth. */
function outline(nodes: readonly ExceptionNode[]): readonly string[] {
  const depth = (node: ExceptionNode): number => {
    const parent = nodes[node.parent];
    return parent ? depth(parent) + 1 : 0;
  };
  return nodes.map((node) => `${'  '.repeat(depth(node))}${node.relation} ${node.typeName}: ${node.message}`);
}
const lines = (node: ExceptionNode | undefined) => node?.frames.map((frame) => `${frame.name.replace(/<.*>\./, '')}:${frame.line}`);

async function localsOf(it: BridgeSession, node: number, frame: number): Promise<readonly string[]> {
  const scopes = scopeList.parse(await it.request('exceptionScopes', { node, frame }));
  const reference = scopes.find((scope) => scope.name === 'Locals')?.reference;
  const { items } = variablePage.parse(await it.request('variables', { reference, start: 0, count: 100 }));
  return items.map((item) => `${item.name} = ${item.value}`);
}

describe.each(ALL_PYTHONS)('on Python $version', ({ path: python, version }) => {
  test('a post mortem tells causes and contexts down to the first, with notes and without asking a __str__', async () => {
    const it = await failing(python, 'all');
    await it.console.shows('(Pdb) ');
    const before = it.console.text.match(ASKED)?.length;
    const { nodes, handled } = await infoOf(it);
    expect(outline(nodes)).toEqual([
      "raised KeyError: 'bread'",
      "  context PriceError: 'bread', 'a price is missing'",
      expect.stringContaining('    cause ValueError: could not convert string to float: '),
    ]);
    expect(nodes[1]?.notes).toEqual(['2 of 3 lists were read.', 'Ask the bakery.']);
    expect(handled).toBe(false);
    expect(lines(nodes[0])).toEqual(['<module>:133', 'read_all:51']);
    expect(lines(nodes[1])).toEqual(['read_all:48', 'read_list:41']);
    expect(nodes[1]?.frames.map((frame) => frame.path)).toEqual([PRICES, PRICES]);
    expect(nodes[1]?.frames[1]?.text).toBe("        raise PriceError(listing, 'a price is missing') from error");
    it.type('p "still here"');
    await it.console.shows("'still here'");
    expect(it.console.text.match(ASKED)?.length).toBe(before);
  });

  test('each frame of each exception has its own locals', async () => {
    const it = await failing(python, 'all');
    const { nodes } = await infoOf(it);
    expect(await localsOf(it, 0, 1)).toContain("prices = {'apple': 1.2, 'pear': 0.8}");
    expect(await localsOf(it, 1, 1)).toEqual(expect.arrayContaining(["listing = 'bread'", "lines = ['rye=3.40', 'spelt=']"]));
    const innermost = (nodes[2]?.frames.length ?? 0) - 1;
    expect(await localsOf(it, 2, innermost)).toEqual(expect.arrayContaining(["text = 'spelt='", "name = 'spelt'"]));
    await expect(it.request('exceptionScopes', { node: 9, frame: 0 })).rejects.toThrow('There is no such frame of an exception');
  });

  test('a context hidden by `from None` is told, as hidden', async () => {
    const it = await failing(python, 'hide');
    const { nodes } = await infoOf(it);
    expect(nodes.map((node) => `${node.relation} ${node.typeName}`)).toEqual([
      'raised LookupError',
      'suppressed-context PriceError',
      'cause ValueError',
    ]);
  });

  test('of a deep recursion the first 50 and the last 150 frames are told, and that the rest repeats', async () => {
    const it = await failing(python, 'deep');
    const { nodes, tookMs } = await infoOf(it);
    const node = nodes[0];
    expect(node).toMatchObject({ frameCount: 903, omitted: 703, omittedAt: 50, recurs: true });
    expect(node?.frames).toHaveLength(200);
    expect([49, 50, 199].map((at) => node?.frames[at]?.id)).toEqual([49, 753, 902]);
    expect(tookMs).toBeLessThan(500);
    expect(await localsOf(it, 0, 902)).toContain('rounds = 0');
    expect(await localsOf(it, 0, 400)).toContain('rounds = 502');
  });

  test('a circle of causes ends where it began', async () => {
    const it = await failing(python, 'circle');
    expect(outline((await infoOf(it)).nodes)).toEqual(['raised ValueError: first', '  cause TypeError: second']);
  });

  test('a SyntaxError tells the place and the text that could not be compiled', async () => {
    const it = await failing(python, 'rule');
    const { nodes } = await infoOf(it);
    expect(nodes[0]?.message).toBe('invalid syntax (bread.txt, line 2)');
    expect(nodes[0]?.place).toEqual({ path: join(ROOT, 'test/programs/rules/bread.txt'), line: 2, column: 12, text: '    price = = 3' });
  });

  test('the exception that a stepped line raises is told with the whole stack it may pass', async () => {
    session = await BridgeSession.start({
      python,
      bridge,
      script: 'prices.py',
      args: ['mend'],
      breakpoints: [{ path: PRICES, line: 41 }],
      stopOnEntry: false,
    });
    await session.next('stopped');
    const stop = await session.step('next');
    expect(stop.reason).toBe('exception');
    const { nodes, handled } = await infoOf(session);
    expect(handled).toBe(false);
    expect(nodes.map((node) => `${node.relation} ${node.typeName}`)).toEqual(['raised PriceError', 'cause ValueError']);
    expect(lines(nodes[0])).toEqual(['<module>:133', 'mend:88', 'read_list:41']);
  });

  test('inside an except block the exception is told that is being handled; outside there is none', async () => {
    session = await BridgeSession.start({
      python,
      bridge,
      script: 'prices.py',
      args: ['mend'],
      breakpoints: [{ path: PRICES, line: 90 }],
    });
    await session.next('stopped');
    expect(await infoOf(session)).toMatchObject({ nodes: [], handled: false, message: '' });
    await session.step('continue');
    const { nodes, handled } = await infoOf(session);
    expect(handled).toBe(true);
    expect(nodes.map((node) => node.typeName)).toEqual(['PriceError', 'ValueError']);
    expect(lines(nodes[0])).toEqual(['mend:88', 'read_list:41']);
    session.type('continue');
    await session.next('finished');
  });

  test('members of a group come with their number, their causes and their own frames', async () => {
    const it = await failing(python, 'check');
    const { nodes } = await infoOf(it);
    expect(nodes[0]).toMatchObject({ typeName: 'ExceptionGroup', message: 'lists that cannot be read (3 sub-exceptions)', members: 3 });
    expect(nodes.map((node) => `${node.parent} ${node.relation} ${node.member} ${node.typeName}`)).toEqual([
      '-1 raised 0 ExceptionGroup',
      '0 member 1 PriceError',
      '1 cause 0 ValueError',
      '0 member 2 PriceError',
      '3 cause 0 ValueError',
      '0 member 3 KeyError',
    ]);
    expect(await localsOf(it, 5, 1)).toEqual(["listing = 'milk'"]);
  });

  test('an exception that answers for its own attributes is not asked', async () => {
    const it = await failing(python, 'guard');
    await it.console.shows('(Pdb) ');
    const before = it.console.text.match(/GuardedError was asked/g)?.length ?? 0;
    const { nodes } = await infoOf(it);
    expect(outline(nodes)).toEqual(['raised GuardedError: at the till', "  cause KeyError: 'milk'"]);
    expect(nodes[0]?.frames.length).toBe(2);
    it.type('p "still here"');
    await it.console.shows("'still here'");
    expect(it.console.text.match(/GuardedError was asked/g)?.length ?? 0).toBe(before);
  });

  test('columns are those of the failing expression, in characters, where Python knows them', async () => {
    const it = await failing(python, 'umlaut');
    const frame = (await infoOf(it)).nodes[0]?.frames[1];
    expect(frame?.name).toBe('ümlaut');
    expect(frame?.range).toEqual(minor(version) < 11 ? undefined : { column: 28, endLine: 105, endColumn: 37 });
  });
});

describe.each(WITH_COLUMNS)('on Python $version', ({ path: python }) => {
  test('frames of a post mortem carry the columns too, as the stack shows them', async () => {
    session = await BridgeSession.start({ python, bridge, script: 'prices.py', args: ['all'], stopOnEntry: false });
    const { frames } = await session.next('stopped');
    expect(frames.map((frame) => [frame.name, frame.range])).toEqual([
      ['read_all', { column: 23, endLine: 51, endColumn: 38 }],
      ['<module>', { column: 6, endLine: 133, endColumn: 25 }],
    ]);
  });

  test('an ordinary stop costs no look at columns', async () => {
    session = await BridgeSession.start({ python, bridge, script: 'prices.py', args: ['mend'] });
    const { frames } = await session.next('stopped');
    expect(frames.every((frame) => frame.range === undefined)).toBe(true);
  });
});
