import { Button } from 'react-aria-components';
import { run } from '../../commands';
import { keyLabel } from '../../keys';
import { perform, useView } from '../../store/store';
import { activeSession } from '../../store/view';
import { wish } from '../../store/wishes';
import { visible } from '../../../preload/protocol/visible';
import { Icon } from '../../widgets/Icon';
import { IconButton } from '../../widgets/IconButton';
import logo from '../../../resources/icons/logo.svg';

const act = (what: 'minimize' | 'maximize' | 'close' | 'menu') => void perform('window.act', { act: what });

/** Logo, where one is, the palette's field, saved state, window buttons where there is a window of ours. */
export function Title() {
  const host = useView((v) => v.hello?.host);
  const mac = useView((v) => v.hello?.platform === 'darwin');
  const session = useView(activeSession);
  const area = useView((v) => v.area);
  const title = area === 'debug' && session ? visible(session.title) : 'Casebook';
  const trouble = session?.journal.trouble ?? '';
  return (
    <header className="title">
      <div className="row tight">
        <Button className="brand" aria-label="Menu" onPress={() => (host === 'electron' ? act('menu') : run('palette'))}>
          <img src={logo} alt="" width="20" height="20" />
        </Button>
        <div className="row crumb">
          <b className="el">{title}</b>
        </div>
      </div>
      <Button className="find" onPress={() => run('palette')}>
        <Icon name="search" size="s" />
        <span className="grow el">Search commands</span>
        <kbd>{keyLabel('Mod+Shift+P', mac)}</kbd>
      </Button>
      <div className="row title-end">
        {trouble ? (
          <span className="row xs warn nw" role="alert">
            <Icon name="warning" size="xs" /> Not saved
          </span>
        ) : null}
        {area === 'debug' && session ? <IconButton icon="layout" label="Reset layout" onPress={() => wish('reset-layout')} /> : null}
        {host === 'electron' && !mac ? (
          <span className="wc">
            <Button aria-label="Minimize" onPress={() => act('minimize')}>
              <Icon name="chrome-minimize" />
            </Button>
            <Button aria-label="Maximize" onPress={() => act('maximize')}>
              <Icon name="chrome-maximize" />
            </Button>
            <Button aria-label="Close" onPress={() => act('close')}>
              <Icon name="chrome-close" />
            </Button>
          </span>
        ) : null}
      </div>
    </header>
  );
}
