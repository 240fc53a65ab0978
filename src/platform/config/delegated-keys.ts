import { createPublicKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { BACKEND_DONOR_ROLES, BACKEND_ROLES, type DelegatedRole } from '../../contract/roles.js';

/** A key that a trusted backend signs with, the one algorithm that it is good for, and what its tokens may say. */
export interface DelegatedKey {
  algorithm: 'HS256' | 'RS256' | 'ES256';
  key: KeyObject;
  /** Key id; a token that names another is not tried with this key. */
  kid?: string;
  /** The `iss` of every token that this key signs; undefined: any, or none. */
  issuer?: string | undefined;
  /** The roles that it may sign. */
  roles: readonly DelegatedRole[];
}

/** What a key may say: a key of a JWKS names its own, for the others the settings do. */
type Bounds = Pick<DelegatedKey, 'issuer' | 'roles'>;

interface Sources {
  secret: string | undefined;
  publicKey: string | undefined;
  jwksFile: string | undefined;
  /** DELEGATED_ISSUER. */
  issuer: string | undefined;
  /** DELEGATED_ROLES; empty when that is unset. */
  roles: readonly DelegatedRole[];
}

const SHORTEST_RSA = 2_048;

/**
 * The keys of all sources; whatever cannot be used is named in `faults`. Without DELEGATED_ROLES a key may sign donors, and a
 * secret that is the only key everybody.
 */
export function readDelegatedKeys({ secret, publicKey, jwksFile, issuer, roles }: Sources): {
  keys: DelegatedKey[];
  faults: string[];
} {
  const isAlone = publicKey === undefined && jwksFile === undefined;
  const usual = isAlone ? BACKEND_ROLES : BACKEND_DONOR_ROLES;
  const bounds: Bounds = { issuer, roles: roles.length > 0 ? roles : usual };
  const keys: DelegatedKey[] = [];
  const faults: string[] = [];
  const collect = (setting: string, read: () => DelegatedKey[]): void => {
    try {
      keys.push(...read());
    } catch (error) {
      faults.push(`${setting}: ${(error as Error).message}`);
    }
  };
  if (secret !== undefined) keys.push({ ...sharedSecret(secret), ...bounds });
  if (publicKey !== undefined) collect('DELEGATED_PUBLIC_KEY', () => [{ ...pemKey(publicKey), ...bounds }]);
  if (jwksFile !== undefined) collect('DELEGATED_JWKS_FILE', () => jwksKeys(jwksFile, bounds));
  return { keys, faults };
}

/** One line for the log about keys that can sign for each other's people. */
export function keyNotes(keys: readonly DelegatedKey[]): string[] {
  if (keys.length < 2 || keys.every(({ issuer }) => issuer !== undefined)) return [];
  return [
    'Several keys of backends are trusted, and not each is bound to an issuer: who holds one can sign for the people of ' +
      'another. Set DELEGATED_ISSUER, or iss in the keys of DELEGATED_JWKS_FILE.',
  ];
}

/** The key of a secret that is alone, with nothing else said. */
export function sharedSecret(secret: string): DelegatedKey {
  return { algorithm: 'HS256', key: createSecretKey(secret, 'utf8'), roles: BACKEND_ROLES };
}

type KeyMaterial = Pick<DelegatedKey, 'algorithm' | 'key'>;

/** One line, with \n for its line breaks, or several. */
function pemKey(text: string): KeyMaterial {
  const pem = text.replaceAll('\\n', '\n');
  if (!pem.includes('BEGIN PUBLIC KEY'))
    throw new Error('must be a public key in PEM form (-----BEGIN PUBLIC KEY-----)');
  return asymmetric(createPublicKey(pem));
}

/** Members of a JWK beside the key itself; `iss` and `roles` are ours (RFC 7517 §4 allows more members). */
const memberSchema = z.object({
  kid: z.string().optional(),
  iss: z.string().min(1).max(100).optional(),
  roles: z.array(z.enum(BACKEND_ROLES)).min(1).optional(),
});

function jwksKeys(file: string, bounds: Bounds): DelegatedKey[] {
  const { keys } = JSON.parse(readFileSync(file, 'utf8')) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0) throw new Error('holds no keys; expected {"keys": [...]}');
  return (keys as JsonWebKey[]).map((jwk) => {
    if (jwk.kty === 'oct' || jwk.d !== undefined)
      throw new Error('holds a secret or private key; only public keys belong there');
    const members = memberSchema.safeParse(jwk);
    if (!members.success)
      throw new Error(`kid and iss of a key are texts, roles a list of ${BACKEND_ROLES.join(', ')}`);
    const { kid, iss, roles } = members.data;
    return {
      ...asymmetric(createPublicKey({ key: jwk, format: 'jwk' })),
      ...(kid !== undefined && { kid }),
      issuer: iss ?? bounds.issuer,
      roles: roles ?? bounds.roles,
    };
  });
}

/** The algorithm follows from the key alone, so no token can choose another. */
function asymmetric(key: KeyObject): KeyMaterial {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa' && (details?.modulusLength ?? 0) >= SHORTEST_RSA) return { algorithm: 'RS256', key };
  if (type === 'ec' && details?.namedCurve === 'prime256v1') return { algorithm: 'ES256', key };
  throw new Error('must be an RSA key of at least 2048 bits or an EC key on P-256');
}
