import { Button } from 'react-aria-components';
import { launchTitle } from '../../../preload/protocol/launch';
import type { LaunchConfig } from '../../../preload/protocol/launch';
import { visible } from '../../../preload/protocol/visible';
import { shortPath } from '../../store/paths';
import { useView } from '../../store/store';
import { Icon } from '../../widgets/Icon';
import { kindOf } from './kinds';

interface Props {
  readonly draft: LaunchConfig;
  onChoose(config: LaunchConfig): void;
}

/** Earlier launches; choosing one fills the form. */
export function RecentList({ draft, onChoose }: Props) {
  const recent = useView((v) => v.recent);
  const home = useView((v) => v.hello?.home ?? '');
  const now = JSON.stringify(draft);
  return (
    <div className="pane lc">
      <div className="ph">
        Recent<span className="cnt">{recent.length}</span>
      </div>
      <div className="pb">
        {recent.length === 0 ? <p className="xs fg3 pad">What you launch is kept here, to be launched again.</p> : null}
        {recent.map(({ config, at }) => (
          <Button key={at} className={`lrow ${JSON.stringify(config) === now ? 'on' : ''}`} onPress={() => onChoose(config)}>
            <Icon name={kindOf(config.kind).icon} size="s" />
            <span className="grow">
              <span className="el m">{visible([launchTitle(config), ...config.args].join(' '))}</span>
              <span className="el xs fg3">
                {kindOf(config.kind).title}, {shortPath(config.folder, home, 30)},{' '}
                {new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}
              </span>
            </span>
          </Button>
        ))}
      </div>
    </div>
  );
}
