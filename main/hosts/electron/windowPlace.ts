import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';
import { KeptFile } from '../../keptFile';

const place = z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int(), maximized: z.boolean() }).optional();
type Place = z.infer<typeof place>;

/** What of a screen is free for windows. */
export type AreaOf = (near: Rectangle) => Rectangle;

/** Where the window was when it was last closed; undefined the first time. */
export const openWindowPlace = (path: string): Promise<KeptFile<Place>> =>
  KeptFile.open<Place>(path, { schema: place, fallback: undefined }, (message) => console.error(message));

/** Puts the window where it was, as far as that is on a screen that is still there, and keeps where it goes. */
export function keepPlace(window: BrowserWindow, kept: KeptFile<Place>, areaOf: AreaOf): void {
  if (kept.value) {
    window.setBounds(within(kept.value, areaOf(kept.value)));
    if (kept.value.maximized) window.maximize();
  }
  window.on('close', () => void kept.set({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
}

function within(wanted: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(wanted.width, area.width);
  const height = Math.min(wanted.height, area.height);
  const x = Math.min(Math.max(wanted.x, area.x), area.x + area.width - width);
  const y = Math.min(Math.max(wanted.y, area.y), area.y + area.height - height);
  return { x, y, width, height };
}
