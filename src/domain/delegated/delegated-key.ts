import type { DelegatedKey } from '../../platform/config/delegated-keys.js';
import { DomainError } from '../../platform/http/errors/domain-error.js';
import { decodeToken, hasCriticalHeader, verifySignature } from '../auth/signed-token.js';

/**
 * Returns the key that a token's header names. Where several fit, because the header has no key id, it is the one that made the
 * signature. The key's algorithm is the only one it is good for. Nothing when none fits.
 */
export function keyBehind(token: string, keys: readonly DelegatedKey[]): DelegatedKey | undefined {
  const unverified = decodeToken(token);
  if (unverified === undefined || hasCriticalHeader(unverified)) return undefined;
  const { alg, kid } = unverified.header;
  const candidates = keys.filter(
    (key) => key.algorithm === alg && (key.kid === undefined || kid === undefined || key.kid === kid),
  );
  return candidates.length === 1 ? candidates[0] : candidates.find(({ key }) => isSignedBy(token, key));
}

function isSignedBy(token: string, key: DelegatedKey['key']): boolean {
  try {
    verifySignature(token, key);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
