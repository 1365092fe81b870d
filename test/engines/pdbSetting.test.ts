import { afterEach, describe, expect, test } from 'vitest';
import { ALL_PYTHONS } from '../helpers/bridgeSession';
import { LEDGER, lineOf, Stopped } from '../helpers/stopped';

let open: Stopped | undefined;
afterEach(() => open?.close());
const stopBefore = async (...at: Parameters<typeof Stopped.before>): Promise<Stopped> => (open = await Stopped.before(...at));

describe.each(ALL_PYTHONS)('on Python $version', ({ path: python }) => {
  test('setting a value reaches variables of any frame, globals, closures, elements and attributes', async () => {
    const stopped = await stopBefore(python, 'return total\n'.trim());
    expect(await stopped.set(await stopped.scope('Locals'), ['total', 'total + 1000'])).toBe('1078');
    const changed = await stopped.it.next('changed');
    expect(changed.locals.items.find((item) => item.name === 'total')?.value).toBe('1078');
    expect(await stopped.set(await stopped.scope('Closure'), ['share', '50'])).toBe('50');
    expect(await stopped.set(await stopped.scope('Globals'), ['RATE', '4'])).toBe('4');
    expect(await stopped.set(await stopped.scope('Locals', 1), ['word', "'book'"], 1)).toBe("'book'");
    const locals = await stopped.scope('Locals');
    const amounts = await stopped.child(locals, 'amounts');
    expect(await stopped.set(amounts.reference, ['1', '-1'])).toBe('-1');
    const account = await stopped.child(locals, 'account');
    expect(await stopped.set(account.reference, ['owner', "'Bob'"])).toBe("'Bob'");
    const prices = await stopped.child(await stopped.scope('Locals', 1), 'prices');
    expect(await stopped.set(prices.reference, ["'tea'", '5'])).toBe('5');
    expect(await stopped.set(prices.reference, ['3', '[]'])).toBe('[]');
    expect(await stopped.shows('(total, RATE, amounts, account.owner, share)')).toBe("(1078, 4, […], 'Bob', 50)");
    stopped.it.type('return');
    const returned = await stopped.it.next('stopped');
    expect(returned.returned?.value).toBe('1078');
    stopped.it.type('next');
    const caller = await stopped.it.next('stopped');
    expect(caller.locals.items.find((item) => item.name === 'total')?.value).toBe('1078');
    expect(await stopped.shows('(word, prices)')).toBe("('book', {…})");
    expect(await stopped.shows("(prices['tea'], prices[3], amounts[1])")).toBe('(5, [], -1)');
    await stopped.it.step('next');
    await stopped.it.program.shows('total 1078 of book');
  });

  test('what cannot be set is refused with a sentence', async () => {
    const stopped = await stopBefore(python, "print('total', total");
    const locals = await stopped.scope('Locals');
    const reference = async (name: string) => (await stopped.child(locals, name)).reference;
    await expect(stopped.set(await reference('pair'), ['0', '5'])).rejects.toThrow(
      'A tuple cannot be changed in place. Set the variable that holds it.',
    );
    expect(await stopped.set(await reference('limit'), ['most', '1'])).toContain("FrozenInstanceError: cannot assign to field 'most'");
    expect(await stopped.set(locals, ['total', 'nowhere'])).toBe("NameError: name 'nowhere' is not defined");
    expect(await stopped.set(locals, ['total', 'x = 1'])).toBe('This is a statement, not an expression. Type it in the console.');
    await expect(stopped.set(locals, ['nothing', '1'])).rejects.toThrow('There is no variable nothing in this scope.');
    await expect(stopped.set(9999, ['a', '1'])).rejects.toThrow('This value belongs to an earlier stop.');
    expect(await stopped.shows('total')).toBe('78');
  });

  test('values of the standard library are shown as what they are', async () => {
    const stopped = await stopBefore(python, 'ready = True');
    const shown = Object.fromEntries(stopped.at.locals.items.map((item) => [item.name, item.value]));
    expect(shown).toMatchObject({
      day: '2024-02-29',
      moment: '2024-02-29 13:05:09.000060 UTC',
      clock: '06:30:00',
      span: '1 day, 0:00:05',
      price: "Decimal('12.50')",
      part: 'Fraction(1, 3)',
      key: "UUID('12345678-1234-5678-1234-567812345678')",
      folder: "PurePosixPath('/srv/ledger/may.csv')",
      pattern: "re.compile('[a-z]+')",
      samples: "array('i', [1, 2, 3])",
      seen: '<weakref to Account>',
      later: 'partial(<function fees>, …)',
      names: "mappingproxy({'a': 1})",
      rights: expect.stringMatching(/^<Right\.(READ\|WRITE|WRITE\|READ): 3>$/),
      kind: "<Kind.CREDIT: 'credit'>",
      fresh: `<generator entries, not started, ledger.py:${lineOf(LEDGER, 'def entries')}>`,
      waiting: `<generator entries, suspended at ledger.py:${lineOf(LEDGER, "yield Entry('rent'")}>`,
      counts: "Counter({'a': 2, 'b': 1})",
      error: "ValueError('no such account')",
    });
    const children = async (name: string) => {
      const found = stopped.at.locals.items.find((item) => item.name === name);
      return (await stopped.children(found?.reference ?? 0)).map((item) => `${item.name}=${item.value}`);
    };
    expect(await children('samples')).toEqual(['0=1', '1=2', '2=3']);
    expect(await children('error')).toEqual(["args[0]='no such account'", "__notes__=['asked twice']"]);
    expect(await children('names')).toEqual(["'a'=1"]);
  });

  test('a value is copied as a tree, as JSON and as CSV', async () => {
    const stopped = await stopBefore(python, 'return total\n'.trim());
    const account = await stopped.child(await stopped.scope('Locals'), 'account');
    expect((await stopped.text(account.reference, 'text')).text.split('\n').slice(0, 4)).toEqual([
      "Account(entries=[…], owner='Ann')",
      '  entries: [<Entry>, <Entry>, <Entry>]',
      "    0: Entry(text='posting', amount=10, kind=Kind.DEBIT)",
      "      text: 'posting'",
    ]);
    const entries = await stopped.child(account.reference, 'entries');
    expect(JSON.parse((await stopped.text(entries.reference, 'json')).text)).toEqual(
      [10, 20, 30].map((amount) => ({ text: 'posting', amount, kind: 'Kind.DEBIT' })),
    );
    expect((await stopped.text(entries.reference, 'csv')).text.split('\r\n')).toEqual([
      'text,amount,kind',
      ...[10, 20, 30].map((amount) => `posting,${amount},Kind.DEBIT`),
      '',
    ]);
    const numbers = await stopped.evaluate('list(range(1000000))', { run: true });
    const { text, complete } = await stopped.text(numbers.variable?.reference ?? 0, 'json');
    expect(complete).toBe(false);
    expect(JSON.parse(text).slice(0, 3)).toEqual([0, 1, 2]);
    expect(text.length).toBeLessThan(128_000);
  });
});
