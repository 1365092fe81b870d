import type { Page, Scope, Variable } from '../../../preload/protocol/session';

/** Larger values are shown in ranges of this many (ui.md §5). */
const PAGE = 100;
const UNPAGED = 200;
/** Ranges side by side; more are put under larger ranges. */
const RANGES = 100;

/** A row of the tree, with its children once it was opened. */
export interface VariableNode {
  /** Where it is from the root on: stays the same from stop to stop, so that what is open stays open. */
  readonly key: string;
  readonly kind: 'scope' | 'variable' | 'range';
  readonly name: string;
  readonly value: string;
  readonly type: string;
  readonly reference: number;
  /** The stretch of children that this row stands for. */
  readonly start: number;
  readonly count: number;
  readonly lazy: boolean;
  readonly viewer: Variable['viewer'];
  /** The reference of the scope or value that this is a child of; 0 for what is no child. */
  readonly parent: number;
  readonly children: readonly VariableNode[] | undefined;
  /** Why the children could not be read; empty when they could. */
  readonly trouble: string;
}

/** Asks for a page of a value's children. */
export type Ask = (reference: number, start: number, count: number) => Promise<Page<Variable>>;

/** A scope as a row. */
export const scopeNode = ({ name, reference, count }: Scope): VariableNode => ({
  key: name,
  kind: 'scope',
  name,
  value: '',
  type: '',
  reference,
  start: 0,
  count,
  lazy: false,
  viewer: undefined,
  parent: 0,
  children: undefined,
  trouble: '',
});

/** A value as a row; `parent` is the reference that it was read by. */
export const variableNode = (key: string, v: Variable, parent: number): VariableNode => ({
  key,
  kind: 'variable',
  name: v.name,
  value: v.value,
  type: v.type,
  reference: v.reference,
  start: 0,
  count: v.count,
  lazy: v.lazy,
  viewer: v.viewer,
  parent,
  children: undefined,
  trouble: '',
});

/** The name of a sequence's element. */
const INDEX = /^\[?\d+\]?$/;

/**
 * A row's children. Names need not be unique (a dict's keys may look alike, or be cut), keys must be: a name that
 * was there before has its place behind it, and so has, in a range, every name that is no place itself.
 */
function childNodes(node: VariableNode, items: readonly Variable[]): VariableNode[] {
  const ranged = node.kind === 'range';
  const base = ranged ? node.key.slice(0, node.key.lastIndexOf('#')) : node.key;
  const seen = new Set<string>();
  return items.map((v, i) => {
    const unique = ranged ? INDEX.test(v.name) : !seen.has(v.name);
    seen.add(v.name);
    return variableNode(`${base}/${v.name}${unique ? '' : `~${node.start + i}`}`, v, node.reference);
  });
}

/** Whether a row can be opened. */
export const opens = (node: VariableNode): boolean => node.reference > 0 && node.count > 0;

/** The rows with everything that is open read, depth by depth. Reads nothing twice. */
export async function read(nodes: readonly VariableNode[], open: ReadonlySet<string>, ask: Ask): Promise<readonly VariableNode[]> {
  return Promise.all(nodes.map((node) => readOne(node, open, ask)));
}

async function readOne(node: VariableNode, open: ReadonlySet<string>, ask: Ask): Promise<VariableNode> {
  if (!open.has(node.key) || !opens(node)) return node;
  if (node.count > UNPAGED || (node.kind === 'range' && node.count > PAGE))
    return { ...node, children: await read(ranges(node), open, ask) };
  return { ...node, children: await read(childNodes(node, await readAll(node, ask)), open, ask) };
}

/** A page may end early, at the debugger's own limit of time or size; the rest is asked for. */
async function readAll(node: VariableNode, ask: Ask): Promise<readonly Variable[]> {
  const items: Variable[] = [];
  while (items.length < node.count) {
    const page = await ask(node.reference, node.start + items.length, node.count - items.length);
    if (!page.items.length) break;
    items.push(...page.items);
  }
  return items;
}

/** The ranges under a large value, or under a large range: `0-99`, or `0-9,999` with ranges of their own. */
export function ranges(node: VariableNode): VariableNode[] {
  let width = PAGE;
  while (node.count / width > RANGES) width *= RANGES;
  const base = node.kind === 'range' ? node.key.slice(0, node.key.lastIndexOf('#')) : node.key;
  const made: VariableNode[] = [];
  const end = node.start + node.count;
  for (let start = node.start; start < end; start += width) {
    const count = Math.min(width, end - start);
    const last = (start + count - 1).toLocaleString('en');
    made.push({
      ...node,
      key: `${base}#${start}+${count}`,
      kind: 'range',
      name: `${start.toLocaleString('en')}-${last}`,
      value: '',
      type: '',
      start,
      count,
      children: undefined,
    });
  }
  return made;
}

/** The row with this key, wherever it is; undefined when it is closed or gone. */
export function findNode(nodes: readonly VariableNode[], key: string): VariableNode | undefined {
  for (const node of nodes) {
    const found = node.key === key ? node : node.children && findNode(node.children, key);
    if (found) return found;
  }
  return undefined;
}

/** Every variable's value by its key, for telling what changed. */
export function valuesOf(nodes: readonly VariableNode[], into: Map<string, string> = new Map()): Map<string, string> {
  for (const node of nodes) {
    if (node.kind === 'variable') into.set(node.key, node.value);
    if (node.children) valuesOf(node.children, into);
  }
  return into;
}
