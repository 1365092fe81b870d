import { useState } from 'react';
import { Button, Input, Radio, RadioGroup, TextField } from 'react-aria-components';
import type { Interpreter, LaunchProblem } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { shortPath } from '../../store/paths';
import { useView } from '../../store/store';
import type { Answered } from '../../store/useAnswer';
import { Icon } from '../../widgets/Icon';

interface Props {
  readonly found: Answered<readonly Interpreter[]>;
  readonly chosen: string;
  readonly problem: LaunchProblem | undefined;
  onChoose(path: string): void;
}

/** The Pythons that were found, sorted as main sorts them, and a field for any other. */
export function InterpreterList({ found, chosen, problem, onChoose }: Props) {
  const home = useView((v) => v.hello?.home ?? '');
  const list = found.value ?? [];
  const other = chosen !== '' && !list.some((i) => i.path === chosen);
  const [naming, setNaming] = useState(false);
  // What is typed may be a listed one's path on its way to another: the field must not go from under the keys.
  const named = (path: string) => {
    setNaming(true);
    onChoose(path);
  };
  return (
    <div className="ipl">
      <div className="iph">
        <Icon name="search" size="xs" />
        <span className="grow">{found.value ? `${list.length} found in the folder, pyenv and PATH` : 'Looking for Pythons…'}</span>
        <Button className="btn sm gh" onPress={() => setNaming(!naming)}>
          Other
        </Button>
      </div>
      {found.value && list.length === 0 ? (
        <p className="ip-none">No Python here. Install one (on Debian: apt-get install python3), or give its path under Other.</p>
      ) : null}
      <RadioGroup aria-label="Interpreter" value={chosen} onChange={onChoose}>
        {list.map((i) => (
          <Radio
            key={i.path}
            data-path={i.path}
            value={i.path}
            isDisabled={i.trouble !== ''}
            className={({ isSelected }) => `ip ${isSelected ? 'on' : ''} ${i.trouble ? 'off' : ''}`}
          >
            <span className="rad" />
            <span className="ipn m">{i.kind}</span>
            <span className="ipv mono">{i.version || '?'}</span>
            <span className="ipp mono el fg3">{shortPath(i.path, home)}</span>
            <span className={`ips xs ${i.trouble ? 'err' : 'ok'}`} title={i.trouble}>
              <Icon name={i.trouble ? 'error' : 'pass'} size="xs" />
              {i.trouble ? 'Cannot be used' : 'Ready'}
            </span>
          </Radio>
        ))}
      </RadioGroup>
      {naming || other ? (
        <TextField className="ip-other" aria-label="Path of another Python" value={chosen} onChange={named}>
          <Input className="in mono" placeholder="/path/to/python" spellCheck={false} />
        </TextField>
      ) : null}
      {problem && chosen ? <p className="hint xs err ip-none">{visible(problem.message)}</p> : null}
    </div>
  );
}
