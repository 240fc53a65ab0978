import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { Config } from '../../platform/config/config.js';
import type { DelegatedKey } from '../../platform/config/delegated-keys.js';
import type { DomainError } from '../../platform/http/domain-error.js';
import { delegatedTokenInvalid, tokenExpired, tokenInvalid } from './auth.errors.js';
import { CLOCK_SKEW } from './clock-skew.js';

/** A token whose signature one of the keys made. */
interface Signed {
  payload: JWTPayload;
  by: DelegatedKey;
}

/** What a token says, and the key that made its signature (RFC 7519); who holds a key speaks for its issuer alone. Throws 401. */
export async function verifySignature(
  token: string,
  { keys, audience }: Config['delegated'],
): Promise<Signed> {
  let refusal = tokenInvalid();
  for (const by of candidates(token, keys)) {
    try {
      const { payload } = await jwtVerify(token, by.key, {
        algorithms: [by.algorithm],
        clockTolerance: CLOCK_SKEW,
        ...(by.issuer !== undefined && { issuer: by.issuer }),
        ...(audience !== undefined && { audience }),
      });
      return { payload, by };
    } catch (error) {
      refusal = refusalOf(error);
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
    }
  }
  throw refusal;
}

/** The keys that can have signed a token with this header. */
function candidates(token: string, keys: readonly DelegatedKey[]): DelegatedKey[] {
  let header: ReturnType<typeof decodeProtectedHeader>;
  try {
    header = decodeProtectedHeader(token);
  } catch {
    throw tokenInvalid();
  }
  return keys.filter(
    ({ algorithm, kid }) =>
      algorithm === header.alg && (kid === undefined || header.kid === undefined || kid === header.kid),
  );
}

/** The claims are looked at after the signature, so these tell nothing to strangers. */
function refusalOf(error: unknown): DomainError {
  if (error instanceof errors.JWTExpired) return tokenExpired();
  if (!(error instanceof errors.JWTClaimValidationFailed)) return tokenInvalid();
  switch (error.claim) {
    case 'iss':
      return delegatedTokenInvalid('This token must name the issuer (iss) that its key speaks for.');
    case 'aud':
      return delegatedTokenInvalid('This token is meant for another audience than DELEGATED_AUDIENCE.');
    case 'nbf':
      return delegatedTokenInvalid('This token is not valid yet. Its nbf is in seconds since 1970.');
    default:
      return delegatedTokenInvalid('exp, iat and nbf of a token must be whole seconds.');
  }
}
