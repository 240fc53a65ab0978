import { createHash } from 'node:crypto';

/**
 * The id of a ticket's n-th call (from 0), a UUID that is the same wherever it is asked for. Starts that race, or a
 * retry after a crash, so meet in one room instead of opening two.
 */
export function callIdOf(ticketId: string, ordinal: number): string {
  const hex = createHash('sha256').update(`call:${ticketId}:${ordinal}`).digest('hex');
  // Version 8 (custom) and variant bits of RFC 9562.
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}
