import { z } from 'zod';

const path = z.string().min(1).max(4096);
/** What a program can be given: C's strings end at a NUL. */
const given = z
  .string()
  .max(100_000)
  .regex(/^[^\0]*$/, 'holds a NUL character, which no program can be given');

/** Everything needed to start a program under a debugger. Kept as a recent entry as it is. */
export const launchConfig = z.object({
  /** Absolute path of a Python script on the host. */
  program: path,
  args: z.array(given).max(10_000),
  /** Absolute path of the working folder. */
  folder: path,
  /** Added to the environment; an empty value is an empty value. */
  env: z.record(
    z
      .string()
      .min(1)
      .max(1000)
      .regex(/^[^=\0]+$/),
    given,
  ),
  /** Absolute path of the interpreter. */
  interpreter: path,
  stopOnEntry: z.boolean(),
  /** `own`: the program has a terminal of its own. `console`: it shares the debugger's, as plain pdb does. */
  programTerminal: z.enum(['own', 'console']),
});

/** A launch as it stands in the form: what is wrong with it is for the plan to say. */
export const launchDraft = launchConfig.extend({
  program: z.string().max(1_000_000),
  args: z.array(z.string().max(1_000_000)).max(1_000_000),
  folder: z.string().max(1_000_000),
  env: z.record(z.string().max(1000), z.string().max(1_000_000)),
  interpreter: z.string().max(1_000_000),
});

/** What to start, where and with what. */
export type LaunchConfig = z.infer<typeof launchConfig>;

/** A launch that was made before. `at` is milliseconds since 1970. */
export interface RecentLaunch {
  readonly config: LaunchConfig;
  readonly at: number;
}

/** A Python interpreter that was found, or was named by the person. */
export interface Interpreter {
  readonly path: string;
  /** How it came to be there: `venv .venv`, `pyenv`, `system`, `named`. */
  readonly kind: string;
  /** `3.11.7`; empty when it could not be started. */
  readonly version: string;
  /** Why it cannot be used, as a sentence; empty when it can. */
  readonly trouble: string;
}

/** One field of the launch form that is wrong or doubtful, with what to do. */
export interface LaunchProblem {
  readonly field: 'program' | 'args' | 'folder' | 'interpreter' | 'env';
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** What Launch will do, read from files only: nothing of the folder has run. */
export interface LaunchPlan {
  /** The command as a shell would show it. */
  readonly command: string;
  readonly steps: readonly { readonly title: string; readonly detail: string }[];
  readonly problems: readonly LaunchProblem[];
  /** One line under the program: what the file is. */
  readonly programNote: string;
  /** Files of the folder that a debugger or interpreter would run by itself, and that stay unread. */
  readonly unread: readonly { readonly by: string; readonly name: string }[];
}

/** One entry of a folder, for choosing a file. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: 'folder' | 'file' | 'other';
  /** Bytes; 0 for folders. */
  readonly size: number;
}

/** A folder's content, for choosing a file. The root is its own parent. */
export interface FolderListing {
  readonly folder: string;
  readonly parent: string;
  readonly entries: readonly FolderEntry[];
}
