import type { LaunchConfig, LaunchPlan } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { shortPath } from '../../store/paths';
import { useView } from '../../store/store';
import { Icon } from '../../widgets/Icon';
import { kindOf } from './kinds';

interface Props {
  readonly plan: LaunchPlan | undefined;
  readonly trouble: string;
  readonly draft: LaunchConfig;
}

/** What Launch will do, in order, with the real command, before anything runs. */
export function WhatWillHappen({ plan, trouble, draft }: Props) {
  const home = useView((v) => v.hello?.home ?? '');
  const breakpoints = useView((v) => v.breakpoints.length);
  const { first, starts } = kindOf(draft.kind);
  const empty = !draft.program && plan?.problems.some((p) => p.field === 'program');
  return (
    <div className="pane rc">
      <div className="ph">What will happen</div>
      <div className="pb">
        {trouble ? <p className="note err">{visible(trouble)}</p> : null}
        {!plan || empty ? <p className="fg3 small pad">{first} This says what Launch does, step by step.</p> : null}
        {plan && !empty ? (
          <>
            {plan.steps.map((step, i) => (
              <div className="blk" key={step.title}>
                <h3>
                  {i + 1}. {visible(step.title)}
                </h3>
                {i === 0 && plan.command ? <pre className="cmd">{visible(plan.command)}</pre> : null}
                <p className="small fg2">{visible(step.detail)}</p>
              </div>
            ))}
            {breakpoints ? (
              <div className="blk">
                <p className="small fg2">
                  {breakpoints === 1 ? '1 breakpoint is set' : `${breakpoints} breakpoints are set`} before it {starts ? 'runs' : 'goes on'}
                  .
                </p>
              </div>
            ) : null}
            {starts ? (
              <div className="blk">
                <div className="note info">
                  <Icon name="shield" size="s" />
                  <span className="grow">
                    Launch runs this program with your rights, and what it imports from {shortPath(draft.folder, home, 40)}.
                  </span>
                </div>
              </div>
            ) : null}
            {plan.unread.length ? (
              <div className="blk">
                <h3>Files that stay unread</h3>
                <dl className="kv">
                  {plan.unread.map(({ by, name }) => (
                    <div key={name} className="kv-row">
                      <dt>{by}</dt>
                      <dd className="mono">{shortPath(name, home, 40)}</dd>
                    </div>
                  ))}
                </dl>
              </div>
            ) : null}
          </>
        ) : null}
      </div>
    </div>
  );
}
