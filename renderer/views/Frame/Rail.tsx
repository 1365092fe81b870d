import { Button } from 'react-aria-components';
import { dispatch, useView } from '../../store/store';
import type { Area } from '../../store/view';
import { Icon } from '../../widgets/Icon';

const ROOMS: readonly { readonly area: Area; readonly icon: string; readonly name: string }[] = [
  { area: 'start', icon: 'home', name: 'Start' },
  { area: 'debug', icon: 'debug-alt', name: 'Debug' },
];
const FOOT: typeof ROOMS = [{ area: 'settings', icon: 'settings-gear', name: 'Settings' }];

/** The areas that have something in them. */
export function Rail() {
  const now = useView((v) => v.area);
  const room = ({ area, icon, name }: (typeof ROOMS)[number]) => (
    <Button
      key={area}
      className={`room ${now === area ? 'on' : ''}`}
      aria-current={now === area ? 'page' : 'false'}
      onPress={() => dispatch({ type: 'go', area })}
    >
      <Icon name={icon} />
      <span>{name}</span>
    </Button>
  );
  return (
    <nav className="rail" aria-label="Areas">
      {ROOMS.map(room)}
      <span className="gap" />
      {FOOT.map(room)}
    </nav>
  );
}
