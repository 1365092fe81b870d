import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { LaunchConfig, LaunchProblem } from '../../../preload/protocol/launch';
import { Icon } from '../../widgets/Icon';
import { ProcessPicker } from './ProcessPicker';
import { TestPicker } from './TestPicker';
import { TextRow } from './TextRow';

interface Props {
  readonly draft: LaunchConfig;
  /** The form was opened with this field: it takes the focus. */
  readonly first: boolean;
  readonly problems: ReadonlyMap<LaunchProblem['field'], LaunchProblem>;
  readonly note: string;
  onChange(part: Partial<LaunchConfig>): void;
  onBrowse(what: 'program' | 'folder'): void;
}

/** The form's first field: what is debugged, by the kind of launch. */
export function TargetField({ draft, first, problems, note, onChange, onBrowse }: Props) {
  const [picking, setPicking] = useState(false);
  const problem = problems.get('program');
  const row = { first, value: draft.program, problem: draft.program ? problem : undefined, hint: note };
  switch (draft.kind) {
    case 'script':
      return (
        <TextRow {...row} label="Program" onChange={(program) => onChange(withFolder(draft, program))}>
          <Button className="btn" onPress={() => onBrowse('program')} aria-label="Browse for program">
            <Icon name="folder-opened" />
            <span className="hide-n">Browse</span>
          </Button>
        </TextRow>
      );
    case 'module':
      return <TextRow {...row} label="Module" placeholder="shop.worker" onChange={(program) => onChange({ program })} />;
    case 'pytest':
      return (
        <TextRow {...row} problem={problem} label="Tests" placeholder="all" onChange={(program) => onChange({ program })}>
          <Button className="btn" onPress={() => setPicking(true)}>
            <Icon name="list-tree" />
            Collect tests
          </Button>
          {picking ? (
            <TestPicker
              draft={draft}
              whyNot={whyNotCollect(problems)}
              onClose={() => setPicking(false)}
              onChoose={(program) => onChange({ program })}
            />
          ) : null}
        </TextRow>
      );
    case 'waiting':
      return (
        <div className="fl">
          <span className="fl-label">Program</span>
          <p className="fb fl-text">
            You start it yourself, with a command that the session shows. It stops at its first <span className="mono">breakpoint()</span>.
          </p>
        </div>
      );
    case 'process':
      return <ProcessPicker {...row} onChange={onChange} />;
  }
}

/** What has to be mended before pytest can be started at all; empty when nothing has to. */
const whyNotCollect = (problems: Props['problems']): string =>
  (['folder', 'interpreter', 'args', 'env'] as const).map((field) => problems.get(field)?.message).find(Boolean) ?? '';

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || (path.startsWith('/') ? '/' : '');

/** The working folder follows the script until the person gives another. */
const withFolder = (draft: LaunchConfig, program: string): Partial<LaunchConfig> =>
  draft.folder === folderOf(draft.program) || !draft.folder ? { program, folder: folderOf(program) } : { program };
