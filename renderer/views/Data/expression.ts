/** A row of a tree of values, as far as its name goes. */
export interface Named {
  readonly key: string;
  readonly kind: 'scope' | 'variable' | 'range';
  readonly name: string;
  readonly type: string;
  readonly children: readonly Named[] | undefined;
}

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;
/** Names that are the text of a dict's key, though they could be an attribute's. */
const CONSTANTS: ReadonlySet<string> = new Set(['None', 'True', 'False']);

/** The rows from the root to the one with this key; undefined when it is not there. */
function chainTo(nodes: readonly Named[], key: string): readonly Named[] | undefined {
  for (const node of nodes) {
    if (node.key === key) return [node];
    const below = node.children && chainTo(node.children, key);
    if (below) return [node, ...below];
  }
  return undefined;
}

/** What follows an expression to reach its child of this name. */
const step = (name: string): string => (IDENTIFIER.test(name) && !CONSTANTS.has(name) ? `.${name}` : `[${name}]`);

/**
 * How a row is written in the program's language, from the frame on: `orders[2].matrix`. Undefined where that cannot be:
 * for a scope, a range, or what hangs below a value without a name of its own.
 */
export function expressionOf(nodes: readonly Named[], key: string): string | undefined {
  const chain = chainTo(nodes, key)?.filter(({ kind }) => kind === 'variable');
  const [first, ...rest] = chain ?? [];
  if (!first || chain?.at(-1)?.key !== key || !IDENTIFIER.test(first.name)) return undefined;
  return first.name + rest.map(({ name }) => step(name)).join('');
}
