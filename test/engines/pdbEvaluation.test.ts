import { afterEach, describe, expect, test } from 'vitest';
import { plainBreakpoint } from '../../preload/protocol/breakpoints';
import { evaluationQueries } from '../../preload/protocol/queries/evaluation';
import { ALL_PYTHONS, SOME_PYTHONS } from '../helpers/bridgeSession';
import { scopeList } from '../helpers/bridgeMessages';
import { HOSTILE, LEDGER, lineOf, Stopped } from '../helpers/stopped';

let open: Stopped | undefined;
afterEach(() => open?.close());
const stopBefore = async (...at: Parameters<typeof Stopped.before>): Promise<Stopped> => (open = await Stopped.before(...at));

describe.each(ALL_PYTHONS)('on Python $version', ({ path: python }) => {
  test('a function shows what it closes over apart from its locals', async () => {
    const stopped = await stopBefore(python, 'return total\n'.trim());
    expect(stopped.at.scopes.map((scope) => scope.name)).toEqual(['Locals', 'Closure', 'Globals']);
    expect((await stopped.children(await stopped.scope('Closure'))).map((item) => `${item.name}=${item.value}`).sort()).toEqual([
      "agreed={'base': 3}",
      'share=3',
    ]);
    expect(stopped.at.locals.items.map((item) => item.name)).not.toContain('share');
    expect(scopeList.parse(await stopped.it.request('scopes', { frame: 1 })).map((scope) => scope.name)).toEqual(['Locals', 'Globals']);
  });

  test('an expression is read in any frame without running code', async () => {
    const stopped = await stopBefore(python, 'return total\n'.trim());
    const read = Object.fromEntries(
      await Promise.all(
        [
          'total',
          "agreed['base'] + share * 2",
          'account.owner',
          'account.currency',
          'account.entries[-1].amount',
          'account.entries[0].kind',
          'amounts[1:]',
          'len(amounts) == 3 and amounts[0] < 20',
          'RATE if total is not None else 0',
          'Kind.DEBIT',
          "'e' in 'tea'",
          '20 in amounts',
          'type(account)',
          '-total // 7',
          '(total, share)',
          'time.struct_time.n_fields',
          'account.balance',
        ].map(async (expression) => [expression, await stopped.shows(expression)]),
      ),
    );
    expect(read).toEqual({
      total: '78',
      "agreed['base'] + share * 2": '9',
      'account.owner': "'Ann'",
      'account.currency': "'EUR'",
      'account.entries[-1].amount': '30',
      'account.entries[0].kind': "<Kind.DEBIT: 'debit'>",
      'amounts[1:]': '[20, 30]',
      'len(amounts) == 3 and amounts[0] < 20': 'True',
      'RATE if total is not None else 0': '3',
      'Kind.DEBIT': "<Kind.DEBIT: 'debit'>",
      "'e' in 'tea'": 'True',
      '20 in amounts': 'True',
      'type(account)': "<class 'Account'>",
      '-total // 7': '-12',
      '(total, share)': '(78, 3)',
      'time.struct_time.n_fields': '11',
      'account.balance': '<bound method Account.balance>',
    });
    expect(await stopped.shows("prices['rent']", { frame: 1 })).toBe('900');
    expect(await stopped.shows('prices', { frame: 0 })).toBe("NameError: name 'prices' is not defined.");
    expect(await stopped.evaluate('account.balance')).toMatchObject({ runsCode: false, why: '', variable: { type: 'method' } });
  });

  test('what would run code is not run, and the sentence names the part', async () => {
    const stopped = await stopBefore(python, "print('total', total");
    const refused = async (expression: string) => {
      const { variable, runsCode, why } = await stopped.evaluate(expression);
      expect(variable).toBeNull();
      return `${runsCode ? 'runs' : 'wrong'}: ${why}`;
    };
    expect(await refused('account.entries[0].fee + 1')).toBe('runs: account.entries[0].fee is a property: evaluating it runs code.');
    expect(await refused('account.balance()')).toBe('runs: account.balance() is a call: evaluating it runs code.');
    expect(await refused('remote.name')).toBe('runs: remote.name is made by __getattr__: evaluating it runs code.');
    expect(await refused('[x for x in amounts]')).toBe('runs: [x for x in amounts] is a comprehension: evaluating it runs code.');
    expect(await refused("f'{total}'")).toContain('formats values: evaluating it runs code.');
    expect(await refused('10 ** 10 ** 10')).toContain('The number grows beyond 500,000 bits.');
    expect(await refused('account.nothing')).toBe('wrong: AttributeError: Account has no attribute nothing.');
    expect(await refused('amounts[9]')).toBe('wrong: IndexError: list index out of range.');
    expect(await refused("prices['coffee']")).toBe("wrong: KeyError: 'coffee'.");
    expect(await refused('total / 0')).toBe('wrong: ZeroDivisionError: division by zero.');
    expect(await refused('total = 5')).toBe('wrong: This is a statement, not an expression. Type it in the console.');
    expect(await refused('total +')).toContain('wrong: SyntaxError: ');
    expect(await refused(`${'('.repeat(5000)}1${')'.repeat(5000)}`)).toContain('wrong: ');
    expect(await stopped.shows('looked')).toBe('[]');
  });

  test('evaluating runs code where the program stands, prints to its terminal, and says how it failed', async () => {
    const stopped = await stopBefore(python, "print('total', total");
    expect(await stopped.shows('account.entries[0].fee + remote.x.count("X")', { run: true })).toBe('1');
    const { locals } = await stopped.it.next('changed');
    expect(locals.items.map((item) => item.name)).toContain('total');
    expect(await stopped.shows('[n + total for n in amounts if n in amounts]', { run: true })).toBe('[88, 98, 108]');
    expect(await stopped.shows('threading.current_thread() is threading.main_thread()', { run: true })).toBe('True');
    expect(await stopped.shows('amounts.append(40)', { run: true })).toBe('None');
    expect(await stopped.shows('amounts')).toBe('[10, 20, 30, 40]');
    expect(await stopped.evaluate('amounts[99]', { run: true })).toMatchObject({
      variable: null,
      why: 'IndexError: list index out of range',
    });
    expect(await stopped.shows('exit(3)', { run: true })).toBe('SystemExit: 3');
    expect(await stopped.shows('total = 5', { run: true })).toContain('SyntaxError');
    expect(await stopped.shows("print('from', 'the program')", { run: true })).toBe('None');
    await stopped.it.program.shows('from the program');
    expect(stopped.it.console.text).not.toContain('from the program');
    expect(await stopped.shows('breakpoint()', { run: true })).toBe('None');
  });

  test('a breakpoint does not stop inside an evaluation', async () => {
    const stopped = await stopBefore(python, "print('total', total");
    const inside = plainBreakpoint(LEDGER, lineOf(LEDGER, 'return sum(entry.amount'));
    await stopped.it.request('setBreakpoints', { breakpoints: [inside] });
    expect(await stopped.shows('account.balance()', { run: true })).toBe('60');
    stopped.it.type('next');
    expect((await stopped.it.next('stopped')).frames[0]?.name).toBe('main');
  });

  test('an evaluation that takes too long is interrupted, and a half-typed line survives', async () => {
    const stopped = await stopBefore(python, "print('total', total");
    stopped.it.keys('p tot');
    await stopped.it.console.shows('(Pdb) p tot');
    expect(await stopped.shows('spin(60)', { run: true, timeoutMs: 100 })).toMatch(
      /^It was interrupted after 0\.\d s, the time it is given\.$/,
    );
    expect(await stopped.shows('time.sleep(60)', { run: true, timeoutMs: 100 })).toContain('the time it is given.');
    stopped.it.keys('al\n');
    await stopped.it.console.shows('(Pdb) p total\r\n78');
    expect(await stopped.shows('total')).toBe('78');
  });

  test('cancel ends an evaluation at once, and requests behind it are answered', async () => {
    const stopped = await stopBefore(python, "print('total', total");
    const long = stopped.shows("(print('begun'), spin(60))", { run: true, timeoutMs: 60_000 });
    await stopped.it.program.shows('begun');
    const behind = stopped.shows('total');
    expect(await stopped.it.request('cancel')).toEqual({});
    expect(await long).toMatch(/^It was interrupted after \d+\.\d s\.$/);
    expect(await behind).toBe('78');
    expect(await stopped.it.request('cancel')).toEqual({});
    expect(await stopped.shows('total + 1', { run: true })).toBe('79');
  });

  test('reading expressions of hostile objects runs none of their code', async () => {
    const stopped = await stopBefore(python, 'looked = 1', HOSTILE);
    const asked = [
      'evil.kept',
      'evil.price',
      'evil.secret',
      'evil == 1',
      'evil + 1',
      'not evil',
      'evil in inside',
      'evil and 1',
      'len(evil)',
      'guarded.watched',
      'guarded.plain',
      'guarded.kept',
      'guarded.nothing',
      'guarded[0]',
      'guarded + 1',
      'guarded()',
      '1 in guarded',
      "colliding['sought']",
      "colliding['other']",
      "missing['b']",
      "missing['a']",
      'keys[evil]',
      'several',
      '1 in several',
      'made.left',
      'made.right',
      'Made.left',
      'Made.nothing',
      'Made == 1',
      'spied_list[0]',
      'len(spied_list)',
      "spied_dict['a']",
      'spied_str + "a"',
      'spied_int + 1',
      'spied_int < 2',
      '-spied_int',
      'spied_list[spied_int]',
      '"a" * spied_int',
      'spied_tuple[:1]',
      '1 if spied_int else 2',
      'error.args',
      'red.value',
      'Color.RED',
      'f"{evil}"',
      '{evil: 1}',
      '[*inside]',
      'evil[0]',
      'evil is red',
      'deep[0][0]',
      'oddly_named.kept',
      'spies[0][0]',
      'type(made)',
      'id(evil)',
      'evil.__class__',
      'Made.__name__',
      'evil.__dict__',
    ];
    const answers = await Promise.all(asked.map(async (expression) => [expression, await stopped.evaluate(expression)] as const));
    for (const [, { tookMs }] of answers) expect(tookMs).toBeLessThan(100);
    for (const format of ['text', 'json', 'csv'] as const)
      for (const scope of stopped.at.scopes)
        expect(JSON.stringify(await stopped.text(scope.reference, format)).length).toBeLessThan(150_000);
    expect(await stopped.shows('touched')).toBe('[]');
    const shown = new Map(answers.map(([expression, { variable, why }]) => [expression, variable?.value ?? why]));
    expect(shown.get('guarded.plain')).toBe('7');
    expect(shown.get('guarded.watched')).toBe('guarded.watched is a descriptor: evaluating it runs code.');
    expect(shown.get("colliding['other']")).toBe('2');
    expect(shown.get("missing['a']")).toBe('1');
    expect(shown.get('evil is red')).toBe('False');
    expect(await stopped.shows('evil == 1', { run: true })).toBe('True');
    expect(await stopped.shows('touched')).not.toBe('[]');
  });
});

