import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { errorCode } from '../failures';

/** No inline script and no style attribute of ours; `style-src` keeps 'unsafe-inline' for Monaco and xterm. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** A file to serve, with its headers. */
export interface StaticFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The built window's file by the path of its URL; undefined when there is none, or when the path
 * leads out of the folder by `..`, a link, or any encoding of them.
 */
export async function staticFile(folder: string, urlPath: string): Promise<StaticFile | undefined> {
  const path = decoded(urlPath);
  if (path === undefined || /[\0\\:]/.test(path) || path.split('/').includes('..')) return undefined;
  const name = path.endsWith('/') ? `${path}index.html` : path;
  try {
    const [root, real] = await Promise.all([realpath(folder), realpath(join(folder, name))]);
    const type = TYPES[extname(real)];
    if (!real.startsWith(root + sep) || !type) return undefined;
    const hashed = name.startsWith('/assets/');
    return {
      body: await readFile(real),
      headers: {
        'Content-Type': type,
        'Content-Security-Policy': CONTENT_SECURITY_POLICY,
        'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
        'Cross-Origin-Opener-Policy': 'same-origin',
        'Cross-Origin-Resource-Policy': 'same-origin',
        'Referrer-Policy': 'no-referrer',
        'X-Content-Type-Options': 'nosniff',
      },
    };
  } catch (error) {
    if (!errorCode(error)) throw error;
    return undefined;
  }
}

function decoded(urlPath: string): string | undefined {
  try {
    return decodeURIComponent(urlPath);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
