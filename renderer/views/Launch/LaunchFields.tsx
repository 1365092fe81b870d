import type { ReactNode } from 'react';
import { Button, FieldError, Input, Label, Switch, TextField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { LaunchConfig, LaunchProblem } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { dispatch, useView } from '../../store/store';
import { Icon } from '../../widgets/Icon';
import { EnvironmentTable } from './EnvironmentTable';
import { joinWords, splitWords } from './words';

interface Props {
  readonly draft: LaunchConfig;
  readonly problems: ReadonlyMap<LaunchProblem['field'], LaunchProblem>;
  readonly note: string;
  readonly children: ReactNode;
  onChange(part: Partial<LaunchConfig>): void;
  onBrowse(what: 'program' | 'folder'): void;
}

/** The form's rows, from top to bottom; `children` is the list of interpreters. */
export function LaunchFields({ draft, problems, note, children, onChange, onBrowse }: Props) {
  const named = (program: string) =>
    onChange(draft.folder === folderOf(draft.program) || !draft.folder ? { program, folder: folderOf(program) } : { program });
  return (
    <>
      <PathField
        label="Program"
        first
        value={draft.program}
        problem={draft.program ? problems.get('program') : undefined}
        hint={note}
        onChange={named}
        onBrowse={() => onBrowse('program')}
      />
      <div className="fl">
        <span className="fl-label">Interpreter</span>
        <div className="fb">{children}</div>
      </div>
      <ArgumentsField args={draft.args} problem={problems.get('args')} onChange={(args) => onChange({ args: [...args] })} />
      <PathField
        label="Folder"
        value={draft.folder}
        problem={draft.folder ? problems.get('folder') : undefined}
        hint=""
        onChange={(folder) => onChange({ folder })}
        onBrowse={() => onBrowse('folder')}
      />
      <div className="fl">
        <span className="fl-label">Environment</span>
        <div className="fb">
          <EnvironmentTable env={draft.env} trouble={problems.get('env')?.message ?? ''} onChange={(env) => onChange({ env })} />
        </div>
      </div>
      <div className="fl">
        <span className="fl-label">Program’s terminal</span>
        <div className="fb row">
          <ToggleButtonGroup
            className="seg"
            aria-label="Program’s terminal"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[draft.programTerminal]}
            onSelectionChange={(keys) => onChange({ programTerminal: keys.has('own') ? 'own' : 'console' })}
          >
            <ToggleButton id="own">Own pane</ToggleButton>
            <ToggleButton id="console">In the console</ToggleButton>
          </ToggleButtonGroup>
        </div>
      </div>
      <div className="fl">
        <span className="fl-label">Stop at start</span>
        <Switch
          className="switch"
          isSelected={draft.stopOnEntry}
          onChange={(stopOnEntry) => onChange({ stopOnEntry })}
          aria-label="Stop at start"
        >
          <span className="sw" />
          <span>{draft.stopOnEntry ? 'On' : 'Off'}</span>
        </Switch>
      </div>
    </>
  );
}

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || (path.startsWith('/') ? '/' : '');

interface PathProps {
  readonly label: string;
  /** Takes the focus when the form is opened. */
  readonly first?: boolean;
  readonly value: string;
  readonly problem: LaunchProblem | undefined;
  readonly hint: string;
  onChange(value: string): void;
  onBrowse(): void;
}

function PathField({ label, first = false, value, problem, hint, onChange, onBrowse }: PathProps) {
  const wrong = problem?.severity === 'error';
  return (
    <TextField className="fl" value={value} onChange={onChange} isInvalid={wrong} autoFocus={first}>
      <Label className="fl-label">{label}</Label>
      <div className="fb">
        <div className="row">
          <Input className="in mono" spellCheck={false} autoComplete="off" />
          <Button className="btn" onPress={onBrowse} aria-label={`Browse for ${label.toLowerCase()}`}>
            <Icon name="folder-opened" />
            <span className="hide-n">Browse</span>
          </Button>
        </div>
        <FieldError className="hint xs err">{visible(problem?.message ?? '')}</FieldError>
        {wrong ? null : <span className={`hint xs ${problem ? 'warn' : 'fg3'}`}>{visible(problem?.message ?? hint)}</span>}
      </div>
    </TextField>
  );
}

interface ArgumentsProps {
  readonly args: readonly string[];
  readonly problem: LaunchProblem | undefined;
  onChange(args: readonly string[]): void;
}

function ArgumentsField({ args, problem, onChange }: ArgumentsProps) {
  const line = useView((v) => v.unfinished.args) ?? joinWords(args);
  const typed = (text: string) => {
    const next = splitWords(text);
    if ('words' in next) onChange(next.words);
    dispatch({ type: 'unfinished', part: { args: text } });
  };
  return (
    <TextField className="fl" value={line} onChange={typed} isInvalid={problem !== undefined}>
      <Label className="fl-label">Arguments</Label>
      <div className="fb">
        <Input className="in mono" spellCheck={false} autoComplete="off" />
        <FieldError className="hint xs err">{visible(problem?.message ?? '')}</FieldError>
        {problem ? null : (
          <span className="hint xs fg3">
            As in a shell, without expansion. {args.length === 1 ? '1 argument' : `${args.length} arguments`}.
          </span>
        )}
      </div>
    </TextField>
  );
}
