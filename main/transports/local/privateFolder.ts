import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A unix socket's path must fit `sun_path`: 104 bytes on macOS, 108 on Linux. The file's name has room for some more. */
const LONGEST_FOLDER_BYTES = 80;

/**
 * A folder of ours that nobody else may enter (0700), with a random name, in the system's place for such things.
 * It is gone after `remove`, and when the process exits.
 */
export class PrivateFolder {
  readonly path: string;
  private readonly onExit = () => rmSync(this.path, { recursive: true, force: true });

  constructor() {
    this.path = mkdtempSync(join(placeForSockets(), 'casebook-'));
    process.once('exit', this.onExit);
  }

  remove(): void {
    process.off('exit', this.onExit);
    this.onExit();
  }
}

function placeForSockets(): string {
  const places = [process.env['XDG_RUNTIME_DIR'], tmpdir()];
  return places.find((place) => place && Buffer.byteLength(place) <= LONGEST_FOLDER_BYTES) ?? '/tmp';
}
