import { createHash, randomBytes } from 'node:crypto';

const ENTROPY_BYTES = 32;

/** A new random token, and the only form of it that is stored. */
export interface OpaqueToken {
  token: string;
  hash: Uint8Array<ArrayBuffer>;
}

/** 256 random bits after a prefix that says what kind of token it is. */
export function newOpaqueToken(prefix: string): OpaqueToken {
  const token = prefix + randomBytes(ENTROPY_BYTES).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** SHA-256: the tokens are random, so nothing slower is needed. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return createHash('sha256').update(token).digest();
}
