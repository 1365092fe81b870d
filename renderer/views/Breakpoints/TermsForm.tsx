import { useState } from 'react';
import type { ReactNode } from 'react';
import { Button, Checkbox, Input, TextField } from 'react-aria-components';
import { hitConditionTrouble } from '../../../preload/protocol/breakpoints';
import type { BreakpointTerms } from '../../store/breakpoints';
import { Icon } from '../../widgets/Icon';

interface Props {
  /** What it is about: `Line 19`, or nothing where that is said elsewhere. */
  readonly title: string;
  readonly terms: BreakpointTerms;
  /** A function breakpoint cannot go by itself. */
  readonly once: boolean;
  /** Fields before the terms, sent with them. */
  readonly children?: ReactNode;
  /** With the new terms, or undefined when they were left as they are. */
  onDone(terms: BreakpointTerms | undefined): void;
}

/** When a breakpoint stops, at which hits, and what it prints instead of stopping. */
export function TermsForm({ title, terms: before, once, children, onDone }: Props) {
  const [terms, setTerms] = useState(before);
  const trouble = hitConditionTrouble(terms.hitCondition);
  const change = (part: Partial<BreakpointTerms>) => setTerms({ ...terms, ...part });
  const field = (key: 'condition' | 'hitCondition' | 'logMessage', label: string, placeholder: string) => (
    <TextField
      className={`terms-${key}`}
      aria-label={label}
      value={terms[key]}
      onChange={(text) => change({ [key]: text })}
      autoFocus={key === 'condition' && !children}
      isInvalid={key === 'hitCondition' && trouble !== ''}
    >
      <Input className="in mono" placeholder={placeholder} spellCheck={false} onKeyDown={(e) => e.key === 'Escape' && onDone(undefined)} />
    </TextField>
  );
  return (
    <form
      className="row terms"
      onSubmit={(event) => {
        event.preventDefault();
        if (!trouble) onDone({ ...terms, condition: terms.condition.trim(), hitCondition: terms.hitCondition.trim() });
      }}
    >
      {children}
      {title ? <span className="small fg2 nw">{title}: stop when</span> : null}
      {field('condition', 'Condition', 'i == rows; empty: always')}
      <span className="small fg2 nw hide-n">hit</span>
      {field('hitCondition', 'Hit count', '>= 5')}
      <span className="small fg2 nw hide-n">or log</span>
      {field('logMessage', 'Log message', 'total = {total}; empty: stop')}
      {once ? (
        <Checkbox className="check small" isSelected={terms.temporary} onChange={(temporary) => change({ temporary })}>
          <span className="box">{terms.temporary ? <Icon name="check" size="xs" /> : null}</span>
          Once
        </Checkbox>
      ) : null}
      <Button type="submit" className="btn sm pri" isDisabled={trouble !== ''}>
        Set
      </Button>
      <Button className="btn sm gh" onPress={() => onDone(undefined)}>
        Cancel
      </Button>
      {trouble ? (
        <span className="xs err" role="alert">
          {trouble}
        </span>
      ) : null}
    </form>
  );
}
