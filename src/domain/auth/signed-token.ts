import type { KeyObject } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { tokenInvalid } from './auth.errors.js';

/** The claims of a token; their types are unknown until its reader has looked at them. */
export type TokenClaims = Record<string, unknown>;

/** What a token says of itself before its signature is verified: good for choosing a key, and for nothing else. */
export interface UnverifiedToken {
  header: Record<string, unknown>;
  claims: TokenClaims;
}

/** All that verifying checks is the signature; the claims, times included, are the readers' matter. The key decides the algorithm. */
export const SIGNATURE_ONLY = {
  algorithms: ['HS256' as const, 'RS256' as const, 'ES256' as const],
  ignoreExpiration: true,
  ignoreNotBefore: true,
};

/** Returns the parts of a JWT; nothing for any other text. */
export function decodeToken(token: string): UnverifiedToken | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const [header, claims] = parts.slice(0, 2).map(parseRecord);
  return header === undefined || claims === undefined ? undefined : { header, claims };
}

/** Returns the claims of a token whose signature the key made. Throws 401. */
export function verifySignature(token: string, key: KeyObject): TokenClaims {
  try {
    return new JwtService({ secret: key }).verify<TokenClaims>(token, SIGNATURE_ONLY);
  } catch {
    throw tokenInvalid();
  }
}

/** Extensions that a verifier must understand (RFC 7515 §4.1.11); none is understood here. */
export function hasCriticalHeader({ header }: UnverifiedToken): boolean {
  return 'crit' in header;
}

function parseRecord(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
