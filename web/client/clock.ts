/** Milliseconds by which the server's clock is ahead of this device's. */
let ahead = 0;
/** An answer is late by its way here and by the fraction of a second that `Date` leaves out, but hardly by more than this. */
const LATE_MS = 2_000;

/**
 * The server's time in epoch milliseconds, as far as its answers have told it. Times of the API are compared with this one:
 * phones and office computers are wrong by minutes.
 */
export const serverNow = (): number => Date.now() + ahead;

/** This device's own time in epoch milliseconds, only for what this device wrote itself. */
export const deviceNow = (): number => Date.now();

/** Learns the time from an answer's `Date`. All answers are late, so the one that is furthest ahead is the best. */
export function learnTime({ headers }: Response): void {
  const heard = Date.parse(headers.get('date') ?? '') - Date.now();
  if (heard > ahead || heard < ahead - LATE_MS) ahead = heard;
}
