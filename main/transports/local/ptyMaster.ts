import { readSync } from 'node:fs';
import type { ConnectOpts, SocketConstructorOpts } from 'node:net';
import { ReadStream } from 'node:tty';
import type { TerminalSize } from '../../../preload/protocol/terminal';
import { errorCode } from '../../failures';
import { KeyQueue } from './keyQueue';
import { loadNodePty } from './nodePty';

/** A read that brings this much says that more waits: Linux gives no more than this at once from a pty. */
const FULL_READ_BYTES = 4095;
/** Reads in one turn of the event loop: under a flood the turns cost more than the reads. */
const READS_AHEAD = 15;
/** Far more than a kernel holds for one pty (about 16 kB), and an end for a writer that never stops. */
const MOST_DRAINED_BYTES = 1 << 20;

/** Memory that reads fill piece by piece: the pieces are handed on uncopied, and never written again. */
class Slab {
  private static readonly BYTES = 64 << 10;
  private static readonly SMALLEST_READ = 4 << 10;
  private rest = Buffer.allocUnsafeSlow(Slab.BYTES);

  /** Where the next read goes. */
  room(): Buffer {
    if (this.rest.length < Slab.SMALLEST_READ) this.rest = Buffer.allocUnsafeSlow(Slab.BYTES);
    return this.rest;
  }

  /** What the last read put there. */
  cut(bytes: number): Buffer {
    const piece = this.rest.subarray(0, bytes);
    this.rest = this.rest.subarray(bytes);
    return piece;
  }
}

/** What a master tells. */
export interface PtyMasterListener {
  data(chunk: Buffer): void;
  /** Something that ordering depends on has changed: resumed with nothing held back, or closed. */
  settled(): void;
}

/**
 * Our end of a pty: reads all that is written to it, writes only while it is ours.
 *
 * libuv takes "hung up" with a short read for the end of the stream while the kernel still holds bytes
 * (libuv #4992), so whatever it says, the last word has a synchronous read until nothing is left.
 */
export class PtyMaster {
  private readonly stream: ReadStream;
  private readonly keys: KeyQueue;
  /** Its room is lent to libuv all the time, so our own reads need another. */
  private readonly lent = new Slab();
  private readonly own = new Slab();
  /** Read at the end of the stream while paused; no more than the kernel held. */
  private readonly held: Buffer[] = [];
  private stopped = false;
  private closed = false;

  constructor(
    private readonly fd: number,
    private readonly listener: PtyMasterListener,
  ) {
    const options: SocketConstructorOpts & ConnectOpts = {
      onread: {
        buffer: () => this.lent.room(),
        callback: (bytes) => {
          this.deliver(this.lent.cut(bytes));
          if (bytes === FULL_READ_BYTES) this.readAhead();
          return true;
        },
      },
    };
    this.stream = new ReadStream(fd, options);
    this.keys = new KeyQueue(fd, () => this.isOpen);
    this.stream.prependListener('end', () => this.finish());
    // A master that can no longer be read is a hung up one (EIO); 'close' follows.
    this.stream.on('error', () => this.keys.clear());
    this.stream.on('close', () => {
      this.closed = true;
      this.keys.clear();
      this.listener.settled();
    });
    this.stream.resume();
  }

  get isPaused(): boolean {
    return this.stopped;
  }

  /** Nothing more can come: hung up or closed, and all that was read has been delivered. */
  get isSpent(): boolean {
    return this.closed && this.held.length === 0;
  }

  write(keys: string | Uint8Array): void {
    if (this.isOpen) this.keys.add(keys);
  }

  resize({ cols, rows }: TerminalSize): void {
    if (this.isOpen) loadNodePty().native.resize(this.fd, cols, rows);
  }

  pause(): void {
    this.stopped = true;
    this.stream.pause();
  }

  resume(): void {
    if (!this.stopped) return;
    this.stopped = false;
    for (let chunk = this.held.shift(); chunk; chunk = this.held.shift()) {
      this.listener.data(chunk);
      if (this.stopped) return;
    }
    this.stream.resume();
    this.listener.settled();
  }

  /** Delivers what the kernel holds now, unless a listener pauses in between. */
  drain(): void {
    for (let left = MOST_DRAINED_BYTES; left > 0 && !this.stopped;) {
      const chunk = this.readNow();
      if (!chunk) return;
      left -= chunk.length;
      this.deliver(chunk);
    }
  }

  /** Delivers what is held back here and in the kernel by now, paused or not, and closes. */
  end(): void {
    for (const chunk of this.held.splice(0)) this.listener.data(chunk);
    for (let left = MOST_DRAINED_BYTES; left > 0;) {
      const chunk = this.readNow();
      if (!chunk) break;
      left -= chunk.length;
      this.listener.data(chunk);
    }
    this.close();
  }

  /** What has not been delivered is dropped; `settled` follows. */
  close(): void {
    this.stopped = false;
    this.held.length = 0;
    this.keys.clear();
    this.stream.destroy();
  }

  /** The descriptor is closed in the very call of `destroy`, so this is true only while the number is ours. */
  private get isOpen(): boolean {
    return !this.stream.destroyed;
  }

  /** Every holder of the slave is gone: the rest is in the kernel, finite, and must be fetched before the close. */
  private finish(): void {
    for (let chunk = this.readNow(); chunk; chunk = this.readNow()) this.deliver(chunk);
    this.keys.clear();
    this.stream.destroy();
  }

  private readAhead(): void {
    for (let i = 0; i < READS_AHEAD && !this.stopped; i++) {
      const chunk = this.readNow();
      if (!chunk) return;
      this.deliver(chunk);
      if (chunk.length < FULL_READ_BYTES) return;
    }
  }

  /** Undefined when nothing waits (EAGAIN) or nothing can come any more (EIO, end of file, closed). */
  private readNow(): Buffer | undefined {
    if (!this.isOpen) return undefined;
    const room = this.own.room();
    try {
      const bytes = readSync(this.fd, room, 0, room.length, null);
      return bytes > 0 ? this.own.cut(bytes) : undefined;
    } catch (error) {
      if (errorCode(error) === 'EAGAIN' || errorCode(error) === 'EIO') return undefined;
      throw error;
    }
  }

  private deliver(chunk: Buffer): void {
    if (this.stopped) this.held.push(chunk);
    else this.listener.data(chunk);
  }
}
