import { Button, Checkbox } from 'react-aria-components';
import type { LaunchConfig } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { Icon } from '../../widgets/Icon';
import { kindOf } from './kinds';

interface Props {
  readonly draft: LaunchConfig;
  /** Why nothing can be launched, or was refused; empty when all is well. */
  readonly why: string;
  /** `why` is an answer to Launch. */
  readonly refused: boolean;
  readonly blocked: boolean;
  readonly starting: boolean;
  readonly consented: boolean;
  onConsent(given: boolean): void;
}

/** Launch, and beside it what stands in its way. A running process is entered only when the person has agreed to it. */
export function LaunchFoot({ draft, why, refused, blocked, starting, consented, onConsent }: Props) {
  const begun = draft.program || draft.folder;
  const isProcess = draft.kind === 'process';
  return (
    <div className="fin">
      {isProcess && !blocked && !refused ? (
        <Checkbox className="consent grow" isSelected={consented} onChange={onConsent}>
          <span className="tick">
            <Icon name="check" size="xs" />
          </span>
          <span>Stop process {visible(draft.program)} and run Casebook’s bridge in it, with the rights that it has.</span>
        </Checkbox>
      ) : (
        <span className={`xs grow ${why && begun ? 'err' : 'fg3'}`} role={refused ? 'alert' : undefined}>
          {begun && why ? visible(why) : begun && draft.kind !== 'waiting' ? '' : kindOf(draft.kind).first}
        </span>
      )}
      <Button type="submit" className="btn pri" isDisabled={blocked || starting || !consented}>
        <Icon name={starting ? 'loading' : 'debug-start'} />
        Launch
      </Button>
    </div>
  );
}
