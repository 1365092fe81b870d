import { useEffect, useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import type { LaunchConfig, LaunchProblem } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import type { Refusal } from '../../store/connect';
import { launchSession } from '../../store/launch';
import { dispatch, useView } from '../../store/store';
import { useAnswer } from '../../store/useAnswer';
import { onWish } from '../../store/wishes';
import { Icon } from '../../widgets/Icon';
import { variableTrouble } from './EnvironmentTable';
import { FolderDialog } from './FolderDialog';
import { InterpreterList } from './InterpreterList';
import { LaunchFields } from './LaunchFields';
import { RecentList } from './RecentList';
import { WhatWillHappen } from './WhatWillHappen';
import { joinWords, splitWords } from './words';

const NONE: readonly LaunchProblem[] = [];

/** The form for a new session: what was launched before, what to launch, what will happen. */
export function Launch() {
  const draft = useView((v) => v.draft);
  const [browse, setBrowse] = useState<'program' | 'folder' | undefined>();
  const [starting, setStarting] = useState(false);
  const [refused, setRefused] = useState<{ readonly draft: LaunchConfig; readonly refusal: Refusal }>();
  const change = (part: Partial<LaunchConfig>) => dispatch({ type: 'draft', draft: { ...draft, ...part } });
  const interpreters = useAnswer('launch.interpreters', { folder: draft.folder });
  const plan = useAnswer('launch.plan', draft);
  const typed = useTyped(draft.args);
  const planned = plan.value?.problems ?? NONE;
  const refusal = refused?.draft === draft ? refused.refusal : undefined;
  const problems = useMemo(
    () => new Map([...planned, ...typed, ...problemOf(refusal)].map((p) => [p.field, p])),
    [planned, typed, refusal],
  );
  const errors = [...planned, ...typed].filter((p) => p.severity === 'error');
  const usable = interpreters.value?.find((i) => !i.trouble);

  useEffect(() => {
    if (!draft.interpreter && usable) change({ interpreter: usable.path });
    // Not when the person empties the field: they are about to type another.
  }, [usable?.path]);

  const launch = async () => {
    if (errors.length || starting) return;
    setStarting(true);
    const refusedNow = await launchSession(draft);
    setStarting(false);
    setRefused(refusedNow && { draft, refusal: refusedNow });
  };
  useEffect(() => onWish((wish) => wish === 'launch' && void launch()));
  const why = errors[0]?.message ?? refusal?.message ?? '';

  return (
    <div className="lg">
      <RecentList draft={draft} />
      <form
        className="pane lc-mid"
        aria-label="New session"
        onSubmit={(event) => {
          event.preventDefault();
          void launch();
        }}
      >
        <div className="pb">
          <div className="form">
            <LaunchFields draft={draft} problems={problems} note={plan.value?.programNote ?? ''} onChange={change} onBrowse={setBrowse}>
              <InterpreterList
                found={interpreters}
                chosen={draft.interpreter}
                problem={problems.get('interpreter')}
                onChoose={(interpreter) => change({ interpreter })}
              />
            </LaunchFields>
          </div>
        </div>
        {plan.value && draft.program ? <pre className="cmd only-narrow">{visible(plan.value.command)}</pre> : null}
        <div className="fin">
          <span className={`xs grow ${why ? 'err' : 'fg3'}`} role={refusal ? 'alert' : undefined}>
            {draft.program || draft.folder ? visible(why) : 'Choose a script. Nothing runs until you press Launch.'}
          </span>
          <Button type="submit" className="btn pri" isDisabled={errors.length > 0 || starting}>
            <Icon name={starting ? 'loading' : 'debug-start'} />
            Launch
          </Button>
        </div>
      </form>
      <WhatWillHappen plan={plan.value} trouble={plan.trouble} draft={draft} />
      {browse ? <FolderDialog what={browse} draft={draft} onClose={() => setBrowse(undefined)} onChoose={change} /> : null}
    </div>
  );
}

/** What is wrong with what was typed and cannot be part of a launch yet. */
function useTyped(args: readonly string[]): readonly LaunchProblem[] {
  const unfinished = useView((v) => v.unfinished);
  return useMemo(() => {
    const split = splitWords(unfinished.args ?? joinWords(args));
    const line = 'trouble' in split ? [{ field: 'args', severity: 'error', message: split.trouble } as const] : NONE;
    const variable = variableTrouble(unfinished);
    return variable ? [...line, { field: 'env', severity: 'error', message: variable } as const] : line;
  }, [unfinished, args]);
}

/** A refusal that came after the plan, put beside the field that it is about. */
const problemOf = (refusal: Refusal | undefined): readonly LaunchProblem[] =>
  refusal?.code === 'interpreter-unusable' ? [{ field: 'interpreter', severity: 'error', message: refusal.message }] : NONE;
