import { lazy, Suspense, useEffect } from 'react';
import { run } from '../../commands';
import { commandFor } from '../../keys';
import { commands } from '../../../preload/protocol/commands';
import { onEvent, useView } from '../../store/store';
import { Start } from '../Start/Start';
import { useTheme } from './useTheme';
import { Rail } from './Rail';
import { Status } from './Status';
import { Title } from './Title';
import { Toasts } from './Toasts';

// The editor and the terminals are large; Start is drawn without them.
const loadDebug = () => import('../Debug/Debug');
const loadPalette = () => import('../Palette/Palette');
const Debug = lazy(() => loadDebug().then(({ Debug: view }) => ({ default: view })));
const Settings = lazy(() => import('../Settings/Settings').then(({ Settings: view }) => ({ default: view })));
const Palette = lazy(() => loadPalette().then(({ Palette: view }) => ({ default: view })));
const About = lazy(() => import('./About').then(({ About: view }) => ({ default: view })));

/** The whole window: title, rail, one area, status. */
export function Workbench() {
  const area = useView((v) => v.area);
  const link = useView((v) => v.link);
  const hello = useView((v) => v.hello);
  const palette = useView((v) => v.palette);
  useTheme();
  useKeys();
  useEffect(() => {
    if (!hello) return undefined;
    document.body.dataset['ready'] = '';
    // Once Start stands, what comes next is fetched, so that the first key in the palette is not lost.
    const idle = requestIdleCallback(() => void loadPalette().then(loadDebug));
    return () => cancelIdleCallback(idle);
  }, [hello]);
  return (
    <div className="app">
      <Title />
      <Rail />
      <main className="main">
        {hello ? (
          <Suspense fallback={<Busy />}>{area === 'start' ? <Start /> : area === 'debug' ? <Debug /> : <Settings />}</Suspense>
        ) : (
          <NoLink message={link.state === 'lost' ? link.message : ''} />
        )}
      </main>
      <Status />
      <Toasts />
      <Suspense>
        {palette ? <Palette /> : null}
        <About />
      </Suspense>
    </div>
  );
}

function Busy() {
  return <p className="empty" role="status" />;
}

function NoLink({ message }: { readonly message: string }) {
  if (!message) return <Busy />;
  return (
    <div className="empty" role="alert">
      <h2>No link to Casebook</h2>
      <p>{message}</p>
    </div>
  );
}

function useKeys(): void {
  const mac = useView((v) => v.hello?.platform === 'darwin');
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const inConsole = event.target instanceof Element && event.target.closest('.screen') !== null;
      const command = commandFor(event, { inConsole, mac });
      // The editor finds and goes to lines by itself.
      const inSource = event.target instanceof Element && event.target.closest('.source') !== null;
      if (!command || (inSource && (command === 'find' || command === 'go-to-line'))) return;
      event.preventDefault();
      event.stopPropagation();
      run(command);
    };
    window.addEventListener('keydown', pressed, true);
    return () => window.removeEventListener('keydown', pressed, true);
  }, [mac]);
  useEffect(
    () =>
      onEvent((event) => {
        const chosen = event.type === 'command' ? commands.find((c) => c.id === event.command) : undefined;
        if (chosen) run(chosen.id);
      }),
    [],
  );
}
