import { basename, join } from 'node:path';
import type { ProcessList, PythonProcess } from '../../../preload/protocol/launch';
import { joinWords } from '../../../preload/protocol/words';
import { Failure } from '../../failures';
import type { Files } from '../../transports/transport';

/** From this one on a program can be entered while it runs. @see PEP 768 */
const ATTACHES_FROM = 14;
/** Of a command line, and of a process's maps, in bytes. */
const LOOK_AT = 20_000;
const MAPS = 1_000_000;
/** Looked at at once: each takes a few files. */
const AT_ONCE = 32;
const NO_PROC = 'Processes are listed from /proc, which is not here. Give the pid; it is checked when you press Launch.';

/** The Python processes of the system, the newest first, each with why it cannot be attached to. Reads /proc, runs nothing. */
export async function pythonProcesses(files: Files): Promise<ProcessList> {
  if (!(await files.facts('/proc/self/status'))) return { processes: [], trouble: NO_PROC };
  const pids = (await files.list('/proc')).flatMap(({ name }) => (/^\d+$/.test(name) ? [Number(name)] : []));
  const users = await userNames(files);
  const me = await ownerOf('self', files);
  const processes: PythonProcess[] = [];
  for (let i = 0; i < pids.length; i += AT_ONCE) {
    const looked = await Promise.all(pids.slice(i, i + AT_ONCE).map((pid) => lookAt(pid, { files, users, me })));
    processes.push(...looked.flatMap((one) => one ?? []));
  }
  return { processes: processes.sort((a, b) => b.pid - a.pid), trouble: '' };
}

/** One process by its number; undefined when it is not there, `trouble` says so when it is no Python. */
export async function pythonProcess(pid: number, files: Files): Promise<PythonProcess | undefined> {
  if (!(await files.facts(`/proc/${pid}/status`))) return undefined;
  const around = { files, users: await userNames(files), me: await ownerOf('self', files) };
  const found = await lookAt(pid, around);
  if (found) return found;
  const command = await commandOf(pid, files);
  const what = command[0] ? basename(command[0]) : 'a part of the kernel';
  const trouble = `Process ${pid} is no Python: it is ${what}. Choose one of the list.`;
  return { pid, version: '', command: joinWords(command), user: '', folder: '', trouble };
}

/** Is there a way to look processes up at all? */
export const processesCanBeRead = async (files: Files): Promise<boolean> => Boolean(await files.facts('/proc/self/status'));

interface Looking {
  readonly files: Files;
  readonly users: ReadonlyMap<string, string>;
  /** The number of the user that Casebook runs as. */
  readonly me: string;
}

async function lookAt(pid: number, { files, users, me }: Looking): Promise<PythonProcess | undefined> {
  const command = await commandOf(pid, files);
  if (!command.length) return undefined;
  const exe = (await files.facts(`/proc/${pid}/exe`))?.real ?? '';
  const name = basename(exe || (command[0] ?? ''));
  const version = /^python(3\.\d+)/.exec(name)?.[1] ?? (await versionFromMaps(pid, files));
  if (!version && !name.startsWith('python')) return undefined;
  const owner = await ownerOf(String(pid), files);
  const user = users.get(owner) ?? owner;
  const folder = (await files.facts(`/proc/${pid}/cwd`))?.real ?? '';
  const trouble = me === '0' || owner === me ? troubleOf(version) : `It belongs to ${user}. Start Casebook as ${user} to attach to it.`;
  return { pid, version, command: joinWords(command), user, folder, trouble };
}

function troubleOf(version: string): string {
  if (!version) return 'Its version cannot be told. pdb attaches from Python 3.14 on; use gdb.';
  const minor = Number(version.split('.')[1]);
  return minor < ATTACHES_FROM ? `Python ${version}: pdb attaches from 3.14 on; use gdb.` : '';
}

async function commandOf(pid: number, files: Files): Promise<readonly string[]> {
  const text = await readText(`/proc/${pid}/cmdline`, LOOK_AT, files);
  return text
    .replace(/\0$/, '')
    .split('\0')
    .filter((word, i) => word !== '' || i > 0);
}

/** Of a program that has Python in it, or whose file has a name without a version. */
async function versionFromMaps(pid: number, files: Files): Promise<string> {
  const maps = await readText(`/proc/${pid}/maps`, MAPS, files);
  return /\/libpython(3\.\d+)\w*\.so/.exec(maps)?.[1] ?? /\/python(3\.\d+)(?:\/|$)/m.exec(maps)?.[1] ?? '';
}

async function ownerOf(pid: string, files: Files): Promise<string> {
  return /^Uid:\s+\d+\s+(\d+)/m.exec(await readText(`/proc/${pid}/status`, LOOK_AT, files))?.[1] ?? '';
}

async function userNames(files: Files): Promise<ReadonlyMap<string, string>> {
  const text = await readText(join('/etc', 'passwd'), MAPS, files);
  return new Map([...text.matchAll(/^([^:\n]+):[^:\n]*:(\d+):/gm)].map(([, name = '', number = '']) => [number, name]));
}

/** Empty for what is gone by now or may not be read. */
async function readText(path: string, most: number, files: Files): Promise<string> {
  try {
    return (await files.read(path, most)).toString('utf8');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return '';
  }
}
