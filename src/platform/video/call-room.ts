/** No token outlives an hour (S1, DailyJS Integration). */
const MAX_TOKEN_SECONDS = 3600;

const SAFE_CALL_ID = /^[A-Za-z0-9_-]{1,100}$/;

/** The room of a call: the same name on every try, so that a repeated creation finds the first one. */
export function roomNameOf(callId: string): string {
  if (!SAFE_CALL_ID.test(callId)) throw new RangeError('A call id may hold letters, digits, - and _ only.');
  return `call-${callId}`;
}

/** Seconds since the epoch; refuses a time that is already over. */
export function futureSeconds(expiresAt: Date, now: Date): number {
  const seconds = Math.floor(expiresAt.getTime() / 1000);
  if (!(seconds > unixSeconds(now))) throw new RangeError('expiresAt must be in the future.');
  return seconds;
}

/** When a token ends: with the call, but never later than MAX_TOKEN_SECONDS from now. */
export function tokenExpiry(expiresAt: Date, now: Date): number {
  return Math.min(futureSeconds(expiresAt, now), unixSeconds(now) + MAX_TOKEN_SECONDS);
}

export function unixSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
