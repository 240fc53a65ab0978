/** Seconds that the clocks of two servers may differ by. */
export const CLOCK_SKEW = 60;
