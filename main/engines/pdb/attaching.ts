import { randomBytes } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { notAvailable } from '../../failures';
import type { Transport } from '../../transports/transport';
import { doorSettings } from './adopted';
import type { Brought, DoorPlace } from './adopted';

/** How long the interpreter that asks may take. */
const ASK_WITHIN_MS = 10_000;
/** A process that runs Python at all answers within this. */
export const ANSWERS_WITHIN_MS = 5_000;

export const NO_ANSWER =
  'The process has not answered: its main thread is blocked in C code (a lock, a read) and cannot run Python until that returns. ' +
  'Casebook waits for it. To see where it is blocked now, look at it with gdb.';

/** Which process, and who asks it. */
export interface Attachment extends Brought {
  readonly pid: number;
  readonly interpreter: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Asks a running process to load the bridge, which then comes to the door by itself. It answers when its main thread next
 * runs Python. Source: PEP 768. Not run on 3.14: none here; `sys.remote_exec` is the only part that was not.
 *
 * @throws Failure `not-available` with the reason, when it cannot be asked
 */
export async function attach(transport: Transport, door: DoorPlace, what: Attachment): Promise<void> {
  const { pid, interpreter, folder, env } = what;
  const exe = await transport.files.facts(`/proc/${pid}/exe`);
  const process = await transport.files.facts(`/proc/${pid}`);
  if (!process) throw notAvailable(`There is no process ${pid}. Check the number.`);
  const trouble = exe ? otherVersion(pid, exe.real) : '';
  if (trouble) throw notAvailable(trouble);
  const probe = await transport.probe(what.probe);
  const name = randomBytes(8).toString('hex');
  const settings = await transport.privateFile(`${name}.json`, doorSettings(door, 'attach', { probe, children: what.children }));
  const script = await transport.privateFile(`${name}.py`, scriptText(probe, settings));
  const args = ['-I', '-c', ASK, String(pid), script];
  const { stdout, stderr } = await transport.exec({ file: interpreter, args, cwd: folder, env }, ASK_WITHIN_MS);
  const refusal = why({ pid, interpreter, theirs: versionOf(exe?.real ?? '') }, answerOf(stdout, stderr));
  if (refusal) throw notAvailable(refusal);
}

/** Run by the interpreter that asks, which must be of the process's own version. Prints one line of JSON. */
const ASK = `import json, sys
answer = {'version': list(sys.version_info[:2]), 'error': '', 'text': ''}
if not hasattr(sys, 'remote_exec'):
    answer['error'] = 'too-old'
else:
    try:
        sys.remote_exec(int(sys.argv[1]), sys.argv[2])
    except Exception as error:
        answer['error'], answer['text'] = type(error).__name__, str(error)
print(json.dumps(answer))
`;

const askAnswer = z.object({ version: z.tuple([z.number(), z.number()]), error: z.string(), text: z.string() });
type AskAnswer = z.infer<typeof askAnswer>;

/** Run by the process itself, between two of its main thread's instructions. */
const scriptText = (probe: string, settings: string): string => `import sys
place = {'__name__': 'casebook_door', 'SETTINGS': ${JSON.stringify(settings)}}
with open(${JSON.stringify(probe)}, 'rb') as file:
    code = compile(file.read(), ${JSON.stringify(probe)}, 'exec')
exec(code, place)
sys.modules['casebook_bridge.children'].stop_at(sys._getframe().f_back)
`;

/** The minor version in an executable's name, such as 11 in `python3.11`; undefined where the name does not say. */
function versionOf(exe: string): number | undefined {
  const [, minor] = /^python3\.(\d+)/.exec(basename(exe)) ?? [];
  return minor === undefined ? undefined : Number(minor);
}

function otherVersion(pid: number, exe: string): string {
  const minor = versionOf(exe);
  if (minor === undefined || minor >= 14) return '';
  return `Process ${pid} runs Python 3.${minor}, and pdb attaches from Python 3.14 on. Look at it with gdb, or start it again under Casebook.`;
}

function answerOf(stdout: string, stderr: string): AskAnswer {
  const line = stdout.trim().split('\n').at(-1) ?? '';
  try {
    return askAnswer.parse(JSON.parse(line));
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof z.ZodError)) throw error;
    throw notAvailable(`The chosen Python did not do what it was asked: ${(stderr.trim() || line).slice(-300)}`);
  }
}

/** Why the process was not asked; empty when it was. */
function why(who: { pid: number; interpreter: string; theirs: number | undefined }, { version, error, text }: AskAnswer): string {
  const { pid, interpreter, theirs } = who;
  const ours = version.join('.');
  if (error === 'too-old')
    return `${interpreter} is Python ${ours}. To attach, choose the Python that runs process ${pid}: it must be 3.14 or later.`;
  if (theirs !== undefined && theirs !== version[1])
    return `Process ${pid} runs Python 3.${theirs}, and ${interpreter} is ${ours}. Choose the Python of the process: both must be the same.`;
  if (!error) return '';
  if (error === 'PermissionError')
    return `No permission to attach to process ${pid}. It must be yours, and ptrace_scope (kernel.yama) must allow it: run Casebook as its user, or with sudo.`;
  if (error === 'ProcessLookupError') return `There is no process ${pid}. Check the number.`;
  return `Process ${pid} cannot be asked to load the bridge: ${text.slice(0, 300)}. It must be a Python 3.14 or later that was not started with remote debugging off.`;
}
