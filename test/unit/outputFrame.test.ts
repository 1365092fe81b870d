import { expect, test } from 'vitest';
import { decodeOutput, encodeOutput } from '../../preload/protocol/outputFrame';
import type { OutputFrame } from '../../preload/protocol/outputFrame';

const travel = (frame: OutputFrame): OutputFrame => {
  const bytes = encodeOutput(frame);
  return decodeOutput(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
};

test.each([
  ['A.console', 0, []],
  ['A.console', 1, [0, 27, 255]],
  ['S1234567890.program', 2 ** 31, [1]],
  ['x'.repeat(40), Number.MAX_SAFE_INTEGER, [7, 7, 7]],
] as const)('output of %s at %i arrives as it was sent', (terminal, offset, bytes) => {
  expect(travel({ terminal, offset, data: Uint8Array.from(bytes) })).toEqual({ terminal, offset, data: Uint8Array.from(bytes) });
});

test('a large piece arrives byte by byte', () => {
  const data = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 31) % 256);
  expect(travel({ terminal: 'A.program', offset: 12_345_678_901, data })).toEqual({ terminal: 'A.program', offset: 12_345_678_901, data });
});

test('a piece that is part of a larger buffer is sent alone', () => {
  const data = Uint8Array.from([1, 2, 3, 4, 5]).subarray(1, 3);
  expect(travel({ terminal: 'A', offset: 5, data }).data).toEqual(Uint8Array.from([2, 3]));
});
