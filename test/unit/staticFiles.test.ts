import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY, staticFile } from '../../main/hosts/staticFiles';

const above = mkdtempSync(join(tmpdir(), 'casebook-static-'));
const folder = join(above, 'renderer');
afterAll(() => rmSync(above, { recursive: true, force: true }));

for (const path of ['renderer/assets/deep', 'renderer/folder.js', 'renderer-twin', 'C:']) mkdirSync(join(above, path), { recursive: true });
const SECRET = ['secret.js', 'renderer-twin/secret.js', 'C:/secret.js'];
for (const path of SECRET) writeFileSync(join(above, path), 'SECRET');
const OWN = [
  'index.html',
  'assets/index-abc.js',
  'assets/deep/font.woff2',
  'assets/a b ü.css',
  'icon.svg',
  'main.js.map',
  'notes.txt',
  '.hidden',
  '..odd.js',
];
for (const path of OWN) writeFileSync(join(folder, path), path);
symlinkSync('../secret.js', join(folder, 'leads-out.js'));
symlinkSync('..', join(folder, 'parent'));
symlinkSync('index.html', join(folder, 'leads-in.html'));

const body = async (path: string) => (await staticFile(folder, path))?.body.toString();

describe('a file of the folder is served', () => {
  test.each([
    ['/', 'index.html', 'text/html; charset=utf-8'],
    ['/index.html', 'index.html', 'text/html; charset=utf-8'],
    ['/assets/index-abc.js', 'assets/index-abc.js', 'text/javascript; charset=utf-8'],
    ['/assets/deep/font.woff2', 'assets/deep/font.woff2', 'font/woff2'],
    ['/assets/a%20b%20%C3%BC.css', 'assets/a b ü.css', 'text/css; charset=utf-8'],
    ['/icon.svg', 'icon.svg', 'image/svg+xml'],
    ['/leads-in.html', 'index.html', 'text/html; charset=utf-8'],
    ['/..odd.js', '..odd.js', 'text/javascript; charset=utf-8'],
  ])('%s', async (path, content, type) => {
    const file = await staticFile(folder, path);
    expect(file?.body.toString()).toBe(content);
    expect(file?.headers).toMatchObject({
      'Content-Type': type,
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      'X-Content-Type-Options': 'nosniff',
    });
  });
});

describe('nothing else is', () => {
  test.each([
    ...[
      '/..',
      '/../secret.js',
      '/../renderer-twin/secret.js',
      '/assets/../../secret.js',
      '/./../secret.js',
      '//../secret.js',
      '../secret.js',
      '..',
    ],
    ...[
      '/%2e%2e/secret.js',
      '/%2E%2E/secret.js',
      '/.%2e/secret.js',
      '/%2e%2e%2fsecret.js',
      '/assets%2f..%2f..%2fsecret.js',
      '/%252e%252e/secret.js',
    ],
    ...[
      '/..\\secret.js',
      '/..%5csecret.js',
      '/%5c..%5csecret.js',
      '/assets\\..\\..\\secret.js',
      '\\\\host\\share\\secret.js',
      '/%5c%5chost/secret.js',
    ],
    ...['/secret.js\0.html', '/index.html%00.js', '/index.html%00', '%00'],
    ...['/C:/secret.js', 'C:/secret.js', '/c%3a/secret.js', '/../C:/secret.js', '/index.html::$DATA', '/index.html:x.js'],
    ...['/leads-out.js', '/parent/secret.js', '/parent/renderer/index.html/', '/parent/renderer-twin/secret.js'],
    ...['/etc/passwd', '//etc/passwd', '/%2fetc%2fpasswd', 'http://evil.test/index.html', '/http://evil.test/x.js', 'file:///etc/passwd'],
    ...['', '/nothing.js', '/assets', '/assets/', '/folder.js', '/folder.js/', '/index.html/', '/main.js.map', '/notes.txt', '/.hidden'],
    ...['/%', '/%zz', '/%c3%28', '/%ff', `/${'a'.repeat(300)}.js`, `/${'a/'.repeat(5000)}x.js`, `/${'../'.repeat(5000)}secret.js`],
  ])('%j', async (path) => {
    expect(await body(path)).toBeUndefined();
  });

  test('also when the folder itself is reached by a link', async () => {
    const link = join(above, 'link');
    symlinkSync(folder, link);
    expect((await staticFile(link, '/index.html'))?.body.toString()).toBe('index.html');
    for (const path of ['/../secret.js', '/leads-out.js', '/parent/secret.js']) expect(await staticFile(link, path)).toBeUndefined();
  });
});

test('what has a hash in its name is kept for ever, and the page is asked for each time', async () => {
  const kept = async (path: string) => (await staticFile(folder, path))?.headers['Cache-Control'];
  expect([await kept('/'), await kept('/index.html'), await kept('/icon.svg'), await kept('/assets/index-abc.js')]).toEqual([
    ...['no-cache', 'no-cache', 'no-cache'],
    'public, max-age=31536000, immutable',
  ]);
});

test('the policy lets a page run its own scripts, and nothing more', () => {
  const policy = new Map(CONTENT_SECURITY_POLICY.split('; ').map((rule) => [rule.split(' ')[0] ?? '', rule.split(' ').slice(1)]));
  expect(policy.get('default-src')).toEqual(["'none'"]);
  expect(policy.get('script-src')).toEqual(["'self'"]);
  expect(policy.get('connect-src')).toEqual(["'self'"]);
  for (const never of ['base-uri', 'form-action', 'frame-ancestors']) expect(policy.get(never)).toEqual(["'none'"]);
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe-eval|https?:|\*|blob:/);
  const inline = [...policy].filter(([, sources]) => sources.includes("'unsafe-inline'")).map(([name]) => name);
  expect(inline).toEqual(['style-src']);
});
