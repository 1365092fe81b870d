import { z } from 'zod';

/** A count, with a comparison before it or none. */
const HIT_CONDITION = /^\s*(?:(?:>=|==|>|%)?\s*[1-9]\d{0,8})?\s*$/;
/** Dotted names, in which `<locals>` may stand for a function's own. */
const FUNCTION_NAME = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_<][\p{L}\p{N}_>]*)*$/u;

/** Why a text is no hit condition, as a sentence; empty when it is one. */
export const hitConditionTrouble = (text: string): string =>
  HIT_CONDITION.test(text) ? '' : 'A hit count is a number, after >=, >, == or %, such as >= 5.';

/** Why a text cannot name a function, as a sentence; empty when it can. */
export const functionNameTrouble = (text: string): string =>
  FUNCTION_NAME.test(text) ? '' : 'This is no function’s name. Write it like total, Order.total or shop.orders.Order.total.';

const when = {
  /** An expression of the program's language; empty: always. */
  condition: z.string().max(10_000),
  /** `== 5` or `5`: at the fifth hit; `>= 5`, `> 5`: from then on; `% 5`: at every fifth. Empty: at every hit. */
  hitCondition: z.string().max(20).regex(HIT_CONDITION, 'is a number, after >=, >, == or %, such as >= 5').default(''),
  /** A logpoint's text, in which `{expression}` stands for its value: printed, without a stop. Empty: it stops. */
  logMessage: z.string().max(10_000).default(''),
  enabled: z.boolean(),
};

/** DAP's SourceBreakpoint, with its file. */
export const sourceBreakpoint = z.object({
  path: z.string().min(1).max(4096),
  line: z.number().int().min(1).max(10_000_000),
  ...when,
  /** Goes when it has stopped the program once. */
  temporary: z.boolean().default(false),
  /** The line's text when it was set, without its indent: by it the breakpoint moves with an edited file. Empty: not known. */
  text: z.string().max(1000).default(''),
  /** Why it may stand on the wrong line after an edit; empty when it does not. */
  doubt: z.string().max(1000).default(''),
});
export type SourceBreakpoint = z.infer<typeof sourceBreakpoint>;

/** DAP's FunctionBreakpoint: `total`, `Order.total` or `shop.orders.Order.total`; stops where the function begins. */
export const functionBreakpoint = z.object({
  name: z.string().min(1).max(1000).regex(FUNCTION_NAME, 'is a function’s name, such as total or Order.total'),
  ...when,
});
export type FunctionBreakpoint = z.infer<typeof functionBreakpoint>;

/** At which exceptions the program stops. */
export const exceptionFilters = z.object({
  /** One that nothing catches, also in a thread: the program is looked at after it has ended. */
  uncaught: z.boolean().default(true),
  /** One that is raised, caught or not. */
  raised: z.boolean().default(false),
  /** Only of these types and those derived from them, by name or dotted name; none: all. */
  types: z.array(z.string().min(1).max(500)).max(100).default([]),
  /** Raised ones only where they pass through code that is no library's. */
  onlyMine: z.boolean().default(true),
});
export type ExceptionFilters = z.infer<typeof exceptionFilters>;

/** What a click into the margin makes. */
export const plainBreakpoint = (path: string, line: number): SourceBreakpoint => ({
  path,
  line,
  condition: '',
  hitCondition: '',
  logMessage: '',
  enabled: true,
  temporary: false,
  text: '',
  doubt: '',
});
