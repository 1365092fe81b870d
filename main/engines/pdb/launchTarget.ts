import { basename, isAbsolute, join } from 'node:path';
import type { LaunchConfig, LaunchProblem } from '../../../preload/protocol/launch';
import { splitWords } from '../../../preload/protocol/words';
import { Failure } from '../../failures';
import type { Files } from '../../transports/transport';
import type { Interpreters } from './interpreters';
import { moduleNames, placeModule } from './modulePlace';
import { processesCanBeRead, pythonProcess } from './pythonProcesses';

/** Enough of a file to tell what it is, in bytes. */
const LOOK_AT = 4096;
/** Of an archive, in bytes: one that is larger is not looked through. */
const ARCHIVE = 4_000_000;
/** Bytes. @see limits.h, PATH_MAX with its closing NUL */
const LONGEST_PATH = 4095;
/** Characters of a launch's program. */
const MOST_NAMED = 4096;
const MODULE_NAME = /^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

/** What stands against debugging this, and one line on what it is. */
export interface TargetCheck {
  readonly problems: readonly LaunchProblem[];
  readonly note: string;
}

export const problem = (field: LaunchProblem['field'], message: string): LaunchProblem => ({ field, severity: 'error', message });
const wrong = (message: string): TargetCheck => ({ problems: [problem('program', message)], note: '' });
const doubt = (message: string): LaunchProblem => ({ field: 'program', severity: 'warning', message });
const fine = (note: string): TargetCheck => ({ problems: [], note });

/** Why a path cannot be one, before anything is looked up; empty when it can. */
export function notAPath(path: string): string {
  if (!isAbsolute(path)) return 'Give the whole path, starting with /.';
  return Buffer.byteLength(path) > LONGEST_PATH ? 'This is longer than any file’s path can be. Check what was pasted.' : '';
}

/** What is to be debugged, by its kind. Reads files; imports and runs nothing of them. */
export function checkTarget(config: LaunchConfig, pythons: Interpreters): Promise<TargetCheck> {
  const { files } = pythons.around.transport;
  switch (config.kind) {
    case 'module':
      return checkModule(config, pythons);
    case 'pytest':
      return checkTests(config, pythons);
    case 'process':
      return checkProcess(config, pythons);
    case 'waiting':
      return Promise.resolve(fine(''));
    case 'script':
      return checkScript(config.program, files);
  }
}

