import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConfig } from './config.js';
import { readDelegatedKeys } from './delegated-keys.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'concierge-keys-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString();

function jwks(...keys: object[]): string {
  const file = join(folder, `${Math.random()}.json`);
  writeFileSync(file, JSON.stringify({ keys }));
  return file;
}

const NOTHING = { secret: undefined, publicKey: undefined, jwksFile: undefined };

test('each key is good for the one algorithm of its kind', () => {
  const jwksFile = jwks(
    { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'a', alg: 'HS256' },
    ec.publicKey.export({ format: 'jwk' }),
  );
  const { keys, faults } = readDelegatedKeys({
    secret: 'x'.repeat(32),
    publicKey: pem(ec.publicKey).replaceAll('\n', '\\n'),
    jwksFile,
  });
  expect(faults).toEqual([]);
  expect(keys.map(({ algorithm, kid, key }) => [algorithm, kid, key.type])).toEqual([
    ['HS256', undefined, 'secret'],
    ['ES256', undefined, 'public'],
    ['RS256', 'a', 'public'],
    ['ES256', undefined, 'public'],
  ]);
});

describe('faults are named with their setting', () => {
  const weak = generateKeyPairSync('rsa', { modulusLength: 1_024 }).publicKey;
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey;
  test.each([
    ['no such file', { jwksFile: '/nowhere/keys.json' }, /DELEGATED_JWKS_FILE: ENOENT/],
    ['no keys', { jwksFile: () => jwks() }, /DELEGATED_JWKS_FILE: holds no keys/],
    ['a shared secret', { jwksFile: () => jwks({ kty: 'oct', k: 'eA' }) }, /only public keys/],
    ['a private key', { jwksFile: () => jwks(ec.privateKey.export({ format: 'jwk' })) }, /only public keys/],
    [
      'a private key',
      { publicKey: ec.privateKey.export({ type: 'pkcs8', format: 'pem' }) },
      /DELEGATED_PUBLIC_KEY: must be/,
    ],
    ['a short key', { publicKey: pem(weak) }, /2048 bits/],
    ['another curve', { publicKey: pem(curve) }, /P-256/],
    ['no key', { publicKey: 'hello' }, /DELEGATED_PUBLIC_KEY/],
  ])('%s', (_, sources, fault) => {
    const entries = Object.entries(sources).map(([name, value]) => [
      name,
      typeof value === 'function' ? value() : String(value),
    ]);
    const { keys, faults } = readDelegatedKeys({ ...NOTHING, ...Object.fromEntries(entries) });
    expect(keys).toEqual([]);
    expect(faults).toEqual([expect.stringMatching(fault)]);
  });

  test('one secret for staff and for the backend', () => {
    const secret = 'Zk3vQ9xT1mPs7LwB4nRy8HcD2fJ6gKaE';
    const source = { JWT_SECRET: secret, JWT_SECRET_KEY: secret, DATA_DIR: folder };
    expect(() => loadConfig(source)).toThrow(/JWT_SECRET_KEY must differ from JWT_SECRET/);
    expect(loadConfig({ ...source, JWT_SECRET_KEY: `${secret}2` }).delegated.keys).toHaveLength(1);
  });
});
