/** Reads a Retry-After header, seconds or an HTTP date (RFC 9110 §10.2.3), as ms from now. Undefined when it makes no sense. */
export function retryAfterMs(header: unknown): number | undefined {
  if (typeof header !== 'string') return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}
