/** Longest message that is waited for, in bytes: a bridge keeps its messages under 64 kB, base64 makes them a third longer. */
const LONGEST = 1 << 20;
const BEL = 0x07;

/**
 * Finds the bridge's messages in a console's bytes: `ESC ] 7773 ; TOKEN ; base64 BEL`.
 *
 * The whole prefix with its token is searched for, not `ESC]7773;` alone, so that a program that
 * prints an unfinished sequence of the kind swallows nothing. Chunks may be cut anywhere.
 *
 * @param token known to the bridge and to Casebook only
 * @param message called with each decoded text, in order
 * @returns takes the next chunk of bytes
 */
export function oscReader(token: string, message: (text: string) => void): (chunk: Buffer) => void {
  const prefix = Buffer.from(`\x1b]7773;${token};`);
  let held: Buffer = Buffer.alloc(0);
  return (chunk) => {
    held = held.length ? Buffer.concat([held, chunk]) : chunk;
    for (;;) {
      const at = held.indexOf(prefix);
      if (at < 0) {
        held = held.subarray(Math.max(0, held.length - prefix.length + 1));
        return;
      }
      const end = held.indexOf(BEL, at + prefix.length);
      if (end < 0) {
        held = held.subarray(held.length - at > LONGEST ? at + prefix.length : at);
        return;
      }
      // One that was cut off has no end of its own: the end found belongs to the last that began before it.
      const from = held.lastIndexOf(prefix, end) + prefix.length;
      const text = Buffer.from(held.toString('latin1', from, end), 'base64').toString('utf8');
      held = held.subarray(end + 1);
      message(text);
    }
  };
}
