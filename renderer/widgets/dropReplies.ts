import type { IDisposable, IFunctionIdentifier } from '@xterm/xterm';

/** What of a terminal's parser is needed; xterm's and its headless twin's both have it. */
export interface QueryParser {
  registerCsiHandler(id: IFunctionIdentifier, swallow: (params: (number | number[])[]) => boolean): IDisposable;
  registerDcsHandler(id: IFunctionIdentifier, swallow: (data: string, params: (number | number[])[]) => boolean): IDisposable;
  registerEscHandler(id: IFunctionIdentifier, swallow: () => boolean): IDisposable;
  registerOscHandler(ident: number, swallow: (data: string) => boolean): IDisposable;
}

/** Queries that a terminal answers by typing: device attributes, status, modes, cursor, window, parameters, version. */
const CSI_QUERIES: readonly IFunctionIdentifier[] = [
  { final: 'c' },
  { prefix: '>', final: 'c' },
  { prefix: '=', final: 'c' },
  { final: 'n' },
  { prefix: '?', final: 'n' },
  { final: 't' },
  { prefix: '>', final: 'q' },
  { final: 'x' },
  { intermediates: '$', final: 'p' },
  { prefix: '?', intermediates: '$', final: 'p' },
  { intermediates: '*', final: 'y' },
  { prefix: '?', final: 'u' },
];
/** Settings under which a terminal types by itself: mouse and focus reports, and colour-scheme or size notices. */
const REPORTING_MODES = new Set([9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 2031, 2048]);
/** Colours and the clipboard: with `?` in place of a value they ask. */
const OSC_QUERIES = [4, 5, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 52];

/**
 * Makes a terminal deaf to every question that it would answer on its own, so that a debugger's
 * console receives only what the person or Casebook sent: a hostile program's output must not type
 * into the debugger.
 *
 * @see ctlseqs, "Device-Control functions" and "Mouse Tracking"; CVE-2019-0542
 */
export function dropReplies(parser: QueryParser): IDisposable {
  const sets = (params: (number | number[])[]) => params.flat().some((mode) => REPORTING_MODES.has(mode));
  const hooks = [dropQueries(parser, () => true), parser.registerCsiHandler({ prefix: '?', final: 'h' }, sets)];
  return { dispose: () => hooks.forEach((hook) => hook.dispose()) };
}

/** Leaves a program's questions to its terminal unanswered for as long as `deaf` says so. */
export function dropQueries(parser: QueryParser, deaf: () => boolean): IDisposable {
  const asks = (data: string) => deaf() && data.includes('?');
  const hooks = [
    ...CSI_QUERIES.map((id) => parser.registerCsiHandler(id, deaf)),
    parser.registerDcsHandler({ intermediates: '$', final: 'q' }, deaf),
    parser.registerDcsHandler({ intermediates: '+', final: 'q' }, deaf),
    parser.registerEscHandler({ final: 'Z' }, deaf),
    ...OSC_QUERIES.map((ident) => parser.registerOscHandler(ident, asks)),
  ];
  return { dispose: () => hooks.forEach((hook) => hook.dispose()) };
}

/** Sequences that xterm carries out as often as their parameter says: tab, insert and delete line, scroll, tab back, repeat. */
const REPEATED = ['I', 'L', 'M', 'S', 'T', 'Z', 'b'];
/** More often than any program means: a screen has some hundred rows and columns. Takes xterm some 35 ms at the most. */
const MOST_REPEATS = 10_000;

/**
 * Leaves out sequences that ask for the same thing millions of times: xterm obeys, and `CSI 2147483647 S` of a
 * hostile program would hold the window for hours. For every terminal, whatever is in it.
 */
export function limitRepeats(parser: Pick<QueryParser, 'registerCsiHandler'>): IDisposable {
  const tooOften = ([count]: (number | number[])[]) => typeof count === 'number' && count > MOST_REPEATS;
  const hooks = REPEATED.map((final) => parser.registerCsiHandler({ final }, tooOften));
  return { dispose: () => hooks.forEach((hook) => hook.dispose()) };
}
