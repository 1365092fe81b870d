import { randomBytes } from 'node:crypto';
import type { LaunchConfig } from '../../../preload/protocol/launch';
import { quotedWord } from '../../../preload/protocol/words';
import { Failure } from '../../failures';
import type { Transport } from '../../transports/transport';
import type { Stage } from '../engine';
import { Inbox, papersOf } from './adopted';
import type { Arrived, DoorPlace } from './adopted';
import { ANSWERS_WITHIN_MS, attach, NO_ANSWER } from './attaching';
import { prepareWaiting } from './waiting';

/** A door with the word that opens it. */
export interface OpenDoor {
  readonly place: DoorPlace;
  close(): void;
}

/** What is needed to ask a program in. */
export interface Invitation {
  readonly config: LaunchConfig;
  readonly env: Readonly<Record<string, string>>;
  readonly probe: string;
}

/** Undefined where this transport has no doors: children are left alone then. @param arrived told of each process that comes */
export async function openDoor(transport: Transport, arrived: (one: Arrived) => void): Promise<OpenDoor | undefined> {
  const token = randomBytes(16).toString('hex');
  try {
    const door = await transport.openDoor(token, (visitor, greeting) => {
      const inbox = new Inbox();
      const papers = papersOf(greeting);
      if (papers) arrived({ papers, greeting, visitor, inbox });
      else visitor.close();
      return inbox;
    });
    return { place: { path: door.address.slice('unix:'.length), token }, close: () => door.close() };
  } catch (error) {
    if (error instanceof Failure && error.code === 'not-available') return undefined;
    throw error;
  }
}

/** Has a program come to the door: one that the person starts, or one that runs already. @throws Failure `not-available` when it cannot */
export async function invite(stage: Stage, door: DoorPlace, { config, env, probe }: Invitation): Promise<void> {
  const { transport, emit } = stage;
  if (config.kind === 'waiting') {
    const program = `${quotedWord(config.interpreter)} your.py`;
    const command = await prepareWaiting(transport, door, { probe, program, children: config.children });
    return emit({ type: 'awaits', command, text: 'Start the program with this. It comes here at its first breakpoint().' });
  }
  const pid = Number(config.program);
  emit({ type: 'awaits', command: '', text: `Process ${pid} has been asked to come. It does when its main thread next runs Python.` });
  await attach(transport, door, { pid, probe, env, interpreter: config.interpreter, folder: config.folder, children: config.children });
  setTimeout(() => emit({ type: 'late', message: NO_ANSWER }), ANSWERS_WITHIN_MS).unref();
}
