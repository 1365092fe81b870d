import { Terminal } from '@xterm/headless';
import { describe, expect, test } from 'vitest';
import { dropReplies, limitRepeats } from '../../renderer/widgets/dropReplies';
import { QUERIES } from '../transcripts/queries';
import { codeIn, read } from './sourceFiles';

/** A terminal as a pane has it, and what it would type into the program behind it. */
function terminal(role: 'console' | 'program') {
  const made = new Terminal({ allowProposedApi: true, cols: 80, rows: 24, logLevel: 'off' });
  limitRepeats(made.parser);
  if (role === 'console') dropReplies(made.parser);
  let typed = '';
  made.onData((data) => (typed += data));
  made.onBinary((data) => (typed += data));
  return {
    made,
    async print(text: string | Uint8Array): Promise<string> {
      typed = '';
      await new Promise<void>((drawn) => made.write(text, drawn));
      return typed;
    },
  };
}

/** Whether it has been told to type by itself: at a click, at a change of focus. */
const reports = ({ made }: ReturnType<typeof terminal>): boolean => made.modes.mouseTrackingMode !== 'none' || made.modes.sendFocusMode;

describe('a console types nothing by itself', () => {
  test.each(QUERIES)('%s', async (_, text) => {
    const console = terminal('console');
    expect(await console.print(text)).toBe('');
    expect(await console.print([...text].join(''))).toBe('');
    expect(reports(console)).toBe(false);
  });

  test('wherever a query is cut in two', async () => {
    for (const [, text] of QUERIES) {
      for (let at = 1; at < text.length; at++) {
        const console = terminal('console');
        expect((await console.print(text.slice(0, at))) + (await console.print(text.slice(at)))).toBe('');
      }
    }
  });

  test('also after a reset, soft or full', async () => {
    const console = terminal('console');
    for (const reset of ['\x1b[!p', '\x1bc']) {
      await console.print(reset);
      for (const [, text] of QUERIES) expect(await console.print(text)).toBe('');
    }
  });

  test('and still shows text, colours, links and titles', async () => {
    const console = terminal('console');
    let title = '';
    console.made.onTitleChange((to) => (title = to));
    await console.print(
      '\x1b]0;pdb\x07\x1b[?25l\x1b[?2004h\x1b[31m(Pdb) \x1b[0m\x1b]4;1;rgb:ff/00/00\x07\x1b]8;;https://a.example\x07x\x1b]8;;\x07',
    );
    expect(title).toBe('pdb');
    expect(console.made.modes.bracketedPasteMode).toBe(true);
    expect(console.made.buffer.active.getLine(0)?.translateToString(true)).toBe('(Pdb) x');
  });
});

test("a program's terminal answers, so this would be noticed", async () => {
  const answered = await Promise.all(QUERIES.map(async ([name, text]) => ((await terminal('program').print(text)) ? [name] : [])));
  expect(answered.flat()).toEqual(
    expect.arrayContaining([
      'DA1: what are you',
      'DA2: which version',
      'DSR: are you well',
      'CPR: where is the cursor',
      'DECXCPR',
      'DECRQSS: how is text drawn',
      'DECRQM: which modes',
    ]),
  );
  const program = terminal('program');
  await program.print('\x1b[?1000h\x1b[?1004h');
  expect(reports(program)).toBe(true);
});

test('a terminal that is given back answers again', async () => {
  const made = new Terminal({ allowProposedApi: true });
  const dropped = dropReplies(made.parser);
  dropped.dispose();
  let typed = '';
  made.onData((data) => (typed += data));
  await new Promise<void>((drawn) => made.write('\x1b[c', drawn));
  expect(typed).not.toBe('');
});

test('no terminal is made with window options: an undefined one makes xterm throw at a question', async () => {
  expect(codeIn('renderer', 'main').filter((file) => read(file).includes('windowOptions:'))).toEqual([]);
  expect((await terminal('program').print('\x1b[21t')).length).toBe(0);
});

