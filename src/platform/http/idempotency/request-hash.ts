import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { addressKey } from '../security/client-address.js';
import { isUuid } from '../validation/uuid.js';
import type { KeyedRequest } from './idempotency-store.js';

/**
 * Who used the key on which route. Callers without a token are told apart by their address and browser: a key proves nothing,
 * and the answer may hold a token. A retry from another network counts as somebody else's, and creates another ticket.
 */
export function scopeOf(request: Request, route: string): string {
  const { principal } = request;
  const isKnown = principal !== undefined && principal.kind !== 'link';
  const who = isKnown ? principal.key : `${addressKey(request.ip)}\n${request.headers['user-agent'] ?? ''}`;
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

/** SHA-256 of a key, hexadecimal: a key may be made of what a person is called. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

const MOST_NAMED = 10;

/** The ids of entities in the address and at the top of the body: what the answer is about. */
export function idsNamedIn(request: Request): string[] {
  const body: unknown = request.body;
  const values: unknown[] = Object.values(request.params);
  if (typeof body === 'object' && body !== null) values.push(...(Object.values(body) as unknown[]));
  return [...new Set(values.filter(isUuid))].slice(0, MOST_NAMED);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
