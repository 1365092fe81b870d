import { useState } from 'react';
import { Button, Input, Radio, RadioGroup, TextField } from 'react-aria-components';
import type { LaunchProblem } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { shortPath } from '../../store/paths';
import { useView } from '../../store/store';
import { Icon } from '../../widgets/Icon';
import type { ListedPython } from './interpreterStates';

interface Props {
  /** Undefined until they were looked for. */
  readonly found: readonly ListedPython[] | undefined;
  readonly chosen: string;
  readonly problem: LaunchProblem | undefined;
  onChoose(path: string): void;
}

const LOOKS = {
  ready: { tone: 'ok', icon: 'pass' },
  lacks: { tone: 'warn', icon: 'warning' },
  unusable: { tone: 'err', icon: 'error' },
} as const;

/** The Pythons that were found, ready ones first, and a field for any other. */
export function InterpreterList({ found, chosen, problem, onChoose }: Props) {
  const list = found ?? [];
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
        <span className="grow el">{found ? `${list.length} found in the folder, conda, pyenv, uv and PATH` : 'Looking for Pythons…'}</span>
        <Button className="btn sm gh" onPress={() => setNaming(!naming)}>
          Other
        </Button>
      </div>
      {found && list.length === 0 ? (
        <p className="ip-none">No Python here. Install one (on Debian: apt-get install python3), or give its path under Other.</p>
      ) : null}
      <RadioGroup aria-label="Interpreter" value={chosen} onChange={onChoose}>
        {list.map((python) => (
          <InterpreterRow key={python.path} python={python} />
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

/** Unusable ones can be focused too, so that the reason can be read; Launch refuses them. */
function InterpreterRow({ python }: { readonly python: ListedPython }) {
  const home = useView((v) => v.hello?.home ?? '');
  const { path, kind, version, state, word, why } = python;
  const { tone, icon } = LOOKS[state];
  return (
    <Radio
      data-path={path}
      value={path}
      className={({ isSelected }) => `ip ${isSelected ? 'on' : ''} ${state === 'unusable' ? 'off' : ''}`}
    >
      <span className="rad" />
      <span className="ipn m" title={visible(kind)}>
        {visible(kind)}
      </span>
      <span className="ipv mono">{version || '?'}</span>
      <span className="ipp mono el fg3" title={visible(path)}>
        {shortPath(path, home)}
      </span>
      <span className={`ips xs ${tone}`} title={visible(why)}>
        <Icon name={icon} size="xs" />
        {visible(word)}
      </span>
    </Radio>
  );
}
