import { useState } from 'react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import type { LaunchConfig, LaunchProblem, PythonProcess } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { Refusal } from '../../store/connect';
import { request } from '../../store/store';
import { useAnswer } from '../../store/useAnswer';
import { Icon } from '../../widgets/Icon';
import { IconButton } from '../../widgets/IconButton';
import { TextRow } from './TextRow';

interface Props {
  readonly first: boolean;
  readonly value: string;
  readonly problem: LaunchProblem | undefined;
  readonly hint: string;
  onChange(part: Partial<LaunchConfig>): void;
}

/** A pid, and the Python processes that run. Those that cannot be attached to are dim and say why. */
export function ProcessPicker({ first, value, problem, hint, onChange }: Props) {
  const began = useAnswer('launch.processes', {});
  const [again, setAgain] = useState<{ readonly processes: readonly PythonProcess[]; readonly trouble: string }>();
  const [reading, setReading] = useState(false);
  const list = again ?? began.value;
  const readAgain = async () => {
    setReading(true);
    try {
      setAgain(await request('launch.processes', {}));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      setAgain({ processes: [], trouble: error.message });
    } finally {
      setReading(false);
    }
  };
  const choose = (process: PythonProcess | undefined) => {
    if (process) onChange({ program: String(process.pid), ...(process.folder ? { folder: process.folder } : {}) });
  };
  const trouble = list?.trouble || began.trouble;
  return (
    <>
      <TextRow
        label="Pid"
        first={first}
        value={value}
        problem={problem}
        hint={hint}
        onChange={(program) => onChange({ program: program.trim() })}
      >
        <IconButton icon={reading ? 'loading' : 'refresh'} label="Read the list again" onPress={() => void readAgain()} />
      </TextRow>
      <div className="fl">
        <span className="fl-label">Processes</span>
        <div className="fb">
          <ListBox
            aria-label="Python processes"
            className="procs"
            items={(list?.processes ?? []).map((process) => ({ ...process, id: String(process.pid) }))}
            selectionMode="single"
            selectedKeys={value ? [value] : []}
            onSelectionChange={(keys) => choose(list?.processes.find(({ pid }) => keys !== 'all' && keys.has(String(pid))))}
            renderEmptyState={() => (
              <p className="fg3 pad">{trouble ? visible(trouble) : list ? 'No Python runs here now.' : 'Reading the list…'}</p>
            )}
          >
            {(process) => <ProcessRow process={process} />}
          </ListBox>
        </div>
      </div>
    </>
  );
}

function ProcessRow({ process }: { readonly process: PythonProcess & { readonly id: string } }) {
  const { id, pid, version, command, user, trouble } = process;
  return (
    <ListBoxItem id={id} className={`proc ${trouble ? 'off' : ''}`} textValue={`${pid} ${visible(command)}`}>
      <span className="num proc-pid">{pid}</span>
      <span className="mono proc-version">{version || '?'}</span>
      <span className="el proc-user">{visible(user)}</span>
      <span className="mono el grow" title={visible(command)}>
        {visible(command)}
      </span>
      {trouble ? (
        <span className="xs proc-why">
          <Icon name="circle-slash" size="xs" />
          {visible(trouble)}
        </span>
      ) : null}
    </ListBoxItem>
  );
}
