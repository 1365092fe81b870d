import { useState } from 'react';
import { FieldError, Input, TextField } from 'react-aria-components';
import { functionNameTrouble } from '../../../preload/protocol/breakpoints';
import type { FunctionBreakpoint } from '../../../preload/protocol/breakpoints';
import { setFunctionBreakpoint } from '../../store/breakpoints';
import { TermsForm } from './TermsForm';

const PLAIN: FunctionBreakpoint = { name: '', condition: '', hitCondition: '', logMessage: '', enabled: true };

interface Props {
  /** The one to change; undefined for a new one. */
  readonly breakpoint: FunctionBreakpoint | undefined;
  onDone(): void;
}

/** Sets a breakpoint on a function by its name, which need not be loaded yet. */
export function FunctionForm({ breakpoint = PLAIN, onDone }: Props) {
  const [name, setName] = useState(breakpoint.name);
  const [tried, setTried] = useState(false);
  const trouble = functionNameTrouble(name.trim());
  return (
    <div className="function-form">
      <TermsForm
        title=""
        terms={{ ...breakpoint, temporary: false }}
        once={false}
        onDone={(terms) => {
          setTried(true);
          if (terms && trouble) return;
          if (terms) {
            const { condition, hitCondition, logMessage } = terms;
            const wanted = { name: name.trim(), condition, hitCondition, logMessage, enabled: true };
            void setFunctionBreakpoint(wanted, breakpoint.name || undefined);
          }
          onDone();
        }}
      >
        <TextField
          className="fb terms-name"
          aria-label="Function"
          value={name}
          onChange={setName}
          isInvalid={tried && trouble !== ''}
          autoFocus={breakpoint.name === ''}
        >
          <Input className="in mono" placeholder="function, such as Order.total" spellCheck={false} />
          <FieldError className="hint xs err">{trouble}</FieldError>
        </TextField>
      </TermsForm>
    </div>
  );
}
