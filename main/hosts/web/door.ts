import { randomBytes, timingSafeEqual } from 'node:crypto';

/** Wrong tokens in a minute after which nobody is let in for a minute. */
const WRONG_A_MINUTE = 10;
const MINUTE_MS = 60_000;

/** Who may come in: those who know the token, unless there has been too much guessing. */
export class Door {
  /** 128 bits, new at each start. */
  readonly token = randomBytes(16).toString('hex');
  private wrong: number[] = [];
  private closedUntil = 0;

  /** @param now milliseconds, monotonic */
  admits(offered: unknown, now: number): boolean {
    if (now < this.closedUntil) return false;
    if (typeof offered === 'string' && equal(offered, this.token)) return true;
    this.wrong = [...this.wrong.filter((at) => now - at < MINUTE_MS), now];
    if (this.wrong.length >= WRONG_A_MINUTE) {
      this.closedUntil = now + MINUTE_MS;
      this.wrong = [];
    }
    return false;
  }
}

function equal(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

/**
 * Whether a request was meant for this server by a page of this server. A page elsewhere cannot make a
 * browser send another Host than the one it was told to reach, nor another Origin than its own.
 *
 * @param host the Host header; its port may differ from ours when it is forwarded
 * @param origin the Origin header, where the request must have one
 */
export function isOurs(host: string | undefined, origin: string | undefined, needsOrigin: boolean): boolean {
  if (!host || !/^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/.test(host)) return false;
  return origin === undefined ? !needsOrigin : origin === `http://${host}`;
}
