import { randomUUID } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import type { SideChannel, SideChannelListener } from '../transport';
import { LONGEST_GREETING_BYTES, LONGEST_LINE_BYTES, showsToken, TOKEN_WITHIN_MS } from './greeting';
import { LineReader } from './lineReader';
import { PrivateFolder } from './privateFolder';

/**
 * A listening place in a folder of ours. A peer is heard when its first line is `{"token":"…"}` with the right token
 * (other fields are the listener's business: the line is passed on). Then nobody else is: the place is taken down.
 * On Windows a named pipe. Not run: no Windows here.
 */
export class LocalSideChannel implements SideChannel {
  readonly address: string;
  private readonly server: Server;
  private readonly strangers = new Set<Socket>();
  private peer: Socket | undefined;
  private closed = false;

  private constructor(
    private readonly token: string,
    private readonly listener: SideChannelListener,
    private readonly place: { readonly path: string; readonly folder: PrivateFolder | undefined },
  ) {
    this.address = `${place.folder ? 'unix' : 'pipe'}:${place.path}`;
    this.server = createServer((socket) => this.greet(socket));
  }

  /** Settles when peers may connect. */
  static async open(token: string, listener: SideChannelListener): Promise<LocalSideChannel> {
    const folder = process.platform === 'win32' ? undefined : new PrivateFolder();
    const path = folder ? join(folder.path, 'bridge.sock') : `\\\\.\\pipe\\casebook-${randomUUID()}`;
    const channel = new LocalSideChannel(token, listener, { path, folder });
    try {
      await channel.start();
    } catch (error) {
      folder?.remove();
      throw error;
    }
    return channel;
  }

  send(line: string): void {
    this.peer?.write(`${line}\n`);
  }

  /** `closed` follows if a peer was heard. */
  close(): void {
    this.takeDown();
    this.peer?.destroy();
  }

  private start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(this.place.path, () => {
        this.server.off('error', reject);
        if (this.place.folder) chmodSync(this.place.path, 0o600);
        resolve();
      });
    });
  }

  private greet(socket: Socket): void {
    this.strangers.add(socket);
    const timer = setTimeout(() => socket.destroy(), TOKEN_WITHIN_MS);
    const reader = new LineReader(LONGEST_GREETING_BYTES, (line) => {
      if (this.peer === socket) return this.listener.line(line);
      if (this.peer || !showsToken(line, this.token)) return reader.stop();
      clearTimeout(timer);
      this.strangers.delete(socket);
      this.peer = socket;
      this.takeDown();
      reader.allow(LONGEST_LINE_BYTES);
      this.listener.line(line);
    });
    socket.on('data', (bytes) => reader.read(bytes) || socket.destroy());
    // A peer that is killed resets the connection; 'close' says all there is to say.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      this.strangers.delete(socket);
      if (this.peer === socket) this.listener.closed();
    });
  }

  private takeDown(): void {
    if (this.closed) return;
    this.closed = true;
    this.server.close();
    for (const stranger of this.strangers) stranger.destroy();
    this.place.folder?.remove();
  }
}
