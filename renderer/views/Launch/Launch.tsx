import { useEffect, useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import type { LaunchConfig } from '../../../preload/protocol/launch';
import { launchSession } from '../../store/launch';
import { dispatch, useView } from '../../store/store';
import { useAnswer } from '../../store/useAnswer';
import { onWish } from '../../store/wishes';
import { Icon } from '../../widgets/Icon';
import { FolderDialog } from './FolderDialog';
import { InterpreterList } from './InterpreterList';
import { LaunchFields } from './LaunchFields';
import { RecentList } from './RecentList';
import { WhatWillHappen } from './WhatWillHappen';

/** The form for a new session: what was launched before, what to launch, what will happen. */
export function Launch() {
  const draft = useView((v) => v.draft);
  const [browse, setBrowse] = useState<'program' | 'folder' | undefined>();
  const [starting, setStarting] = useState(false);
  const change = (part: Partial<LaunchConfig>) => dispatch({ type: 'draft', draft: { ...draft, ...part } });
  const interpreters = useAnswer('launch.interpreters', { folder: draft.folder });
  const plan = useAnswer('launch.plan', draft);
  const errors = plan.value?.problems.filter((p) => p.severity === 'error') ?? [];
  const usable = interpreters.value?.find((i) => !i.trouble);

  useEffect(() => {
    if (!draft.interpreter && usable) change({ interpreter: usable.path });
  }, [draft.interpreter, usable?.path]);

  const launch = async () => {
    if (errors.length || starting) return;
    setStarting(true);
    await launchSession(draft);
    setStarting(false);
  };
  useEffect(() => onWish((wish) => wish === 'launch' && void launch()));
  const problems = useMemo(() => new Map(plan.value?.problems.map((p) => [p.field, p])), [plan.value]);

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
        <div className="fin">
          <span className={`xs grow ${errors.length ? 'err' : 'fg3'}`}>
            {draft.program || draft.folder ? (errors[0]?.message ?? '') : 'Choose a script. Nothing runs until you press Launch.'}
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
