import { useEffect, useMemo, useRef, useState } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import type { LaunchConfig, LaunchKind, LaunchProblem } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { joinWords, splitWords } from '../../../preload/protocol/words';
import type { Refusal } from '../../store/connect';
import { launchSession } from '../../store/launch';
import { dispatch, useView } from '../../store/store';
import { useAnswer } from '../../store/useAnswer';
import { onWish } from '../../store/wishes';
import { Icon } from '../../widgets/Icon';
import { variableTrouble } from './EnvironmentTable';
import { FolderDialog } from './FolderDialog';
import { InterpreterList } from './InterpreterList';
import { listPythons } from './interpreterStates';
import { KINDS, kindOf } from './kinds';
import { LaunchFields } from './LaunchFields';
import { LaunchFoot } from './LaunchFoot';
import { RecentList } from './RecentList';
import { useProposedPython } from './useProposedPython';
import { WhatWillHappen } from './WhatWillHappen';
import './launch.css';

const NONE: readonly LaunchProblem[] = [];

/** The form for a new session: its kind, what was launched before, what to launch, what will happen. */
export function Launch() {
  const draft = useView((v) => v.draft);
  const change = (part: Partial<LaunchConfig>) => dispatch({ type: 'draft', draft: { ...draft, ...part } });
  const { opened, switchTo } = useKinds(draft, change);
  return (
    <Tabs className="lg-whole" selectedKey={draft.kind} onSelectionChange={(key) => switchTo(kindOf(launchKindOf(key)).id)}>
      <TabList aria-label="What to debug" className="stabs kinds">
        {KINDS.map(({ id, title, icon }) => (
          <Tab key={id} id={id} className={({ isSelected }) => `stab ${isSelected ? 'on' : ''}`}>
            <Icon name={icon} size="s" />
            {title}
          </Tab>
        ))}
      </TabList>
      <TabPanel id={draft.kind} className="lg">
        <LaunchForm draft={draft} opened={opened} change={change} />
      </TabPanel>
    </Tabs>
  );
}

/** A tab's key is the kind that it was made with. */
const launchKindOf = (key: unknown): LaunchKind => KINDS.find(({ id }) => id === key)?.id ?? 'script';

/** Each kind keeps what was typed for it while another is looked at. */
function useKinds(draft: LaunchConfig, change: (part: Partial<LaunchConfig>) => void) {
  const typed = useRef<Partial<Record<LaunchKind, string>>>({});
  const [opened, setOpened] = useState(true);
  const switchTo = (kind: LaunchKind) => {
    if (kind === draft.kind) return;
    typed.current[draft.kind] = draft.program;
    setOpened(false);
    change({ kind, program: typed.current[kind] ?? '' });
  };
  return { opened, switchTo };
}

interface FormProps {
  readonly draft: LaunchConfig;
  readonly opened: boolean;
  change(part: Partial<LaunchConfig>): void;
}

function LaunchForm({ draft, opened, change }: FormProps) {
  const [browse, setBrowse] = useState<'program' | 'folder' | undefined>();
  const [agreed, agree] = useState('');
  const found = useAnswer('launch.interpreters', { folder: draft.folder });
  const missing = useAnswer('launch.missing', { kind: draft.kind, program: draft.program, folder: draft.folder });
  const plan = useAnswer('launch.plan', draft);
  const { launch, starting, refusal } = useLaunch(draft);
  const typed = useTyped(draft);
  // An answer for another kind of launch is none.
  const planned = plan.value?.kind === draft.kind ? plan.value : undefined;
  const stands = planned?.problems ?? NONE;
  const errors = [...stands, ...typed].filter((p) => p.severity === 'error');
  const problems = useMemo(() => new Map([...stands, ...typed, ...problemOf(refusal)].map((p) => [p.field, p])), [stands, typed, refusal]);
  const pythons = useMemo(
    () => found.value && listPythons(found.value, missing.value ?? [], draft.kind),
    [found.value, missing.value, draft.kind],
  );
  const isAnswer = found.answers === JSON.stringify({ folder: draft.folder });
  const decide = useProposedPython(draft, isAnswer ? pythons : undefined, change);
  const consented = draft.kind !== 'process' || agreed === draft.program;
  const submit = () => {
    if (!errors.length && !starting && consented) void launch();
  };
  useEffect(() => onWish((wish) => wish === 'launch' && submit()));
  const choosePython = (interpreter: string) => {
    decide(draft.folder);
    change({ interpreter });
  };
  return (
    <>
      <RecentList
        draft={draft}
        onChoose={(config) => {
          decide(config.folder);
          dispatch({ type: 'draft', draft: config });
        }}
      />
      <form
        className="pane lc-mid"
        aria-label="New session"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <div className="pb">
          <div className="form">
            <LaunchFields
              draft={draft}
              opened={opened}
              problems={problems}
              note={planned?.programNote ?? ''}
              onChange={change}
              onBrowse={setBrowse}
            >
              <InterpreterList found={pythons} chosen={draft.interpreter} problem={problems.get('interpreter')} onChoose={choosePython} />
            </LaunchFields>
          </div>
        </div>
        {planned?.command && errors.length === 0 ? <pre className="cmd only-narrow">{visible(planned.command)}</pre> : null}
        <LaunchFoot
          draft={draft}
          why={errors[0]?.message ?? refusal?.message ?? ''}
          refused={refusal !== undefined}
          blocked={errors.length > 0}
          starting={starting}
          consented={consented}
          onConsent={(given) => agree(given ? draft.program : '')}
        />
      </form>
      <WhatWillHappen plan={planned} trouble={plan.trouble} draft={draft} />
      {browse ? <FolderDialog what={browse} draft={draft} onClose={() => setBrowse(undefined)} onChoose={change} /> : null}
    </>
  );
}

/** Starting a session: on its way, or refused for this very draft. */
function useLaunch(draft: LaunchConfig) {
  const [starting, setStarting] = useState(false);
  const [refused, setRefused] = useState<{ readonly draft: LaunchConfig; readonly refusal: Refusal }>();
  const launch = async () => {
    setStarting(true);
    const refusal = await launchSession(draft);
    setStarting(false);
    setRefused(refusal && { draft, refusal });
  };
  return { launch, starting, refusal: refused?.draft === draft ? refused.refusal : undefined };
}

/** What is wrong with what was typed and cannot be part of a launch yet. */
function useTyped({ args, kind }: LaunchConfig): readonly LaunchProblem[] {
  const unfinished = useView((v) => v.unfinished);
  return useMemo(() => {
    if (!kindOf(kind).starts) return NONE;
    const split = splitWords(unfinished.args ?? joinWords(args));
    const line = 'trouble' in split ? [{ field: 'args', severity: 'error', message: split.trouble } as const] : NONE;
    const variable = variableTrouble(unfinished);
    return variable ? [...line, { field: 'env', severity: 'error', message: variable } as const] : line;
  }, [unfinished, args, kind]);
}

/** A refusal that came after the plan, put beside the field that it is about. */
const problemOf = (refusal: Refusal | undefined): readonly LaunchProblem[] =>
  refusal?.code === 'interpreter-unusable' ? [{ field: 'interpreter', severity: 'error', message: refusal.message }] : NONE;