describe.each(SOME_PYTHONS)('on Python $version', ({ path: python }) => {
  test('an evaluation that cannot be interrupted is answered, and the next one is refused until it ends', async () => {
    const stopped = await stopBefore(python, "print('total', total");
    expect(await stopped.shows('settle(5)', { run: true, timeoutMs: 100 })).toMatch(
      /^It did not end within 2 s of its interrupt: .* What comes of it is dropped\.$/,
    );
    expect(await stopped.shows('total')).toBe('78');
    await expect(stopped.shows('total', { run: true })).rejects.toThrow(
      'The evaluation before this one could not be interrupted and has not ended.',
    );
  });

  test('a request that waits long for an evaluation is refused, before the workbench gives it up', async () => {
    const stopped = await stopBefore(python, "print('total', total");
    const long = stopped.it.request('evaluate', { expression: 'spin(3.4)', frame: 0, run: true, timeoutMs: 60_000 });
    await expect(stopped.shows('total')).rejects.toThrow('The program evaluates an expression. Cancel that, or wait until it ends.');
    expect(evaluationQueries.evaluate.answer.parse(await long).variable?.value).toBe('3.4');
    expect(await stopped.shows('total')).toBe('78');
  });

  test('in another thread an evaluation runs in a thread of its own, says so, and can be interrupted', async () => {
    const stopped = await stopBefore(python, "print('total', total");
    const inThread = await stopped.it.step('continue');
    expect(inThread.threadName).not.toBe('MainThread');
    expect(await stopped.evaluate('found + 1', { run: true })).toMatchObject({
      variable: { value: '4' },
      why: 'The prompt is not in the main thread, so this was evaluated in a thread of its own.',
    });
    expect((await stopped.it.next('changed')).threadName).toBe(inThread.threadName);
    expect(await stopped.shows('spin(60)', { run: true, timeoutMs: 100 })).toContain('the time it is given.');
    expect(await stopped.set(await stopped.scope('Locals'), ['found', '500'])).toBe('500');
    stopped.it.type('return');
    expect((await stopped.it.next('stopped')).returned?.value).toBe('500');
  });
});
