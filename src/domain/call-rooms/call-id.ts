import { createHash } from 'node:crypto';

/**
 * The id of a ticket's n-th call (from 0), a UUID that is the same wherever it is asked for. Starts that race, or a
 * retry after a crash, so meet in one room instead of opening two.
 */
export function callIdOf(ticketId: string, ordinal: number): string {
  const hash = createHash('sha256').update(`call:${ticketId}:${ordinal}`).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  );
}
