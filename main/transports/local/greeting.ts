import { createHash, timingSafeEqual } from 'node:crypto';

/** Who has not shown the token by then is sent away. */
export const TOKEN_WITHIN_MS = 5_000;
/** Until the token is shown. */
export const LONGEST_GREETING_BYTES = 16 << 10;
/** Afterwards. */
export const LONGEST_LINE_BYTES = 16 << 20;

/** Whether a peer's first line is `{"token":"…"}` with this token. Takes as long for a wrong one as for the right one. */
export function showsToken(line: string, token: string): boolean {
  const shown = tokenOf(line);
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return shown !== undefined && timingSafeEqual(digest(shown), digest(token));
}

function tokenOf(line: string): string | undefined {
  try {
    const greeting: unknown = JSON.parse(line);
    const token = typeof greeting === 'object' && greeting !== null && 'token' in greeting ? greeting.token : undefined;
    return typeof token === 'string' ? token : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
