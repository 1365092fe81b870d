import type { ReactNode } from 'react';
import { Button, FieldError, Input, Label, Switch, TextField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { LaunchConfig, LaunchProblem } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { joinWords, splitWords } from '../../../preload/protocol/words';
import { dispatch, useView } from '../../store/store';
import { Icon } from '../../widgets/Icon';
import { EnvironmentTable } from './EnvironmentTable';
import { kindOf } from './kinds';
import { TargetField } from './TargetField';
import { TextRow } from './TextRow';

interface Props {
  readonly draft: LaunchConfig;
  /** The first field takes the focus. */
  readonly opened: boolean;
  readonly problems: ReadonlyMap<LaunchProblem['field'], LaunchProblem>;
  readonly note: string;
  readonly children: ReactNode;
  onChange(part: Partial<LaunchConfig>): void;
  onBrowse(what: 'program' | 'folder'): void;
}

/** The form's rows, from top to bottom; `children` is the list of interpreters. A kind shows only what it needs. */
export function LaunchFields({ draft, opened, problems, note, children, onChange, onBrowse }: Props) {
  const { starts } = kindOf(draft.kind);
  return (
    <>
      <TargetField key={draft.kind} draft={draft} first={opened} problems={problems} note={note} onChange={onChange} onBrowse={onBrowse} />
      <div className="fl">
        <span className="fl-label">Interpreter</span>
        <div className="fb">{children}</div>
      </div>
      {starts ? (
        <ArgumentsField args={draft.args} problem={problems.get('args')} onChange={(args) => onChange({ args: [...args] })} />
      ) : null}
      <TextRow
        label="Folder"
        value={draft.folder}
        problem={draft.folder ? problems.get('folder') : undefined}
        hint=""
        onChange={(folder) => onChange({ folder })}
      >
        <Button className="btn" onPress={() => onBrowse('folder')} aria-label="Browse for folder">
          <Icon name="folder-opened" />
          <span className="hide-n">Browse</span>
        </Button>
      </TextRow>
      {starts ? (
        <div className="fl">
          <span className="fl-label">Environment</span>
          <div className="fb">
            <EnvironmentTable env={draft.env} trouble={problems.get('env')?.message ?? ''} onChange={(env) => onChange({ env })} />
          </div>
        </div>
      ) : null}
      <Choices draft={draft} onChange={onChange} />
    </>
  );
}

type ChoicesProps = Pick<Props, 'draft' | 'onChange'>;

/** What is chosen of two. */
function Choices({ draft, onChange }: ChoicesProps) {
  const { starts } = kindOf(draft.kind);
  const what = draft.kind === 'pytest' ? 'the first test' : 'its first line';
  return (
    <>
      {starts ? (
        <ChoiceRow
          label="Program’s terminal"
          options={[
            { id: 'own', text: 'Own pane' },
            { id: 'console', text: 'In the console' },
          ]}
          chosen={draft.programTerminal}
          onChoose={(id) => onChange({ programTerminal: id === 'own' ? 'own' : 'console' })}
        />
      ) : null}
      <ChoiceRow
        label="Children"
        options={[
          { id: 'follow', text: 'Follow' },
          { id: 'leave', text: 'Leave alone' },
        ]}
        chosen={draft.children}
        hint={
          draft.children === 'follow'
            ? 'Processes that it makes stop at your breakpoints too, each in a console of its own.'
            : 'Processes that it makes run without a debugger.'
        }
        onChoose={(id) => onChange({ children: id === 'follow' ? 'follow' : 'leave' })}
      />
      {starts ? (
        <div className="fl">
          <span className="fl-label">Stop at start</span>
          <Switch
            className="switch"
            isSelected={draft.stopOnEntry}
            onChange={(stopOnEntry) => onChange({ stopOnEntry })}
            aria-label="Stop at start"
          >
            <span className="sw" />
            <span>{draft.stopOnEntry ? `On, at ${what}` : 'Off'}</span>
          </Switch>
        </div>
      ) : null}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly chosen: string;
  readonly hint?: string;
  onChoose(id: string): void;
}

function ChoiceRow({ label, options, chosen, hint = '', onChoose }: ChoiceProps) {
  return (
    <div className="fl">
      <span className="fl-label">{label}</span>
      <div className="fb row fl-choice">
        <ToggleButtonGroup
          className="seg"
          aria-label={label}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[chosen]}
          onSelectionChange={(keys) => onChoose(String([...keys][0] ?? chosen))}
        >
          {options.map(({ id, text }) => (
            <ToggleButton key={id} id={id}>
              {text}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {hint ? <span className="xs fg3">{hint}</span> : null}
      </div>
    </div>
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
