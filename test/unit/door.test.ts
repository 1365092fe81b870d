import { describe, expect, test } from 'vitest';
import { Door, isOurs } from '../../main/hosts/web/door';

const MINUTE = 60_000;

describe('the door', () => {
  test('has a token of 128 bits, new each time', () => {
    const tokens = Array.from({ length: 50 }, () => new Door().token);
    for (const token of tokens) expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(tokens).size).toBe(50);
  });

  test('opens for the token, as often as it is shown', () => {
    const door = new Door();
    for (let i = 0; i < 100; i++) expect(door.admits(door.token, i)).toBe(true);
  });

  test('opens for nothing else', () => {
    const { token } = new Door();
    const offered = [
      '',
      token,
      token.toUpperCase(),
      `${token} `,
      token.slice(1),
      `${token}0`,
      '0'.repeat(32),
      '\0'.repeat(32),
      'ü'.repeat(16),
    ];
    for (const wrong of [...offered, undefined, null, 0, true, [token], { token }]) expect(new Door().admits(wrong, 0)).toBe(false);
  });

  test('stays open for the right token after nine wrong ones', () => {
    const door = new Door();
    for (let i = 0; i < 9; i++) door.admits('wrong', i);
    expect(door.admits(door.token, 10)).toBe(true);
  });

  test('closes for everybody at the tenth wrong one, for a minute', () => {
    const door = new Door();
    for (let i = 0; i < 10; i++) door.admits('wrong', i);
    expect(door.admits(door.token, 10)).toBe(false);
    expect(door.admits(door.token, 9 + MINUTE - 1)).toBe(false);
    expect(door.admits(door.token, 9 + MINUTE)).toBe(true);
  });

  test('is not held closed by more knocking', () => {
    const door = new Door();
    for (let i = 0; i < 1000; i++) door.admits('wrong', i);
    expect(door.admits(door.token, 9 + MINUTE)).toBe(true);
  });

  test('counts a minute, not for ever: nine wrong ones each minute do not close it', () => {
    const door = new Door();
    for (let minute = 0; minute < 100; minute++) {
      for (let i = 0; i < 9; i++) door.admits('wrong', minute * MINUTE + i);
      expect(door.admits(door.token, minute * MINUTE + 10)).toBe(true);
    }
  });

  test('closes again at the next ten', () => {
    const door = new Door();
    for (const at of [0, 2 * MINUTE]) {
      for (let i = 0; i < 10; i++) door.admits('wrong', at + i);
      expect(door.admits(door.token, at + 10)).toBe(false);
    }
  });

  test('lets at most ten guesses a minute through, whenever they come', () => {
    const door = new Door();
    let looked = 0;
    for (let at = 0; at < 100 * MINUTE; at += 100) {
      const counts = door.admits('wrong', at);
      expect(counts).toBe(false);
      if (door.admits(door.token, at)) looked++;
    }
    // The right one is seen after each of nine guesses, once in each minute that the door is open.
    expect(looked).toBeLessThanOrEqual(100 * 9);
  });
});

describe('a request is ours', () => {
  test.each([
    ['localhost:8123', 'http://localhost:8123'],
    ['localhost', 'http://localhost'],
    ['127.0.0.1:8123', 'http://127.0.0.1:8123'],
    ['[::1]:8123', 'http://[::1]:8123'],
    ['localhost:9000', 'http://localhost:9000'],
  ])('at %s from %s, forwarded or not', (host, origin) => {
    expect([isOurs(host, origin, true), isOurs(host, origin, false), isOurs(host, undefined, false)]).toEqual([true, true, true]);
  });

  test('without an Origin only where none is sent: when a page is opened, not when a socket is', () => {
    expect([isOurs('localhost:1', undefined, false), isOurs('localhost:1', undefined, true)]).toEqual([true, false]);
  });
});

describe('a request to another host is not ours', () => {
  test.each([
    ...[
      undefined,
      '',
      'evil.test',
      'evil.test:8123',
      'localhost.evil',
      'localhost.evil:8123',
      'evil.localhost',
      'xlocalhost',
      'localhost.',
    ],
    ...[
      '127.0.0.1.evil.test',
      '127.0.0.2',
      '127.1',
      '0.0.0.0',
      '0',
      '2130706433',
      '0x7f.1',
      '192.168.0.1:8123',
      '[::]',
      '[::ffff:127.0.0.1]:8123',
      '::1',
    ],
    ...[
      'localhost:',
      'localhost:x',
      'localhost:123456',
      'localhost:80:80',
      'localhost:80@evil.test',
      'evil.test@localhost',
      'localhost/evil',
      'localhost#',
      ' localhost',
      'localhost ',
      'localhost\n',
      'localhost,evil.test',
    ],
  ])('%j', (host) => {
    expect([isOurs(host, undefined, false), isOurs(host, `http://${host}`, true)]).toEqual([false, false]);
  });
});

describe('a page of another origin is not ours', () => {
  test.each([
    ...[
      '',
      'null',
      'https://localhost:8123',
      'http://localhost',
      'http://localhost:8124',
      'http://127.0.0.1:8123',
      'http://localhost:8123/',
      'http://localhost:8123.evil.test',
    ],
    ...[
      'http://evil.test',
      'http://evil.test:8123',
      'http://user@localhost:8123',
      'HTTP://localhost:8123',
      'file://',
      'casebook://app',
      'chrome-extension://abc',
      'http://localhost:8123 http://evil.test',
    ],
  ])('%j', (origin) => {
    expect([isOurs('localhost:8123', origin, false), isOurs('localhost:8123', origin, true)]).toEqual([false, false]);
  });
});
