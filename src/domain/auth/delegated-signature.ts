import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { Config } from '../../platform/config/config.js';
import type { DelegatedKey } from '../../platform/config/delegated-keys.js';
import type { DomainError } from '../../platform/http/domain-error.js';
import { delegatedTokenInvalid, tokenExpired, tokenInvalid } from './auth.errors.js';
import { CLOCK_SKEW } from './clock-skew.js';

/** What a token says whose signature one of the keys made (RFC 7519). Throws 401. */
export async function signedPayload(
  token: string,
  { keys, issuer, audience }: Config['delegated'],
): Promise<JWTPayload> {
  let refusal = tokenInvalid();
  for (const { key, algorithm } of candidates(token, keys)) {
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: [algorithm],
        clockTolerance: CLOCK_SKEW,
        ...(issuer !== undefined && { issuer }),
        ...(audience !== undefined && { audience }),
      });
      return payload;
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
      return delegatedTokenInvalid('This token comes from another issuer than DELEGATED_ISSUER.');
    case 'aud':
      return delegatedTokenInvalid('This token is meant for another audience than DELEGATED_AUDIENCE.');
    case 'nbf':
      return delegatedTokenInvalid('This token is not valid yet.');
    default:
      return delegatedTokenInvalid('exp, iat and nbf of a token must be whole seconds.');
  }
}
