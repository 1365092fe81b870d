import { z } from 'zod';

/** Folders whose interpreter is remembered. */
export const REMEMBERED = 200;

/** Watched expressions in one folder, and the characters of one. */
export const MOST_WATCHES = 200;
export const LONGEST_WATCH = 10_000;

const fields = {
  theme: z.enum(['system', 'dark', 'light', 'hc']),
  /** Pixels, 10 to 24. */
  sourceFontSize: z.number().int().min(10).max(24),
  /** Pixels, 8 to 24. */
  terminalFontSize: z.number().int().min(8).max(24),
  screenReader: z.boolean(),
  /** Frames into which Step does not go: see StepFilters of the engine. */
  stepFilters: z.object({ library: z.boolean(), decorators: z.boolean(), generators: z.boolean() }),
  /** Disk that one session's terminals may fill, in bytes. */
  spoolBudget: z
    .number()
    .int()
    .min(1 << 20),
  /** Dock layouts by area and width class, as the dock wrote them. */
  layouts: z.record(z.string().max(100), z.unknown()),
  /** The interpreter that was used last in a folder, by the folder's path; the newest last. */
  interpreters: z
    .record(z.string().max(4096), z.string().max(4096))
    .refine((all) => Object.keys(all).length <= REMEMBERED, 'holds more folders than are remembered'),
  /** Watched expressions by the folder of the session, in the person's order; the folder used last is last. */
  watches: z
    .record(z.string().max(4096), z.array(z.string().min(1).max(LONGEST_WATCH)).max(MOST_WATCHES))
    .refine((all) => Object.keys(all).length <= REMEMBERED, 'holds more folders than are remembered'),
};

/** What the person set, kept between runs. Every field has a default, so that an older file still reads. */
export const settings = z.object({
  theme: fields.theme.default('system'),
  sourceFontSize: fields.sourceFontSize.default(13),
  terminalFontSize: fields.terminalFontSize.default(12),
  screenReader: fields.screenReader.default(false),
  stepFilters: fields.stepFilters.default({ library: true, decorators: false, generators: false }),
  spoolBudget: fields.spoolBudget.default(2 * 1024 ** 3),
  layouts: fields.layouts.default({}),
  interpreters: fields.interpreters.default({}),
  watches: fields.watches.default({}),
});

export type Settings = z.infer<typeof settings>;

/** Some of the settings, to be changed. Not `settings.partial()`: that would give the others their defaults. */
export const settingsChange = z.object(fields).partial();
