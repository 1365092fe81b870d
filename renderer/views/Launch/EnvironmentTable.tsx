import { useState } from 'react';
import { Button, Input, TextField } from 'react-aria-components';
import { IconButton } from '../../widgets/IconButton';

interface Props {
  readonly env: Readonly<Record<string, string>>;
  onChange(env: Record<string, string>): void;
}

/** Variables added to the environment that Casebook was started in. */
export function EnvironmentTable({ env, onChange }: Props) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const valid = /^[^=\0]+$/.test(name);
  const add = () => {
    if (!valid) return;
    onChange({ ...env, [name]: value });
    setName('');
    setValue('');
  };
  const without = (gone: string) => Object.fromEntries(Object.entries(env).filter(([n]) => n !== gone));
  return (
    <div className="envw">
      {Object.entries(env).map(([set, to]) => (
        <div className="env-row" key={set}>
          <span className="mono el">{set}</span>
          <TextField aria-label={`Value of ${set}`} value={to} onChange={(next) => onChange({ ...env, [set]: next })}>
            <Input className="in mono" spellCheck={false} />
          </TextField>
          <IconButton icon="close" label={`Remove ${set}`} small onPress={() => onChange(without(set))} />
        </div>
      ))}
      <div className="env-row">
        <TextField aria-label="Name of a new variable" value={name} onChange={setName}>
          <Input
            className="in mono"
            placeholder="NAME"
            spellCheck={false}
            onKeyDown={(e) => e.key === 'Enter' && (e.preventDefault(), add())}
          />
        </TextField>
        <TextField aria-label="Value of the new variable" value={value} onChange={setValue}>
          <Input
            className="in mono"
            placeholder="value"
            spellCheck={false}
            onKeyDown={(e) => e.key === 'Enter' && (e.preventDefault(), add())}
          />
        </TextField>
        <Button className="btn sm gh" onPress={add} isDisabled={!valid}>
          Add
        </Button>
      </div>
    </div>
  );
}
