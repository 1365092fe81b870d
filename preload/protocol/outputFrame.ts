/** A terminal's output with its place in the stream. */
export interface OutputFrame {
  readonly terminal: string;
  readonly offset: number;
  readonly data: Uint8Array;
}

const OFFSET_BYTES = 8;

/** One binary message: length of the terminal's id (1 byte), the id in ASCII, the offset (float64, big-endian), the bytes. */
export function encodeOutput({ terminal, offset, data }: OutputFrame): Uint8Array {
  const head = 1 + terminal.length + OFFSET_BYTES;
  const frame = new Uint8Array(head + data.length);
  frame[0] = terminal.length;
  for (let i = 0; i < terminal.length; i++) frame[1 + i] = terminal.charCodeAt(i);
  new DataView(frame.buffer).setFloat64(1 + terminal.length, offset);
  frame.set(data, head);
  return frame;
}

/** The other way. Trusts its input: only our own host is at the other end. */
export function decodeOutput(frame: ArrayBuffer): OutputFrame {
  const view = new DataView(frame);
  const length = view.getUint8(0);
  const terminal = String.fromCharCode(...new Uint8Array(frame, 1, length));
  return { terminal, offset: view.getFloat64(1 + length), data: new Uint8Array(frame, 1 + length + OFFSET_BYTES) };
}
