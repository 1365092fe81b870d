import type { LaunchConfig } from '../../../preload/protocol/launch';
import type { DoorPlace, Wanted } from './adopted';

/** What starts a pdb session, beside what the person chose. */
export interface PdbStart {
  readonly config: LaunchConfig;
  /** The person's whole environment, with the entry's additions. */
  readonly env: Readonly<Record<string, string>>;
  /** The packed bridge on Casebook's own machine. */
  readonly probe: string;
  /** What it is to stop at from the start. */
  readonly breakpoints: Wanted;
  /** `osc` leaves the socket out, as where none can be had. */
  readonly channel: 'socket' | 'osc';
  /** Where the program's children come in; undefined when they are left alone. */
  readonly door: DoorPlace | undefined;
}

/** The command that is run, as the Launch form shows it. */
export const pdbCommand = (config: LaunchConfig, probe: string, settings: string): string[] => [
  config.interpreter,
  probe,
  '--casebook',
  settings,
  config.program,
  ...config.args,
];

/** What only the session knows when its debugger is started. */
export interface StartPlaces {
  readonly token: string;
  /** Of the side channel; empty where there is none. */
  readonly address: string;
  readonly programTty: string | undefined;
}

/** The bridge's settings file. `resources/probes/pdb/README.md` has its fields. */
export const settingsOf = ({ config, breakpoints, door }: PdbStart, { token, address, programTty }: StartPlaces): string =>
  JSON.stringify({
    // First, because a Python without a JSON reader takes the first of a name.
    protocol: 1,
    kind: config.kind,
    token,
    channel: channelOf(address),
    programTty: programTty ?? null,
    stopOnEntry: config.stopOnEntry,
    breakpoints: breakpoints.source,
    functionBreakpoints: breakpoints.functions,
    exceptionFilters: breakpoints.exceptions,
    children: config.children,
    door,
  });

/** `unix:/path` as the bridge's settings have it; what it cannot reach is left to the console's own stream. */
const channelOf = (address: string) =>
  address.startsWith('unix:') ? { kind: 'unix', path: address.slice('unix:'.length) } : { kind: 'osc' };
