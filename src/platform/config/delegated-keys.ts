import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A key that a trusted backend signs with, and the one algorithm that it is good for. */
export interface DelegatedKey {
  algorithm: 'HS256' | 'RS256' | 'ES256';
  key: KeyObject;
  /** Key id; a token that names another is not tried with this key. */
  kid?: string;
}

interface Sources {
  secret: string | undefined;
  publicKey: string | undefined;
  jwksFile: string | undefined;
}

const SHORTEST_RSA = 2_048;

/** The keys of all sources; whatever cannot be used is named in `faults`. */
export function readDelegatedKeys({ secret, publicKey, jwksFile }: Sources): {
  keys: DelegatedKey[];
  faults: string[];
} {
  const keys: DelegatedKey[] = [];
  const faults: string[] = [];
  const collect = (setting: string, read: () => DelegatedKey[]): void => {
    try {
      keys.push(...read());
    } catch (error) {
      faults.push(`${setting}: ${(error as Error).message}`);
    }
  };
  if (secret !== undefined) keys.push(sharedSecret(secret));
  if (publicKey !== undefined) collect('DELEGATED_PUBLIC_KEY', () => [pemKey(publicKey)]);
  if (jwksFile !== undefined) collect('DELEGATED_JWKS_FILE', () => jwksKeys(jwksFile));
  return { keys, faults };
}

export function sharedSecret(secret: string): DelegatedKey {
  return { algorithm: 'HS256', key: createSecretKey(secret, 'utf8') };
}

/** One line, with \n for its line breaks, or several. */
function pemKey(text: string): DelegatedKey {
  const pem = text.replaceAll('\\n', '\n');
  if (!pem.includes('BEGIN PUBLIC KEY'))
    throw new Error('must be a public key in PEM form (-----BEGIN PUBLIC KEY-----)');
  return asymmetric(createPublicKey(pem));
}

function jwksKeys(file: string): DelegatedKey[] {
  const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0) throw new Error('holds no keys; expected {"keys": [...]}');
  return (keys as (JsonWebKey & { kid?: unknown })[]).map((jwk) => {
    if (jwk.kty === 'oct' || jwk.d !== undefined)
      throw new Error('holds a secret or private key; only public keys belong there');
    const key = asymmetric(createPublicKey({ key: jwk, format: 'jwk' }));
    return typeof jwk.kid === 'string' ? { ...key, kid: jwk.kid } : key;
  });
}

/** The algorithm follows from the key alone, so no token can choose another. */
function asymmetric(key: KeyObject): DelegatedKey {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= SHORTEST_RSA) return { algorithm: 'RS256', key };
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return { algorithm: 'ES256', key };
  throw new Error('must be an RSA key of at least 2048 bits or an EC key on P-256');
}
