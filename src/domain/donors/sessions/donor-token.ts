import { createHmac } from 'node:crypto';
import { hashToken, newOpaqueToken, type OpaqueToken } from '../../auth/opaque-token.js';

const PREFIX = 'cdt_';

/** What a donor token looks like: the prefix and 32 bytes in base64url. */
export const DONOR_TOKEN = /^cdt_[A-Za-z0-9_-]{43}$/;

/** A token for a donor session, and the hash to store with it; for statements that insert the session themselves. */
export function newDonorToken(): OpaqueToken {
  return newOpaqueToken(PREFIX);
}

/**
 * The token of a session that an idempotent request creates, derived from its secret claim: a retry whose first answer was
 * lost gets the same token, although only the hash was stored.
 */
export function donorTokenFor(claimId: string, secret: string): OpaqueToken {
  const body = createHmac('sha256', secret).update(`donor token:${claimId}`).digest('base64url');
  const token = PREFIX + body;
  return { token, hash: hashToken(token) };
}
