import { basename, dirname, join } from 'node:path';
import type { LaunchConfig, LaunchPlan, LaunchProblem } from '../../../preload/protocol/launch';
import { joinWords } from '../../../preload/protocol/words';
import type { Files } from '../../transports/transport';
import type { Interpreters } from './interpreters';
import { checkTarget, notAPath, problem } from './launchTarget';
import { pdbCommand } from './pdbStart';

/** Characters; Linux takes 128 kB in one argument or variable. @see execve(2), MAX_ARG_STRLEN */
const LONGEST_TEXT = 100_000;
const MOST_ARGUMENTS = 10_000;
/** Files that an interpreter or debugger started in a folder would run by itself, were it not told to leave them. */
const RUN_BY_THEMSELVES = [
  { by: 'pdb', name: '.pdbrc' },
  { by: 'python', name: 'sitecustomize.py' },
  { by: 'python', name: 'usercustomize.py' },
];

/** What Launch will do with this configuration, and what stands against it. Reads files; runs nothing of the folder. */
export async function planLaunch(config: LaunchConfig, pythons: Interpreters, probe: string): Promise<LaunchPlan> {
  const { files } = pythons.around.transport;
  const [target, folder, interpreter] = await Promise.all([
    checkTarget(config, pythons),
    checkFolder(config.folder, files),
    checkInterpreter(config, pythons),
  ]);
  const given = startsProgram(config) ? [...checkArguments(config.args), ...checkEnvironment(config.env)] : [];
  return {
    kind: config.kind,
    command: startsProgram(config) ? joinWords(pdbCommand(config, probe, '…')) : '',
    steps: stepsOf(config),
    problems: [...target.problems, ...folder, ...interpreter, ...given],
    programNote: target.note,
    unread: folder.length ? [] : await unreadFiles(config, files),
  };
}

/** Does Casebook start the program, or does it run already or elsewhere? */
const startsProgram = ({ kind }: LaunchConfig): boolean => kind !== 'waiting' && kind !== 'process';

type Steps = LaunchPlan['steps'];

function stepsOf(config: LaunchConfig): Steps {
  switch (config.kind) {
    case 'script':
      return [started('pdb starts the script', config), firstStop(basename(config.program) || 'the script', config)];
    case 'module':
      return [
        started(`pdb starts ${config.program || 'the module'} as python -m does`, config),
        firstStop(config.program || 'the module', config),
      ];
    case 'pytest':
      return [
        started('pytest runs in a process with pdb', config),
        ...(config.stopOnEntry
          ? [{ title: 'It stops at the first line of the first test', detail: 'The tests are collected by then.' }]
          : []),
        {
          title: 'It stops where a test fails',
          detail:
            'After the failure, with the frames and the exception as they were, and at your breakpoints. Expected failures do not stop it.',
        },
      ];
    case 'waiting':
      return WAITING;
    case 'process':
      return attaching(config);
  }
}

const started = (title: string, { programTerminal }: LaunchConfig) => ({
  title,
  detail: `${
    programTerminal === 'own'
      ? 'It writes to and reads from the Program pane; the console is left to pdb.'
      : 'It shares the console with pdb, as plain pdb does.'
  } casebook_pdb.py is pdb with Casebook beside it. Nothing is written to your folder.`,
});

const firstStop = (name: string, { stopOnEntry }: LaunchConfig) =>
  stopOnEntry
    ? { title: `It stops at the first line of ${name}`, detail: 'Your breakpoints are set before anything of it runs.' }
    : { title: `It runs to the first breakpoint of ${name}`, detail: 'Or to an exception that nothing catches, or to its end.' };

const WAITING: Steps = [
  {
    title: 'Casebook waits for a program',
    detail: 'The session shows a command to copy. Nothing is started, and nothing listens on the network.',
  },
  {
    title: 'You start the program with that command',
    detail: 'In a terminal of yours, or wherever it is started from. It keeps its input and output.',
  },
  { title: 'It stops at its first breakpoint()', detail: 'Its pdb console is in Casebook then, with stack and data beside it.' },
];

const attaching = ({ program }: LaunchConfig): Steps => [
  {
    title: `Process ${program || 'PID'} is asked to load Casebook’s bridge`,
    detail:
      'By sys.remote_exec of Python 3.14: its main thread runs it as soon as it runs Python code. One that is blocked in C, in a lock or a read, does not answer until that returns.',
  },
  { title: 'It stops where it is', detail: 'All of it stands still while it is stopped, and whoever waits for it waits.' },
];

function checkArguments(args: readonly string[]): LaunchProblem[] {
  if (args.length > MOST_ARGUMENTS) return [problem('args', 'There are more than 10,000 arguments. Give them to the program in a file.')];
  const trouble = args.map((arg) => notGivable('An argument', arg)).find(Boolean);
  return trouble ? [problem('args', trouble)] : [];
}

function checkEnvironment(env: LaunchConfig['env']): LaunchProblem[] {
  const trouble = Object.entries(env).map(([name, value]) => notGivable(`The value of ${name}`, value));
  return trouble.filter(Boolean).map((message) => problem('env', message));
}

/** Why a program cannot be given a text; empty when it can. */
function notGivable(what: string, text: string): string {
  if (text.includes('\0')) return `${what} has a NUL character in it, which no program can be given. Take it out.`;
  return text.length > LONGEST_TEXT ? `${what} is longer than 100,000 characters. Give it to the program in a file.` : '';
}

async function checkFolder(path: string, files: Files): Promise<LaunchProblem[]> {
  if (!path) return [problem('folder', 'Choose the working folder.')];
  const trouble = notAPath(path);
  if (trouble) return [problem('folder', trouble)];
  const facts = await files.facts(path);
  if (!facts) return [problem('folder', `There is no folder ${path}. Check the path.`)];
  if (facts.kind !== 'folder') return [problem('folder', `${path} is a file. Choose the folder it is in.`)];
  return facts.executable ? [] : [problem('folder', `You may not enter ${path}. Change its permissions, or choose another.`)];
}

async function checkInterpreter(config: LaunchConfig, pythons: Interpreters): Promise<LaunchProblem[]> {
  const path = config.interpreter;
  if (!path) return [problem('interpreter', 'Choose a Python. If the list is empty, install python3, or give its path.')];
  const trouble = notAPath(path);
  if (trouble) return [problem('interpreter', trouble)];
  const listed = await pythons.listed(config);
  if (listed?.trouble) return [problem('interpreter', listed.trouble)];
  const facts = await pythons.around.transport.files.facts(path);
  if (!facts) return [problem('interpreter', `There is no file ${path}. Choose another Python.`)];
  if (facts.kind === 'folder') return [problem('interpreter', `${path} is a folder. Choose the python in its bin folder.`)];
  return facts.executable ? [] : [problem('interpreter', `${path} may not be run. Choose another Python.`)];
}

async function unreadFiles({ kind, program, folder }: LaunchConfig, files: Files): Promise<LaunchPlan['unread']> {
  const folders = [...new Set([folder, ...(kind === 'script' ? [dirname(program)] : [])])];
  const places = folders.flatMap((f) => RUN_BY_THEMSELVES.map((r) => ({ ...r, path: join(f, r.name) })));
  const facts = await Promise.all(places.map(({ path }) => files.facts(path)));
  return places.filter((_, i) => facts[i]?.kind === 'file').map(({ by, path }) => ({ by, name: path }));
}
