import type { SessionState } from '../../../preload/protocol/session';
import type { MenuEntry } from '../../widgets/ContextMenu';
import { dataEntries } from '../Data/OpenData';
import type { RowActs } from '../Variables/useRowKeys';
import { copies, copyValue, settable } from '../Variables/values';
import { findNode } from '../Variables/variableTree';
import type { VariableNode } from '../Variables/variableTree';
import { keyOf } from './useWatches';
import { keepExpressions, moved, whyNotWatched } from './watches';

interface Around {
  readonly session: SessionState | undefined;
  readonly folder: string;
  readonly expressions: readonly string[];
  readonly roots: readonly VariableNode[];
  run(expression: string): void;
  /** Opens the form over a row. */
  edit(node: VariableNode, what: 'expression' | 'value'): void;
}

/** What can be done with the rows of the Watch view. */
export interface WatchActs extends RowActs {
  entries(key: string): readonly MenuEntry[];
  /** Adds an expression, or puts it in the place of another. @returns why not, as a sentence; empty when it is done */
  put(expression: string, old: string | undefined): string;
}

/** The acts on rows as they stand now. */
export function watchActs({ session, folder, expressions, roots, run, edit }: Around): WatchActs {
  const watchedOf = (key: string) => expressions.find((expression) => keyOf(expression) === key);
  const keep = (list: readonly string[]) => void keepExpressions(folder, list);
  const remove = (expression: string) => keep(expressions.filter((one) => one !== expression));
  const move = (expression: string, by: number) => keep(moved(expressions, expression, by));
  const editRow = (key: string) => {
    const node = findNode(roots, key);
    if (node && watchedOf(key) !== undefined) edit(node, 'expression');
    else if (settable(node, session)) edit(node, 'value');
  };
  const put = (expression: string, old: string | undefined) => {
    if (expression === old) return '';
    const why = whyNotWatched(
      expressions.filter((one) => one !== old),
      expression,
    );
    if (!why) keep(old === undefined ? [...expressions, expression] : expressions.map((one) => (one === old ? expression : one)));
    return why;
  };
  const ofWatched = (key: string, expression: string): readonly MenuEntry[] => [
    { title: 'Edit', keys: 'F2', act: () => editRow(key) },
    ...(session?.phase.phase === 'stopped' ? [{ title: 'Run', keys: 'Ctrl+Enter', act: () => run(expression) }] : []),
    { title: 'Move up', keys: 'Ctrl+Shift+Up', act: () => move(expression, -1) },
    { title: 'Move down', keys: 'Ctrl+Shift+Down', act: () => move(expression, 1) },
    { title: 'Remove', keys: 'Delete', act: () => remove(expression) },
  ];
  return {
    put,
    edit: editRow,
    copy: (key) => {
      const node = findNode(roots, key);
      if (node) copyValue(node);
    },
    press: (key, event) => {
      const expression = watchedOf(key);
      const act = expression === undefined ? undefined : keyAct(event);
      if (expression === undefined || !act) return false;
      if (act === 'run') run(expression);
      else if (act === 'edit') editRow(key);
      else if (act === 'remove') remove(expression);
      else move(expression, act === 'up' ? -1 : 1);
      return true;
    },
    entries: (key) => {
      const node = findNode(roots, key);
      const expression = watchedOf(key);
      if (!node) return [];
      const own = settable(node, session) ? [{ title: 'Set value', keys: 'F2', act: () => editRow(key) }] : [];
      const first = expression === undefined ? own : ofWatched(key, expression);
      return [...dataEntries(session, roots, key), ...first, ...copies(node, session)];
    },
  };
}

function keyAct({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): 'run' | 'edit' | 'remove' | 'up' | 'down' | undefined {
  const held = ctrlKey || metaKey;
  if (key === 'Enter') return held ? 'run' : 'edit';
  if (key === 'Delete') return 'remove';
  if (!held || !shiftKey) return undefined;
  return key === 'ArrowUp' ? 'up' : key === 'ArrowDown' ? 'down' : undefined;
}
