/** No token outlives an hour. */
const MAX_TOKEN_SECONDS = 3600;

const ROOM_NAME = /^[A-Za-z0-9_-]{1,100}$/;

/** The name as it is; it gets into addresses. Throws RangeError for anything else than letters, digits, - and _. */
export function checkedRoomName(roomName: string): string {
  if (!ROOM_NAME.test(roomName)) throw new RangeError('A room name may hold letters, digits, - and _ only.');
  return roomName;
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
