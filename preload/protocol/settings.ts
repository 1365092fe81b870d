import { z } from 'zod';

const fields = {
  theme: z.enum(['system', 'dark', 'light', 'hc']),
  /** Pixels, 10 to 24. */
  sourceFontSize: z.number().int().min(10).max(24),
  /** Pixels, 8 to 24. */
  terminalFontSize: z.number().int().min(8).max(24),
  screenReader: z.boolean(),
  /** Disk that one session's terminals may fill, in bytes. */
  spoolBudget: z
    .number()
    .int()
    .min(1 << 20),
  /** Dock layouts by area and width class, as the dock wrote them. */
  layouts: z.record(z.string().max(100), z.unknown()),
};

/** What the person set, kept between runs. Every field has a default, so that an older file still reads. */
export const settings = z.object({
  theme: fields.theme.default('system'),
  sourceFontSize: fields.sourceFontSize.default(13),
  terminalFontSize: fields.terminalFontSize.default(12),
  screenReader: fields.screenReader.default(false),
  spoolBudget: fields.spoolBudget.default(2 * 1024 ** 3),
  layouts: fields.layouts.default({}),
});

export type Settings = z.infer<typeof settings>;

/** Some of the settings, to be changed. Not `settings.partial()`: that would give the others their defaults. */
export const settingsChange = z.object(fields).partial();
