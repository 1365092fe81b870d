import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import { notAvailable } from '../../failures';
import type { Door, Visitor, VisitorListener } from '../transport';
import { LONGEST_GREETING_BYTES, LONGEST_LINE_BYTES, showsToken, TOKEN_WITHIN_MS } from './greeting';
import { LineReader } from './lineReader';
import { PrivateFolder } from './privateFolder';

/**
 * A 0600 socket in a 0700 folder of ours, open to every process that shows the token.
 *
 * Only on Unix: on Windows a bridge has no console to be lent.
 */
export class LocalDoor implements Door {
  readonly address: string;
  private readonly server: Server;
  private readonly folder = new PrivateFolder();
  private readonly strangers = new Set<Socket>();
  private readonly inside = new Set<Socket>();
  private closed = false;

  private constructor(
    private readonly token: string,
    private readonly entered: (visitor: Visitor, greeting: string) => VisitorListener,
  ) {
    this.address = `unix:${join(this.folder.path, 'door.sock')}`;
    this.server = createServer((socket) => this.greet(socket));
  }

  /** Settles when processes may come. */
  static async open(token: string, entered: (visitor: Visitor, greeting: string) => VisitorListener): Promise<LocalDoor> {
    if (process.platform === 'win32') throw notAvailable('Windows has no sockets for this. Debug the program by launching it.');
    const door = new LocalDoor(token, entered);
    try {
      await door.start();
    } catch (error) {
      door.folder.remove();
      throw error;
    }
    return door;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.server.close();
    for (const stranger of this.strangers) stranger.destroy();
    this.folder.remove();
  }

  /** Shows everybody out as well. */
  end(): void {
    this.close();
    for (const visitor of this.inside) visitor.destroy();
  }

  private start(): Promise<void> {
    const path = this.address.slice('unix:'.length);
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(path, () => {
        this.server.off('error', reject);
        chmodSync(path, 0o600);
        resolve();
      });
    });
  }

  private greet(socket: Socket): void {
    this.strangers.add(socket);
    const timer = setTimeout(() => socket.destroy(), TOKEN_WITHIN_MS);
    let listener: VisitorListener | undefined;
    const reader = new LineReader(LONGEST_GREETING_BYTES, (line) => {
      if (listener) return listener.line(line);
      if (this.closed || !showsToken(line, this.token)) return reader.stop();
      clearTimeout(timer);
      this.strangers.delete(socket);
      this.inside.add(socket);
      reader.allow(LONGEST_LINE_BYTES);
      listener = this.entered({ send: (text) => void socket.write(`${text}\n`), close: () => socket.destroy() }, line);
    });
    socket.on('data', (bytes) => reader.read(bytes) || socket.destroy());
    // A process that is killed resets the connection; 'close' says all there is to say.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(timer);
      this.strangers.delete(socket);
      this.inside.delete(socket);
      listener?.closed();
    });
  }
}
