/** Where a command stands in the native menu. */
export type MenuName = 'File' | 'Debug' | 'View' | 'Help';

/** One thing a person can have done by key, menu or palette. Keys as in ui.md §6; `Mod` is Ctrl, on macOS Cmd. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly keys: readonly string[];
  readonly menu: MenuName;
}

const inMenu =
  (menu: MenuName) =>
  <Id extends string>(id: Id, title: string, keys: readonly string[] = []) => ({ id, title, keys, menu });
const file = inMenu('File');
const debug = inMenu('Debug');
const view = inMenu('View');
const help = inMenu('Help');

/** Every command there is, in the order of the menus. The palette, the keys and the native menu are made from it. */
export const commands = [
  file('new-session', 'New session', ['Mod+N']),
  file('close-session', 'Close session', ['Mod+W']),
  file('settings', 'Settings', ['Mod+,']),
  debug('continue', 'Launch or continue', ['F5']),
  debug('pause', 'Pause', ['F6']),
  debug('next', 'Next', ['F10']),
  debug('step', 'Step', ['F11']),
  debug('step-into-target', 'Step into…', ['Mod+F11']),
  debug('finish', 'Finish', ['Shift+F11']),
  debug('until', 'Run until a later line'),
  debug('run-to-cursor', 'Run to cursor', ['Mod+F10']),
  debug('jump-to-cursor', 'Jump to cursor'),
  debug('restart', 'Restart', ['Mod+Shift+F5']),
  debug('stop', 'Stop', ['Shift+F5']),
  debug('frame-up', 'Frame up', ['Alt+ArrowUp']),
  debug('frame-down', 'Frame down', ['Alt+ArrowDown']),
  debug('toggle-breakpoint', 'Toggle breakpoint', ['F9']),
  debug('edit-breakpoint', 'Edit breakpoint: condition, hit count, log', ['Shift+F9']),
  debug('add-function-breakpoint', 'Add a function breakpoint'),
  debug('enable-breakpoints', 'Switch all breakpoints on'),
  debug('disable-breakpoints', 'Switch all breakpoints off'),
  view('palette', 'Command palette', ['Mod+Shift+P', 'F1']),
  view('area-start', 'Go to Start', ['Mod+1']),
  view('area-debug', 'Go to Debug', ['Mod+2', 'Mod+Shift+D']),
  view('next-session', 'Next session', ['Ctrl+Tab']),
  view('next-pane', 'Next pane', ['F7']),
  view('previous-pane', 'Previous pane', ['Shift+F7']),
  view('console', 'Focus the console', ['Ctrl+`']),
  view('show-threads', 'Show threads'),
  view('show-exception', 'Show the exception'),
  view('show-watch', 'Show watches'),
  view('show-data', 'Show data'),
  view('show-process', 'Show the process: tasks, files, memory'),
  view('find', 'Find in the focused pane', ['Mod+F', 'Mod+Shift+F']),
  view('go-to-line', 'Go to line', ['Mod+G']),
  view('zoom-in', 'Larger text in source and terminals', ['Mod+=', 'Mod++']),
  view('zoom-out', 'Smaller text in source and terminals', ['Mod+-']),
  view('reset-layout', 'Reset layout'),
  view('theme-system', 'Theme: follow the system'),
  view('theme-dark', 'Theme: dark'),
  view('theme-light', 'Theme: light'),
  view('theme-hc', 'Theme: high contrast'),
  view('screen-reader', 'Screen-reader mode of terminals on or off'),
  help('about', 'About Casebook'),
] as const satisfies readonly Command[];

export type CommandId = (typeof commands)[number]['id'];
