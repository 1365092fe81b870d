import type { MenuItemConstructorOptions } from 'electron';
import { commands } from '../../../preload/protocol/commands';
import type { MenuName } from '../../../preload/protocol/commands';

const MENUS: readonly MenuName[] = ['File', 'Debug', 'View', 'Help'];

/** Electron's word for a key of ours. @see Electron, "Accelerator" */
export const accelerator = (key: string): string =>
  key.replace('Mod+', 'CommandOrControl+').replace('ArrowUp', 'Up').replace('ArrowDown', 'Down').replace('++', '+Plus');

/**
 * The native menu, from the one table of commands. Keys are shown there but handled by the window,
 * so that a console can keep those that it owns.
 */
export function menuTemplate(platform: string, choose: (command: string) => void): MenuItemConstructorOptions[] {
  const menus = MENUS.map((label): MenuItemConstructorOptions => {
    const own = commands
      .filter((c) => c.menu === label)
      .map((c): MenuItemConstructorOptions => ({
        label: c.title,
        ...(c.keys[0] ? { accelerator: accelerator(c.keys[0]) } : {}),
        registerAccelerator: false,
        click: () => choose(c.id),
      }));
    const more: MenuItemConstructorOptions[] = label === 'File' && platform !== 'darwin' ? [{ type: 'separator' }, { role: 'quit' }] : [];
    return { label, submenu: [...own, ...more] };
  });
  const edit: MenuItemConstructorOptions = {
    label: 'Edit',
    submenu: (['undo', 'redo', 'cut', 'copy', 'paste', 'selectAll'] as const).map((role) => ({
      role,
      registerAccelerator: platform === 'darwin',
    })),
  };
  const [file = { label: 'File' }, ...rest] = menus;
  return [...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []), file, edit, ...rest];
}
