const DAY_MS = 86_400_000;

/** Days without use after which a session ends: a guest's, and that of a donor who has proven an identity. */
export const GUEST_IDLE_DAYS = 90;
export const VERIFIED_IDLE_DAYS = 30;
/** Days after which a session ends however much it is used. */
export const LONGEST_DAYS = 365;

/** When a session that starts now ends, unless it is used. */
export function firstExpiry(session: { isVerified: boolean }, now = Date.now()): Date {
  return new Date(now + (session.isVerified ? VERIFIED_IDLE_DAYS : GUEST_IDLE_DAYS) * DAY_MS);
}
