import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { visible } from '../../../preload/protocol/visible';
import { Icon } from '../../widgets/Icon';
import './rows.css';

interface Props {
  readonly pane: React.RefObject<HTMLElement | null>;
  /** The row that it lies over, from its name or its value on; undefined: below all rows. */
  readonly over: { readonly key: string; readonly part: 'name' | 'value' } | undefined;
  readonly label: string;
  readonly initial: string;
  /** Settles with why it was not taken; empty when it was. */
  onSend(text: string): Promise<string>;
  /** Escape while it is on its way. */
  onCancel(): void;
  onDone(): void;
}

/** One line to type over a row. Enter sends it, Escape leaves; what was not taken stays, with the reason below it. */
export function RowForm({ pane, over, label, initial, onSend, onCancel, onDone }: Props) {
  const form = usePlace(pane, over);
  const [text, setText] = useState(initial);
  const [state, setState] = useState<{ readonly busy: boolean; readonly why: string }>({ busy: false, why: '' });
  useEffect(() => form.current?.querySelector('input')?.select(), []);
  const send = async () => {
    setState({ busy: true, why: '' });
    const why = await onSend(text);
    if (why) setState({ busy: false, why });
    else onDone();
  };
  const leave = () => text === initial && !state.busy && !state.why && onDone();
  const key = (event: React.KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== 'Escape') return;
    if (state.busy) onCancel();
    else onDone();
  };
  return (
    <form
      ref={form}
      className={`row-form ${over ? '' : 'below'}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!state.busy) void send();
      }}
    >
      <TextField aria-label={label} value={text} onChange={setText} isInvalid={state.why !== ''} validationBehavior="aria" autoFocus>
        <Input className="in mono" spellCheck={false} onKeyDown={key} onBlur={leave} maxLength={10_000} />
      </TextField>
      {state.busy ? <Icon name="loading" size="s" /> : null}
      {state.why ? (
        <p className="row-form-error" role="alert">
          {visible(state.why)}
        </p>
      ) : null}
    </form>
  );
}

/** The row's element, by the key that it carries. */
export function rowElement(pane: HTMLElement | null, key: string): HTMLElement | undefined {
  return [...(pane?.querySelectorAll<HTMLElement>('[data-key]') ?? [])].find((row) => row.getAttribute('data-key') === key);
}

/** Gives a row the focus back that its form had. */
export const focusRow = (pane: HTMLElement | null, key: string): void =>
  rowElement(pane, key)?.closest<HTMLElement>('[role="row"]')?.focus();

/** The form's element, laid over its row at each drawing. */
function usePlace(pane: Props['pane'], over: Props['over']): React.RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => {
    const row = over && rowElement(pane.current, over.key);
    const element = form.current;
    if (!row || !element || !pane.current) return;
    const from = row.querySelector(over.part === 'name' ? '.vn' : '.vv') ?? row;
    const [outer, inner] = [pane.current.getBoundingClientRect(), from.getBoundingClientRect()];
    element.style.top = `${row.getBoundingClientRect().top - outer.top + pane.current.scrollTop}px`;
    element.style.left = `${Math.max(14, Math.min(inner.left - outer.left, outer.width - 140))}px`;
  });
  return form;
}
