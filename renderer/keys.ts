import { commands } from '../preload/protocol/commands';
import type { CommandId } from '../preload/protocol/commands';

/** The part of a keyboard event that names a key. */
export interface Stroke {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** A stroke by the names of commands.ts: `Mod+Shift+P`. `Mod` is Ctrl, on macOS Cmd. */
export function strokeName(stroke: Stroke, mac: boolean): string {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = stroke;
  const mod = mac ? metaKey : ctrlKey;
  // The other modifier (Ctrl on macOS, the system key elsewhere) makes another key, which is none of ours.
  const other = mac ? ctrlKey : metaKey;
  // Tab and the grave accent stay with Ctrl on every system.
  const fixed = ctrlKey && (key === 'Tab' || code === 'Backquote');
  const named = code === 'Backquote' ? '`' : key.length === 1 ? key.toUpperCase() : key;
  const shift = shiftKey && (key.length > 1 || /[A-Z]/.test(named)) ? 'Shift+' : '';
  const held = fixed ? 'Ctrl+' : `${mod ? 'Mod+' : ''}${other ? 'Other+' : ''}`;
  return `${held}${altKey ? 'Alt+' : ''}${shift}${named}`;
}

const byKey = new Map<string, CommandId>(commands.flatMap((c) => c.keys.map((key) => [key, c.id] as const)));

/**
 * The command for a stroke, if any. A console owns every key but F keys, Ctrl+Shift+letter,
 * Ctrl+Tab and Ctrl+`.
 */
export function commandFor(stroke: Stroke, where: { readonly inConsole: boolean; readonly mac: boolean }): CommandId | undefined {
  const name = strokeName(stroke, where.mac);
  if (where.inConsole && !/^(?:Shift\+|Mod\+)*F\d+$|^Mod\+Shift\+.$|^Ctrl\+/.test(name)) return undefined;
  return byKey.get(name);
}

/** A key as it is written on this system's keyboards. */
export const keyLabel = (key: string, mac: boolean): string =>
  key
    .replace('Mod', mac ? '⌘' : 'Ctrl')
    .replace('ArrowUp', 'Up')
    .replace('ArrowDown', 'Down');
