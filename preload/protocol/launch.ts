import { z } from 'zod';

const path = z.string().min(1).max(4096);
/** What a program can be given: C's strings end at a NUL. */
const given = z
  .string()
  .max(100_000)
  .regex(/^[^\0]*$/, 'holds a NUL character, which no program can be given');

/**
 * What is debugged. `script`: a file, a folder or a zipapp. `module`: as `python -m` names it. `pytest`: node ids, files or
 * nothing for all. `waiting`: a program started elsewhere, which stops at its own `breakpoint()`. `process`: one that runs, by pid.
 */
export const launchKind = z.enum(['script', 'module', 'pytest', 'waiting', 'process']);
export type LaunchKind = z.infer<typeof launchKind>;

/** Everything needed to start a program under a debugger. Kept as a recent entry as it is. */
export const launchConfig = z.object({
  kind: launchKind.default('script'),
  /** A script's absolute path, a module's name, a pytest node id, or a pid; empty where the kind needs none. */
  program: z.string().max(4096),
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
  /** Processes that the program makes: `follow` stops them at breakpoints too, each in a console of its own. */
  children: z.enum(['follow', 'leave']).default('follow'),
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

/** What a launch is called where there is room for a few words: on a tab, in a list. Not made visible yet. */
export function launchTitle({ kind, program }: Pick<LaunchConfig, 'kind' | 'program'>): string {
  switch (kind) {
    case 'script':
      return lastPart(program);
    case 'module':
      return program;
    case 'pytest':
      return program ? `pytest ${lastPart(program)}` : 'pytest';
    case 'waiting':
      return 'started elsewhere';
    case 'process':
      return `pid ${program}`;
  }
}

const lastPart = (text: string): string => text.slice(text.replace(/\/$/, '').lastIndexOf('/') + 1) || text;

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
  /** Parts of the standard library that the bridge needs and this Python was made without; empty also where it was not asked. */
  readonly lacks: readonly string[];
}

/** What a program imports at its top level and an interpreter does not have, by the names of the modules. */
export interface MissingModules {
  /** Of the interpreter. */
  readonly path: string;
  readonly missing: readonly string[];
}

/** A Python process that runs where Casebook looks. */
export interface PythonProcess {
  readonly pid: number;
  /** `3.14`; empty where it cannot be told. */
  readonly version: string;
  /** The command line, its words joined as a shell needs them. */
  readonly command: string;
  readonly user: string;
  /** Its working folder; empty where it cannot be read. */
  readonly folder: string;
  /** Why it cannot be attached to, as a sentence; empty when it can. */
  readonly trouble: string;
}

/** The Python processes, or why they cannot be listed. */
export interface ProcessList {
  readonly processes: readonly PythonProcess[];
  /** A sentence; empty when all were read. */
  readonly trouble: string;
}

/** What `pytest --collect-only` found. */
export interface CollectedTests {
  /** Node ids as pytest takes them in the folder, in its order. */
  readonly tests: readonly string[];
  /** What went wrong, as a sentence; empty when nothing did. */
  readonly trouble: string;
  /** pytest's own words about it; empty when nothing went wrong. */
  readonly output: string;
}

/** One field of the launch form that is wrong or doubtful, with what to do. */
export interface LaunchProblem {
  readonly field: 'program' | 'args' | 'folder' | 'interpreter' | 'env';
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** What Launch will do, read from files only: nothing of the folder has run. */
export interface LaunchPlan {
  readonly kind: LaunchKind;
  /** The command as a shell would show it; empty where Casebook starts no program. */
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
