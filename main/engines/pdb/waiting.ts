import { randomBytes } from 'node:crypto';
import { quotedWord } from '../../../preload/protocol/words';
import type { Transport } from '../../transports/transport';
import { doorSettings } from './adopted';
import type { Brought, DoorPlace } from './adopted';

/** The module that `PYTHONBREAKPOINT` names, alone in its folder. */
const MODULE = 'casebook_breakpoint';
const SETTINGS_VARIABLE = 'CASEBOOK_DOOR';

/** What a person types to have a program of theirs stop in Casebook; `program` is what they start it with. */
export const waitingCommand = ({ folder, settings, program }: { folder: string; settings: string; program: string }): string =>
  [
    `PYTHONBREAKPOINT=${MODULE}.set_trace`,
    `PYTHONPATH=${quotedWord(folder)}\${PYTHONPATH:+:$PYTHONPATH}`,
    `${SETTINGS_VARIABLE}=${quotedWord(settings)}`,
    program,
  ].join(' ');

/**
 * Makes the place from which a program that was started elsewhere finds its way to the door.
 *
 * @param program how it is started, such as `python3 your.py`
 * @returns the command to copy
 */
export async function prepareWaiting(transport: Transport, door: DoorPlace, what: Brought & { readonly program: string }): Promise<string> {
  const probe = await transport.probe(what.probe);
  const folder = await transport.privateFolder({ [`${MODULE}.py`]: moduleText(probe) });
  const settings = await transport.privateFile(
    `${randomBytes(8).toString('hex')}.json`,
    doorSettings(door, 'breakpoint', { probe, children: what.children }),
  );
  return waitingCommand({ folder, settings, program: what.program });
}

/** A Python string literal: JSON's escapes are Python's. */
const literal = (text: string): string => JSON.stringify(text);

const moduleText = (probe: string): string => `"""Brings a program that was started elsewhere to Casebook, at its first breakpoint()."""
import os
import sys

PROBE = ${literal(probe)}
_gone = 'Casebook does not wait any more: the program runs on, without stopping at its breakpoints.'
try:
    _place = {'__name__': 'casebook_door', 'SETTINGS': os.environ[${literal(SETTINGS_VARIABLE)}]}
    with open(PROBE, 'rb') as _file:
        _code = compile(_file.read(), PROBE, 'exec')
    exec(_code, _place)
    set_trace = _place['set_trace']
except (OSError, KeyError) as _error:
    print(_gone, file=sys.stderr)

    def set_trace(*arguments, **options):
        """Nobody to prompt."""
`;
