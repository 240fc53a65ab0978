import { randomBytes } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import type { DelegatedKey } from '../../src/platform/config/delegated-keys.js';
import { Client } from '../support/client.js';
import type { TestApp } from '../support/app.js';

/** Somebody whom the trusted backend of the tests knows. */
export interface DelegatedFixture {
  id: string;
  token: string;
  client: Client;
}

export const unixNow = (): number => Math.floor(Date.now() / 1_000);

/** The payload of a delegated token, signed as a trusted backend does: a CUSTOMER for an hour unless told. An undefined claim is left out. */
export async function delegated(
  server: Pick<TestApp, 'url' | 'config'>,
  claims: Record<string, unknown> = {},
): Promise<DelegatedFixture> {
  const id = `user-${randomBytes(6).toString('hex')}`;
  const payload = {
    id,
    username: 'Kim',
    email: `${id}@shop.test`,
    role: 'CUSTOMER',
    ...lifetime(),
    ...claims,
  };
  const token = await signed(payload, firstKey(server));
  return { id: payload.id, token, client: new Client(server, { authorization: `Bearer ${token}` }) };
}

export async function signed(
  payload: Record<string, unknown>,
  { key, algorithm, kid }: Pick<DelegatedKey, 'key' | 'kid'> & { algorithm: string },
): Promise<string> {
  const header = { alg: algorithm, typ: 'JWT', ...(kid !== undefined && { kid }) };
  return new SignJWT(JSON.parse(JSON.stringify(payload)) as JWTPayload).setProtectedHeader(header).sign(key);
}

export function lifetime(): { iat: number; exp: number } {
  return { iat: unixNow(), exp: unixNow() + 3_600 };
}

/** The secret that the tests' backend shares with the desk. */
export function firstKey({ config }: Pick<TestApp, 'config'>): DelegatedKey {
  const [key] = config.delegated.keys;
  if (key === undefined) throw new Error('This desk trusts no backend.');
  return key;
}
