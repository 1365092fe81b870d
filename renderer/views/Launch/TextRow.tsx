import type { ReactNode } from 'react';
import { FieldError, Input, Label, TextField } from 'react-aria-components';
import type { LaunchProblem } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';

interface Props {
  readonly label: string;
  /** Takes the focus when the form is opened. */
  readonly first?: boolean;
  readonly value: string;
  readonly placeholder?: string;
  readonly problem: LaunchProblem | undefined;
  readonly hint: string;
  /** A button beside the field. */
  readonly children?: ReactNode;
  onChange(value: string): void;
}

/** One line of text of the form, with what is wrong with it, or what it is, below. */
export function TextRow({ label, first = false, value, placeholder = '', problem, hint, children, onChange }: Props) {
  const wrong = problem?.severity === 'error';
  return (
    <TextField className="fl" value={value} onChange={onChange} isInvalid={wrong} autoFocus={first}>
      <Label className="fl-label">{label}</Label>
      <div className="fb">
        <div className="row">
          <Input className="in mono" spellCheck={false} autoComplete="off" placeholder={placeholder} />
          {children}
        </div>
        <FieldError className="hint xs err">{visible(problem?.message ?? '')}</FieldError>
        {wrong ? null : <span className={`hint xs ${problem ? 'warn' : 'fg3'}`}>{visible(problem?.message ?? hint)}</span>}
      </div>
    </TextField>
  );
}
