import type { FolderEntry } from '../../preload/protocol/launch';
import type { ExitStatus } from '../../preload/protocol/session';
import type { TerminalSize } from '../../preload/protocol/terminal';

/** A program to run: argv, never a shell. `env` is the whole environment, to which the local transport adds PWD and SHLVL where they are missing. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What a terminal tells. In this order: any `data`, then `exit` once, then perhaps more `data` from children, then `close`, the last. */
export interface TerminalListener {
  /** Output in order, exactly as written; the chunk is the listener's to keep. */
  data(chunk: Buffer): void;
  /** The program is gone and every byte it wrote has been delivered. Never for a tty without a program. */
  exit(status: ExitStatus): void;
  close(): void;
}

/** One tty. Bytes are neither lost, doubled, reordered nor sent to another. */
export interface Terminal {
  /** Of the program in it; undefined for a tty that was opened without one. */
  readonly pid: number | undefined;
  /** The path by which a program opens it, such as `/dev/pts/3`; empty where there is none. */
  readonly ttyName: string;
  /** Queued when the program does not read; never blocks. After `close` it does nothing. @throws Failure `rejected` when 16 MB wait unread */
  write(data: string | Uint8Array): void;
  resize(size: TerminalSize): void;
  /** To the program and its process group; does nothing once it is gone. @throws Failure `not-available` when it runs as another user */
  signal(name: NodeJS.Signals): void;
  /** The kernel holds what is written meanwhile, and then the program waits. */
  pause(): void;
  resume(): void;
  /**
   * Hangs up. A program's unread output is dropped; `exit` (once the program is gone) and `close` still follow.
   * Of a tty without a program nobody tells when the last was written: what is unread by now is delivered first, paused or not.
   */
  close(): void;
}

/** What a finished command left. */
export interface ExecResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: ExitStatus;
}

/** A listening place for one debuggee's messages, as lines of JSON. */
export interface SideChannel {
  /** What the debuggee is told: `unix:/run/…/bridge.sock`. */
  readonly address: string;
  send(line: string): void;
  close(): void;
}

/** What a side channel tells. The first peer whose first line is `{"token":"…"}`, with the token, is the only one ever heard. */
export interface SideChannelListener {
  /** Without its newline; the first is the one with the token, which may carry more fields. */
  line(line: string): void;
  /** The peer that was heard is gone. Never told when there was none. */
  closed(): void;
}

/** A process that came in by a door. What it sends arrives at the listener that it was given, whole lines without their newline. */
export interface Visitor {
  send(line: string): void;
  close(): void;
}

/** Who listens to one visitor. */
export interface VisitorListener {
  line(line: string): void;
  /** It has hung up, or its process is gone. */
  closed(): void;
}

/** A listening place that many may enter, one after the other or at once, for as long as it is open. */
export interface Door {
  /** What a process is told: `unix:/run/…/bridge.sock`. */
  readonly address: string;
  /** Nobody else comes in; who is in, stays. */
  close(): void;
}

/** What a path leads to. `real` is the path without links, `mtime` milliseconds since 1970. */
export interface FileFacts {
  readonly real: string;
  readonly kind: 'folder' | 'file' | 'other';
  readonly size: number;
  readonly mtime: number;
  readonly readable: boolean;
  readonly executable: boolean;
}

/** Files where the programs run, for looking only. */
export interface Files {
  /** Undefined when there is nothing by that path. */
  facts(path: string): Promise<FileFacts | undefined>;
  /** Sorted by name. @throws Failure `folder-unusable` or `not-readable` */
  list(folder: string): Promise<readonly FolderEntry[]>;
  /** The first `maxBytes`. @throws Failure `not-readable` */
  read(path: string, maxBytes: number): Promise<Buffer>;
}

/** Where programs run. Engines get terminals from it and do not know where it is. */
export interface Transport {
  readonly host: string;
  readonly files: Files;
  /** @throws Failure `program-unusable` when the file is not there or may not be run, `folder-unusable` for the folder */
  open(command: Command, size: TerminalSize, listener: TerminalListener): Promise<Terminal>;
  /** A tty without a program, for a debuggee's own input and output. */
  openTty(size: TerminalSize, listener: TerminalListener): Promise<Terminal>;
  /** Runs to the end, without input; killed with its children after `timeoutMs`, or when `signal` says so: the result is then as the kill left it. @throws Failure `timed-out`, `program-unusable`, `folder-unusable`, or `rejected` past 10 MB of output */
  exec(command: Command, timeoutMs: number, signal?: AbortSignal): Promise<ExecResult>;
  /** @param token what a peer must send as its first line to be heard */
  listen(token: string, listener: SideChannelListener): Promise<SideChannel>;
  /**
   * A place that every process may enter whose first line is `{"token":"…"}` with the token.
   *
   * @param entered told of each with that first line; gives who listens to it
   */
  openDoor(token: string, entered: (visitor: Visitor, greeting: string) => VisitorListener): Promise<Door>;
  /** To a process that was not started here. False when there is none of that number. @throws Failure `not-available` when it is another user's */
  signal(pid: number, name: NodeJS.Signals): boolean;
  /** Writes a 0600 file in a 0700 folder of ours; gone at `close` at the latest. A name is used once. */
  privateFile(name: string, content: string): Promise<string>;
  /** A new 0700 folder that holds only these files, 0600, by their names; gone at `close` at the latest. */
  privateFolder(files: Readonly<Record<string, string>>): Promise<string>;
  /** The path, there, of a file that Casebook brought along. */
  probe(path: string): Promise<string>;
  /** Ends everything that was started here, and settles when all of it has told its close. */
  close(): Promise<void>;
}
