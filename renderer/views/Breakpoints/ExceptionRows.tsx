import { useState } from 'react';
import { Checkbox, Input, TextField } from 'react-aria-components';
import type { ExceptionFilters } from '../../../preload/protocol/breakpoints';
import { changeExceptionFilters } from '../../store/breakpoints';
import { useView } from '../../store/store';
import { Icon } from '../../widgets/Icon';

/** At which exceptions the program stops. */
export function ExceptionRows() {
  const filters = useView((v) => v.exceptionFilters);
  return (
    <div className="exceptions" role="group" aria-label="Exceptions">
      <Choice name="Uncaught exceptions" on={filters.uncaught} change={(uncaught) => ({ uncaught })} />
      <Choice name="Raised exceptions" on={filters.raised} change={(raised) => ({ raised })} />
      {filters.raised ? (
        <div className="exception-terms">
          <Types key={filters.types.join(' ')} types={filters.types} />
          <Choice name="Only in my code" on={filters.onlyMine} change={(onlyMine) => ({ onlyMine })} />
        </div>
      ) : null}
    </div>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly on: boolean;
  change(on: boolean): Partial<ExceptionFilters>;
}

function Choice({ name, on, change }: ChoiceProps) {
  return (
    <Checkbox className="check tr" isSelected={on} onChange={(wanted) => void changeExceptionFilters(change(wanted))}>
      <span className="box">{on ? <Icon name="check" size="xs" /> : null}</span>
      {name}
    </Checkbox>
  );
}

function Types({ types }: { readonly types: readonly string[] }) {
  const [text, setText] = useState(types.join(', '));
  const send = () => {
    const wanted = text.split(/[\s,]+/).filter(Boolean);
    if (wanted.join(' ') !== types.join(' ')) void changeExceptionFilters({ types: wanted });
  };
  return (
    <TextField className="row" aria-label="Types of raised exceptions" value={text} onChange={setText} onBlur={send}>
      <Input
        className="in mono"
        placeholder="all types; or ValueError, shop.OrderError"
        spellCheck={false}
        onKeyDown={(e) => e.key === 'Enter' && send()}
      />
    </TextField>
  );
}
