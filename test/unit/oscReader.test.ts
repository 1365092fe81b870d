import { describe, expect, test } from 'vitest';
import { oscReader } from '../../main/engines/pdb/oscReader';

const TOKEN = 'f00dfacef00dfacef00dfacef00dface';
const message = (text: string, token = TOKEN) => `\x1b]7773;${token};${Buffer.from(text).toString('base64')}\x07`;

/** The messages that a reader finds in these chunks. */
function found(...chunks: readonly (string | Buffer)[]): readonly string[] {
  const heard: string[] = [];
  const take = oscReader(TOKEN, (text) => heard.push(text));
  for (const chunk of chunks) take(Buffer.from(chunk));
  return heard;
}

const STREAM = `> /a.py(1)<module>()\r\n(Pdb) ${message('{"event":"hello"}')}näxt\r\n${message('{"ü":"🐍"}')}${message('')}done\x07`;
const SAID = ['{"event":"hello"}', '{"ü":"🐍"}', ''];

test('messages are found in the order in which they came, among everything else', () => {
  expect(found(STREAM)).toEqual(SAID);
});

test('it does not matter where the stream is cut in two', () => {
  const bytes = Buffer.from(STREAM);
  for (let at = 0; at <= bytes.length; at++) expect(found(bytes.subarray(0, at), bytes.subarray(at))).toEqual(SAID);
});

test('nor that it comes byte by byte', () => {
  expect(found(...Array.from(Buffer.from(STREAM), (byte) => Buffer.from([byte])))).toEqual(SAID);
});

describe('nothing is taken for a message', () => {
  test.each([
    ['with another token', message('{"event":"stopped"}', '0'.repeat(32))],
    ['without a token', '\x1b]7773;eyJ9\x07'],
    ['with half the token', message('x', TOKEN.slice(0, 16))],
    ['with the token in capitals', message('x', TOKEN.toUpperCase())],
    ['of another kind', message('x').replace('7773', '7774')],
    ['without its Escape', message('x').slice(1)],
    ['that never ends', message('x').slice(0, -1)],
  ])('%s', (_, text) => {
    expect(found(text, 'more output\r\n')).toEqual([]);
    expect(found(text.replace('\x07', ''), '\r\n', message('true'))).toEqual(['true']);
  });
});

test('a message that was cut off spoils none that follows', () => {
  expect(found(message('{"long":"x"}').slice(0, 50), '\r\n', message('{"next":1}'), message('{"after":2}'))).toEqual([
    '{"next":1}',
    '{"after":2}',
  ]);
});

test('a message of 600 kB is found in chunks of 4 kB', () => {
  const text = JSON.stringify({ text: 'x'.repeat(600_000) });
  const bytes = Buffer.from(`before${message(text)}after`);
  const chunks = Array.from({ length: Math.ceil(bytes.length / 4096) }, (_, i) => bytes.subarray(i * 4096, (i + 1) * 4096));
  expect(found(...chunks)).toEqual([text]);
});

test('what never ends is not kept for ever', () => {
  const heard: string[] = [];
  const take = oscReader(TOKEN, (text) => heard.push(text));
  take(Buffer.from(message('x').slice(0, -1)));
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 100; i++) take(Buffer.alloc(1 << 20, 'A'));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 << 20);
  take(Buffer.from(message('{"after":1}')));
  expect(heard).toEqual(['{"after":1}']);
});
