import { Button, FieldError, Input, TextField } from 'react-aria-components';
import { visible } from '../../../preload/protocol/visible';
import { dispatch, useView } from '../../store/store';
import type { Unfinished } from '../../store/view';
import { IconButton } from '../../widgets/IconButton';

interface Props {
  readonly env: Readonly<Record<string, string>>;
  /** Why a value cannot be given; empty when all can. */
  readonly trouble: string;
  onChange(env: Record<string, string>): void;
}

/** Why a variable cannot be added; empty when it can, or when there is none yet. */
export function variableTrouble({ name, value }: Unfinished): string {
  if (name.includes('=')) return 'A name has no = in it. Put what follows it into the value.';
  if (name.includes('\0')) return 'A name has no NUL character in it. Take it out.';
  return value && !name ? 'Give the variable a name.' : '';
}

/** Variables added to the environment that Casebook was started in. */
export function EnvironmentTable({ env, trouble, onChange }: Props) {
  const unfinished = useView((v) => v.unfinished);
  const { name, value } = unfinished;
  const wrong = variableTrouble(unfinished);
  const type = (part: Partial<Unfinished>) => dispatch({ type: 'unfinished', part });
  const add = () => {
    if (!name || wrong) return;
    onChange({ ...env, [name]: value });
    type({ name: '', value: '' });
  };
  const without = (gone: string) => Object.fromEntries(Object.entries(env).filter(([n]) => n !== gone));
  const onKeyDown = (e: React.KeyboardEvent) => e.key === 'Enter' && (e.preventDefault(), add());
  return (
    <div className="envw">
      {Object.entries(env).map(([set, to]) => (
        <div className="env-row" key={set}>
          <span className="mono el">{visible(set)}</span>
          <TextField aria-label={`Value of ${visible(set)}`} value={to} onChange={(next) => onChange({ ...env, [set]: next })}>
            <Input className="in mono" spellCheck={false} />
          </TextField>
          <IconButton icon="close" label={`Remove ${visible(set)}`} small onPress={() => onChange(without(set))} />
        </div>
      ))}
      <div
        className="env-row"
        // What was typed and left is meant: Launch must not go without it.
        onBlur={({ currentTarget, relatedTarget }) => currentTarget.contains(relatedTarget) || add()}
      >
        <TextField aria-label="Name of a new variable" value={name} onChange={(next) => type({ name: next })} isInvalid={wrong !== ''}>
          <Input className="in mono" placeholder="NAME" spellCheck={false} onKeyDown={onKeyDown} />
          <FieldError className="hint xs err">{wrong}</FieldError>
        </TextField>
        <TextField aria-label="Value of the new variable" value={value} onChange={(next) => type({ value: next })}>
          <Input className="in mono" placeholder="value" spellCheck={false} onKeyDown={onKeyDown} />
        </TextField>
        <Button className="btn sm gh" onPress={add} isDisabled={!name || wrong !== ''}>
          Add
        </Button>
      </div>
      {trouble && trouble !== wrong ? <p className="hint xs err ip-none">{visible(trouble)}</p> : null}
    </div>
  );
}
