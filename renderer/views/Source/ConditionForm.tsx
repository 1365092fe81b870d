import { useState } from 'react';
import { Button, Input, TextField } from 'react-aria-components';
import type { SourceBreakpoint } from '../../../preload/protocol/bridge';

interface Props {
  readonly line: number;
  readonly breakpoint: SourceBreakpoint | undefined;
  /** With the condition, or undefined when it was left as it is. */
  onDone(condition: string | undefined): void;
}

/** Below a source line: when its breakpoint stops. */
export function ConditionForm({ line, breakpoint, onDone }: Props) {
  const [condition, setCondition] = useState(breakpoint?.condition ?? '');
  return (
    <form
      className="row condition"
      onSubmit={(event) => {
        event.preventDefault();
        onDone(condition);
      }}
    >
      <span className="small fg2 nw">Stop at line {line} when</span>
      <TextField className="grow" aria-label="Condition" value={condition} onChange={setCondition} autoFocus>
        <Input
          className="in mono"
          placeholder="an expression, such as i == rows; empty: always"
          spellCheck={false}
          onKeyDown={(e) => e.key === 'Escape' && onDone(undefined)}
        />
      </TextField>
      <Button type="submit" className="btn sm pri">
        Set
      </Button>
      <Button className="btn sm gh" onPress={() => onDone(undefined)}>
        Cancel
      </Button>
    </form>
  );
}