async function checkScript(path: string, files: Files): Promise<TargetCheck> {
  if (!path) return wrong('Choose the script, the package’s folder or the zip application to debug.');
  const trouble = notAPath(path);
  if (trouble) return wrong(trouble);
  const facts = await files.facts(path);
  if (!facts) return wrong(`There is no file ${path}. Check the path, or choose it with Browse.`);
  if (facts.kind === 'folder') return checkPackageFolder(path, files);
  if (facts.kind === 'other') return wrong(`${path} is a device, a pipe or a socket. Choose a script.`);
  if (!facts.readable) return wrong(`${path} may not be read by you. Change its permissions, or choose another.`);
  const start = await beginning(path, files);
  if (typeof start === 'string') return wrong(start);
  const archive = /^(#![^\n]*\n)?PK\x03\x04/.test(start.toString('latin1'));
  if (archive) return checkArchive(path, facts.size, files);
  if (start.includes(0)) return wrong(`${path} is a binary, not Python source. Choose the script that starts it.`);
  const empty = facts.size === 0 ? [doubt('The file is empty: it ends at once.')] : [];
  const shebang = /^#!.*python/.test(start.toString('latin1', 0, 200));
  if (path.endsWith('.py') || path.endsWith('.pyw') || shebang) {
    return { problems: empty, note: `Python script, ${facts.size.toLocaleString('en')} bytes.` };
  }
  return { problems: [...empty, doubt('The name does not end in .py. It is started as a Python script all the same.')], note: '' };
}

async function checkPackageFolder(path: string, files: Files): Promise<TargetCheck> {
  const main = await files.facts(join(path, '__main__.py'));
  if (main?.kind === 'file') return fine(`Folder that Python runs by its __main__.py, ${main.size.toLocaleString('en')} bytes.`);
  return wrong(`${path} is a folder. Choose a script in it, or a folder with a __main__.py.`);
}

async function checkArchive(path: string, size: number, files: Files): Promise<TargetCheck> {
  const known = size <= ARCHIVE;
  const note = `Zip application, ${size.toLocaleString('en')} bytes.`;
  if (!known || (await files.read(path, ARCHIVE)).includes('__main__.py')) return fine(note);
  return wrong(`${path} is a zip archive without a __main__.py, so Python cannot run it. Choose a zip application or a script.`);
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

async function checkModule(config: LaunchConfig, pythons: Interpreters): Promise<TargetCheck> {
  const { program: name, folder } = config;
  const { files } = pythons.around.transport;
  if (!name) return wrong('Give the module’s name, as after python -m.');
  if (/\.py$|\//.test(name)) return wrong('Give the module’s name as after python -m, without .py and slashes: shop.worker.');
  if (!MODULE_NAME.test(name)) return wrong(`${name} cannot be a module’s name. Give names with dots between, as after python -m.`);
  if (notAPath(folder)) return fine('');
  const place = await placeModule(name, folder, files);
  switch (place.what) {
    case 'module':
    case 'package':
      return fine(`${place.what === 'package' ? 'Package, run by' : 'Module in'} ${place.file}.`);
    case 'no-main':
      return wrong(`${name} is a package without a __main__.py, so python -m cannot run it. ${await proposal(name, place.folder, files)}`);
    case 'missing':
      if (place.first) return checkInstalled(config, pythons);
      return wrong(`There is no module ${place.part} in ${place.folder}. ${await proposal('', place.folder, files)}`);
  }
}

async function proposal(inside: string, folder: string, files: Files): Promise<string> {
  const names = (await moduleNames(folder, files)).slice(0, 6).map((name) => (inside ? `${inside}.${name}` : name));
  return names.length ? `There is ${names.join(', ')}.` : 'Check the name, or choose another folder.';
}

/** A module that is not the folder's own may be one of the interpreter's. */
async function checkInstalled(config: LaunchConfig, pythons: Interpreters): Promise<TargetCheck> {
  const { program: name, folder } = config;
  const top = name.split('.')[0] ?? '';
  const chosen = await pythons.listed(config);
  if (!chosen)
    return { problems: [doubt(`There is no module ${top} in ${folder}. Launch looks for it in the Python that you gave.`)], note: '' };
  if (!(await pythons.lacks(config)).includes(top)) return fine(`A module of ${chosen.kind} ${chosen.version}, not of the folder.`);
  return wrong(`There is no module ${top} in ${folder}, nor in Python ${chosen.version}. Check the name, the folder and the Python.`);
}

async function checkTests(config: LaunchConfig, pythons: Interpreters): Promise<TargetCheck> {
  const split = splitWords(config.program);
  if ('trouble' in split) return wrong(split.trouble);
  if (config.program.length > MOST_NAMED)
    return wrong('These are more tests than a launch can name. Choose whole files, or narrow them with -k in Arguments.');
  const { files } = pythons.around.transport;
  const option = split.words.find((word) => word.startsWith('-'));
  if (option) return wrong(`${option} is an option of pytest. Put it into Arguments; here are tests only.`);
  for (const word of split.words) {
    const [file = ''] = word.split('::');
    const path = isAbsolute(file) ? file : join(config.folder, file);
    if (notAPath(path)) return fine('');
    const facts = await files.facts(path);
    if (!facts) return wrong(`There is no file ${file} in ${config.folder}. Check the test’s name, or choose it from the collected ones.`);
    if (facts.kind === 'folder' && word.includes('::'))
      return wrong(`${file} is a folder: only a file has tests by name. Leave out what follows it.`);
  }
  const lacks = (await pythons.lacks(config)).includes('pytest');
  const install = `This Python has no pytest. Choose another, or install it: ${config.interpreter} -m pip install pytest`;
  const count = split.words.length;
  const note =
    count === 0 ? 'All tests that pytest finds in the folder.' : count === 1 ? basename(split.words[0] ?? '') : `${count} chosen.`;
  return { problems: lacks ? [problem('interpreter', install)] : [], note };
}

async function checkProcess(config: LaunchConfig, pythons: Interpreters): Promise<TargetCheck> {
  const { files } = pythons.around.transport;
  if (!config.program) return wrong('Choose a process of the list, or give its pid.');
  const pid = Number(config.program);
  if (!/^\d{1,10}$/.test(config.program) || pid < 1) return wrong(`${config.program} is no pid. Give the process’s number.`);
  if (!(await processesCanBeRead(files))) return fine('It is checked when you press Launch.');
  const found = await pythonProcess(pid, files);
  if (!found) return wrong(`There is no process ${pid}. It may have ended: read the list again.`);
  if (found.trouble) return wrong(found.trouble);
  const chosen = await pythons.listed(config);
  const fits = !chosen || chosen.version.startsWith(`${found.version}.`);
  const other = `Process ${pid} runs Python ${found.version}, and only that version can attach to it. Choose a Python ${found.version}.`;
  return {
    problems: fits ? [] : [problem('interpreter', other)],
    note: `Python ${found.version}, started by ${found.user}: ${found.command}`,
  };
}
