import type { LaunchKind } from '../../../preload/protocol/launch';

/** One kind of launch: what its tab says, and which fields of the form it needs. */
export interface Kind {
  readonly id: LaunchKind;
  readonly title: string;
  readonly icon: string;
  /** What it is for, in a few words. */
  readonly about: string;
  /** What the foot says before anything was chosen. */
  readonly first: string;
  /** Casebook starts the program, so it can be given arguments, an environment and a terminal. */
  readonly starts: boolean;
}

const SCRIPT: Kind = {
  id: 'script',
  title: 'Script',
  icon: 'play',
  about: 'A file, a folder or a zip application',
  first: 'Choose a script. Nothing runs until you press Launch.',
  starts: true,
};

/** In the order of the tabs. */
export const KINDS: readonly Kind[] = [
  SCRIPT,
  {
    id: 'module',
    title: 'Module',
    icon: 'package',
    about: 'As python -m starts it',
    first: 'Give a module’s name. Nothing runs until you press Launch.',
    starts: true,
  },
  {
    id: 'pytest',
    title: 'pytest',
    icon: 'beaker',
    about: 'Tests, stopping where one fails',
    first: 'Choose tests, or none for all. Nothing runs until you press Launch.',
    starts: true,
  },
  {
    id: 'waiting',
    title: 'Waiting for a program',
    icon: 'debug-disconnect',
    about: 'One that you start elsewhere stops here',
    first: 'Nothing is started: the session waits for your program.',
    starts: false,
  },
  {
    id: 'process',
    title: 'Running process',
    icon: 'pulse',
    about: 'Python 3.14 and later, entered by its pid',
    first: 'Choose a process. It runs on until you press Launch.',
    starts: false,
  },
];

/** The kind of a launch by its word; a launch has one of them. */
export const kindOf = (id: LaunchKind): Kind => KINDS.find((kind) => kind.id === id) ?? SCRIPT;
