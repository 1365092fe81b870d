import { basename, dirname, isAbsolute, join } from 'node:path';
import type { LaunchConfig, LaunchPlan, LaunchProblem } from '../../../preload/protocol/launch';
import { Failure } from '../../failures';
import type { Files } from '../../transports/transport';
import { pdbCommand } from './pdbEngine';

/** Enough of a file to tell what it is, in bytes. */
const LOOK_AT = 4096;
/** Bytes. @see limits.h, PATH_MAX with its closing NUL */
const LONGEST_PATH = 4095;
/** Characters; Linux takes 128 kB in one argument or variable. @see execve(2), MAX_ARG_STRLEN */
const LONGEST_TEXT = 100_000;
const MOST_ARGUMENTS = 10_000;
/** Files that an interpreter or debugger started in a folder would run by itself, were it not told to leave them. */
const RUN_BY_THEMSELVES = [
  { by: 'pdb', name: '.pdbrc' },
  { by: 'python', name: 'sitecustomize.py' },
  { by: 'python', name: 'usercustomize.py' },
];

/** What Launch will do with this configuration, and what stands against it. Reads files, runs nothing. */
export async function planLaunch(config: LaunchConfig, files: Files, probe: string): Promise<LaunchPlan> {
  const [program, folder, interpreter] = await Promise.all([
    checkProgram(config.program, files),
    checkFolder(config.folder, files),
    checkInterpreter(config.interpreter, files),
  ]);
  const problems = [...program.problems, ...folder, ...interpreter, ...checkArguments(config.args), ...checkEnvironment(config.env)];
  const unread = folder.length ? [] : await unreadFiles(config, files);
  const name = basename(config.program) || 'the script';
  const stop = config.stopOnEntry
    ? { title: `It stops at the first line of ${name}`, detail: 'Your breakpoints are set before anything of it runs.' }
    : { title: `It runs to the first breakpoint of ${name}`, detail: 'Or to an exception that nothing catches, or to its end.' };
  const where =
    config.programTerminal === 'own'
      ? 'It writes to and reads from the Program pane; the console is left to pdb.'
      : 'It shares the console with pdb, as plain pdb does.';
  return {
    command: pdbCommand(config, probe, '…').map(quoted).join(' '),
    steps: [
      {
        title: 'pdb starts the script',
        detail: `${where} casebook_pdb.py is pdb with Casebook beside it. Nothing is written to your folder.`,
      },
      stop,
    ],
    problems,
    programNote: program.note,
    unread,
  };
}

/** As a POSIX shell would need it typed. */
const quoted = (word: string): string => (/^[\w@%+=:,./…-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

const error = (field: LaunchProblem['field'], message: string): LaunchProblem => ({ field, severity: 'error', message });

/** Why a path cannot be one, before anything is looked up; empty when it can. */
function notAPath(path: string): string {
  if (!isAbsolute(path)) return 'Give the whole path, starting with /.';
  return Buffer.byteLength(path) > LONGEST_PATH ? 'This is longer than any file’s path can be. Check what was pasted.' : '';
}

function checkArguments(args: readonly string[]): LaunchProblem[] {
  if (args.length > MOST_ARGUMENTS) return [error('args', 'There are more than 10,000 arguments. Give them to the program in a file.')];
  const trouble = args.map((arg) => notGivable('An argument', arg)).find(Boolean);
  return trouble ? [error('args', trouble)] : [];
}

function checkEnvironment(env: LaunchConfig['env']): LaunchProblem[] {
  const trouble = Object.entries(env).map(([name, value]) => notGivable(`The value of ${name}`, value));
  return trouble.filter(Boolean).map((message) => error('env', message));
}

/** Why a program cannot be given a text; empty when it can. */
function notGivable(what: string, text: string): string {
  if (text.includes('\0')) return `${what} has a NUL character in it, which no program can be given. Take it out.`;
  return text.length > LONGEST_TEXT ? `${what} is longer than 100,000 characters. Give it to the program in a file.` : '';
}

async function checkProgram(path: string, files: Files): Promise<{ problems: LaunchProblem[]; note: string }> {
  const wrong = (message: string) => ({ problems: [error('program', message)], note: '' });
  if (!path) return wrong('Choose the Python script to debug.');
  const trouble = notAPath(path);
  if (trouble) return wrong(trouble);
  const facts = await files.facts(path);
  if (!facts) return wrong(`There is no file ${path}. Check the path, or choose it with Browse.`);
  if (facts.kind === 'folder') return wrong(`${path} is a folder. Choose a script in it.`);
  if (facts.kind === 'other') return wrong(`${path} is a device, a pipe or a socket. Choose a script.`);
  if (!facts.readable) return wrong(`${path} may not be read by you. Change its permissions, or choose another.`);
  const start = await beginning(path, files);
  if (typeof start === 'string') return wrong(start);
  if (start.includes(0)) return wrong(`${path} is a binary, not Python source. Choose the script that starts it.`);
  const empty =
    facts.size === 0 ? [{ field: 'program', severity: 'warning', message: 'The file is empty: it ends at once.' } as const] : [];
  const shebang = /^#!.*python/.test(start.toString('latin1', 0, 200));
  if (path.endsWith('.py') || path.endsWith('.pyw') || shebang)
    return { problems: empty, note: `Python script, ${facts.size.toLocaleString('en')} bytes.` };
  return {
    problems: [
      ...empty,
      { field: 'program', severity: 'warning', message: 'The name does not end in .py. It is started as a Python script all the same.' },
    ],
    note: '',
  };
}

/** The first bytes of a file, or why they cannot be read. */
async function beginning(path: string, files: Files): Promise<Buffer | string> {
  try {
    return await files.read(path, LOOK_AT);
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return failure.message;
  }
}

async function checkFolder(path: string, files: Files): Promise<LaunchProblem[]> {
  if (!path) return [error('folder', 'Choose the working folder.')];
  const trouble = notAPath(path);
  if (trouble) return [error('folder', trouble)];
  const facts = await files.facts(path);
  if (!facts) return [error('folder', `There is no folder ${path}. Check the path.`)];
  if (facts.kind !== 'folder') return [error('folder', `${path} is a file. Choose the folder it is in.`)];
  return facts.executable ? [] : [error('folder', `You may not enter ${path}. Change its permissions, or choose another.`)];
}

async function checkInterpreter(path: string, files: Files): Promise<LaunchProblem[]> {
  if (!path) return [error('interpreter', 'Choose a Python. If the list is empty, install python3, or give its path.')];
  const trouble = notAPath(path);
  if (trouble) return [error('interpreter', trouble)];
  const facts = await files.facts(path);
  if (!facts) return [error('interpreter', `There is no file ${path}. Choose another Python.`)];
  if (facts.kind === 'folder') return [error('interpreter', `${path} is a folder. Choose the python in its bin folder.`)];
  return facts.executable ? [] : [error('interpreter', `${path} may not be run. Choose another Python.`)];
}

async function unreadFiles({ program, folder }: LaunchConfig, files: Files): Promise<LaunchPlan['unread']> {
  const folders = [...new Set([folder, dirname(program)])];
  const places = folders.flatMap((f) => RUN_BY_THEMSELVES.map((r) => ({ ...r, path: join(f, r.name) })));
  const facts = await Promise.all(places.map(({ path }) => files.facts(path)));
  return places.filter((_, i) => facts[i]?.kind === 'file').map(({ by, path }) => ({ by, name: path }));
}
