import { createHash } from 'node:crypto';
import type { Request } from 'express';
import type { KeyedRequest } from './idempotency-store.js';

/**
 * Who used the key on which route. Callers without a session are told apart by the key alone: their address changes with
 * the network they are in, and the key is random.
 */
export function scopeOf(request: Request, route: string): string {
  const { principal } = request;
  const who = principal === undefined || principal.kind === 'link' ? 'link' : principal.key;
  return createHash('sha256').update(`${who}\n${route}`).digest('base64url');
}

/** SHA-256 of method, address and body, whatever order the body's fields come in. */
export function hashOf(request: Request): KeyedRequest['hash'] {
  const hash = createHash('sha256').update(`${request.method}\n${request.originalUrl}\n`);
  const body: unknown = request.body;
  // A multipart body is not read yet and its boundary differs each time; its length does not.
  hash.update(body === undefined ? (request.headers['content-length'] ?? '') : canonical(body));
  return new Uint8Array(hash.digest());
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
