import type { SessionState } from '../../../preload/protocol/session';
import { visible } from '../../../preload/protocol/visible';
import { Refusal } from '../../store/connect';
import { perform, request, toast } from '../../store/store';
import type { MenuEntry } from '../../widgets/ContextMenu';
import { copyText } from '../copyText';
import type { VariableNode } from './variableTree';

const copied = (what: string, text: string) => () => void copyText(text, `Copied ${visible(what)}.`);

/** Whether a row's value can be set: it is a child of something at a stop. */
export const settable = (node: VariableNode | undefined, session: SessionState | undefined): node is VariableNode =>
  node?.kind === 'variable' && node.parent > 0 && session?.phase.phase === 'stopped' && session.capabilities.expand;

/** What stands in the form at first: the value where it can be typed as it is shown, else nothing. */
export const typable = (node: VariableNode): string => (/…|^</.test(node.value) || node.lazy ? '' : node.value);

/** Sets a value in the program. @returns why it could not be, as a sentence; empty when it is set */
export async function setValue(session: SessionState, node: VariableNode, value: string): Promise<string> {
  const { phase } = session;
  if (phase.phase !== 'stopped') return 'The program runs. Pause it to set a value.';
  if (!value.trim()) return 'Type a value, such as 5 or total + 1.';
  const at = { session: session.id, stopId: phase.stopId, frame: phase.frame.id };
  try {
    const { variable, why } = await request('session.setVariable', { ...at, reference: node.parent, name: node.name, value });
    return variable ? '' : why || 'The program did not take it.';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.message;
  }
}

/** Interrupts what a form or a watch has the program evaluate. */
export const cancel = (session: SessionState): void => void perform('session.cancel', { session: session.id });

const FORMS = [
  { format: 'text', title: 'Copy as text' },
  { format: 'json', title: 'Copy as JSON' },
  { format: 'csv', title: 'Copy as CSV' },
] as const;

/** What can be copied of a row. */
export function copies(node: VariableNode, session: SessionState | undefined): readonly MenuEntry[] {
  const whole = FORMS.map(({ format, title }) => ({ title, act: () => void copyWhole(node, session, format) }));
  const deep = node.kind !== 'range' && node.reference > 0 && node.count > 0 && session?.phase.phase === 'stopped' ? whole : [];
  if (node.kind !== 'variable') return deep;
  return [
    { title: 'Copy value', keys: 'Ctrl+C', act: copied(node.name, node.value) },
    ...deep,
    { title: 'Copy name', act: copied(node.name, node.name) },
    { title: 'Copy type', act: copied(`the type of ${node.name}`, node.type) },
  ];
}

/** What Ctrl+C copies. */
export const copyValue = (node: VariableNode): void => copied(node.name, node.value)();

async function copyWhole(node: VariableNode, session: SessionState | undefined, format: 'text' | 'json' | 'csv'): Promise<void> {
  if (session?.phase.phase !== 'stopped') return;
  const at = { session: session.id, stopId: session.phase.stopId };
  try {
    const { text, complete } = await request('session.valueText', { ...at, reference: node.reference, format });
    const name = visible(node.name);
    await copyText(text, complete ? `Copied ${name}.` : `Copied ${name} without all that it holds: it is too much for one copy.`);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    toast('error', error.message);
  }
}
