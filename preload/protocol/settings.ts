import { z } from 'zod';

/** What the person set, kept between runs. Every field has a default, so that an older file still reads. */
export const settings = z.object({
  theme: z.enum(['system', 'dark', 'light', 'hc']).default('system'),
  /** Pixels, 10 to 24. */
  sourceFontSize: z.number().int().min(10).max(24).default(13),
  /** Pixels, 8 to 24. */
  terminalFontSize: z.number().int().min(8).max(24).default(12),
  screenReader: z.boolean().default(false),
  /** Disk that one session's terminals may fill, in bytes. */
  spoolBudget: z
    .number()
    .int()
    .min(1 << 20)
    .default(2 * 1024 ** 3),
  /** Dock layouts by area and width class, as the dock wrote them. */
  layouts: z.record(z.string().max(100), z.unknown()).default({}),
});

export type Settings = z.infer<typeof settings>;
