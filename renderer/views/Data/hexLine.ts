/** Bytes in a row of the hex view. */
export const WIDTH = 16;

/** One row: where it begins, its bytes in two halves, and the same as text, where what is no printable ASCII is a dot. */
export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

/** @param digits of the offset, the same for all rows of a view */
export function hexLine(bytes: Uint8Array, offset: number, digits: number): HexLine {
  const pairs = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const half = (from: number) => pairs.slice(from, from + WIDTH / 2).join(' ');
  return {
    offset: offset.toString(16).padStart(digits, '0'),
    hex: `${half(0).padEnd((WIDTH / 2) * 3 - 1)}  ${half(WIDTH / 2)}`.trimEnd(),
    text: [...bytes].map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
  };
}

/** Base64 as it comes from the seam. */
export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