/** Sequences as a hostile program might make them up: half of them well formed, half cut, mixed or nonsense. */
function fuzz(seed: number): () => string {
  let random = seed;
  const next = (below: number): number => (random = (random * 48_271) % 2_147_483_647) % below;
  const one = (of: readonly string[]): string => of[next(of.length)] ?? '';
  const many = (most: number, make: () => string): string => Array.from({ length: next(most + 1) }, make).join('');
  const digits = () =>
    one([
      '',
      '0',
      '1',
      '4',
      '5',
      '6',
      '11',
      '13',
      '14',
      '18',
      '21',
      '25',
      '996',
      '1000',
      '1004',
      '2026',
      '2147483648',
      '99999999999999999999',
    ]);
  const params = () => digits() + many(3, () => one([';', ':']) + digits());
  const any = () => String.fromCharCode(0x20 + next(0x5f));
  const csi = () =>
    one(['\x1b[', '\x9b']) +
    one(['', '?', '>', '=', '<']) +
    params() +
    one(['', '', '$', '*', '!', ' ', '"', "'"]) +
    String.fromCharCode(0x40 + next(0x3f));
  const osc = () =>
    one(['\x1b]', '\x9d']) +
    one(['0', '1', '2', '4', '5', '8', '10', '11', '12', '17', '19', '52', '104', '777', '1337', '7773', '']) +
    many(3, () => `;${one(['?', 'c', '1', 'rgb:f/f/f', '', 'http://a'])}`) +
    one(['\x07', '\x1b\\', '\x9c', '']);
  const dcs = () =>
    one(['\x1bP', '\x90']) + params() + one(['$q', '+q', '+p', '$t', 'q', '']) + many(4, any) + one(['\x1b\\', '\x9c', '\x18', '']);
  const esc = () => `\x1b${one(['', '#', '(', '%', ' '])}${any()}`;
  const noise = () => many(6, () => one([any(), any(), '\r\n', '\x05', '\x1b', '\x9b', '\x18', '\x1a', 'ü', '🐍', '\u0300', '\x00']));
  return () => [csi, csi, csi, osc, dcs, esc, noise, () => one(QUERIES.map(([, text]) => text))][next(8)]?.() ?? '';
}

test('made-up sequences neither make a console type nor a parser throw', { timeout: 600_000 }, async () => {
  const rounds = process.env['CASEBOOK_LONG'] ? 10_000 : 100;
  const [console, program] = [terminal('console'), terminal('program')];
  let answers = 0;
  for (let round = 0; round < rounds; round++) {
    const make = fuzz(round * 7919 + 1);
    const text = Array.from({ length: 100 }, make).join('');
    const typed = await console.print(text);
    if (typed || reports(console)) throw new Error(`round ${round}: ${JSON.stringify(text)} makes a console type ${JSON.stringify(typed)}`);
    answers += (await program.print(text)).length;
  }
  expect(answers).toBeGreaterThan(0);
});

test.each([...'@ABCDEFGHIJKLMPSTXZ`abdefghilmnpqrstuvwxyz', ' @', ' A', "'}", "'~"])(
  'a count of two thousand million before %s holds no terminal',
  async (final) => {
    const program = terminal('program');
    const begun = performance.now();
    await program.print(`abc\x1b[2147483647${final}\x1b[99999999999999${final}`);
    expect(performance.now() - begun).toBeLessThan(1000);
  },
);

test('counts that programs mean are obeyed', async () => {
  const program = terminal('program');
  await program.print('one\r\ntwo\r\nthree\x1b[2S');
  expect(program.made.buffer.active.getLine(program.made.buffer.active.baseY)?.translateToString(true)).toBe('three');
  await program.print('\x1b[H\x1b[9999M\x1b[Hx\x1b[3b');
  expect(program.made.buffer.active.getLine(program.made.buffer.active.baseY)?.translateToString(true)).toBe('xxxx');
});

test('a clipboard write of 10 MB goes nowhere, and what follows is drawn', async () => {
  const console = terminal('console');
  expect(await console.print(`\x1b]52;c;${'A'.repeat(10_000_000)}\x07(Pdb) `)).toBe('');
  expect(console.made.buffer.active.getLine(0)?.translateToString(true)).toBe('(Pdb) ');
});
