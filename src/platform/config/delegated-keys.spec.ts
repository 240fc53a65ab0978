import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadConfig } from './config.js';
import { keyNotes, readDelegatedKeys } from './delegated-keys.js';

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

const NOTHING = {
  ...{ secret: undefined, publicKey: undefined, jwksFile: undefined, issuer: undefined },
  roles: [],
};
const SECRET = 'x'.repeat(32);
const DONORS = ['TEMP_USER', 'CUSTOMER'];
const EVERYBODY = [...DONORS, 'AGENT', 'ADMIN'];

test('each key is good for the one algorithm of its kind', () => {
  const jwksFile = jwks(
    { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'a', alg: 'HS256' },
    ec.publicKey.export({ format: 'jwk' }),
  );
  const { keys, faults } = readDelegatedKeys({
    ...NOTHING,
    secret: SECRET,
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

describe('a key may sign', () => {
  const publicKey = pem(ec.publicKey);
  const rolesOf = (sources: Partial<Parameters<typeof readDelegatedKeys>[0]>) =>
    readDelegatedKeys({ ...NOTHING, ...sources }).keys.map(({ roles }) => roles);

  test('everybody when it is a lone secret, and donors otherwise', () => {
    expect(rolesOf({ secret: SECRET })).toEqual([EVERYBODY]);
    expect(rolesOf({ publicKey })).toEqual([DONORS]);
    expect(rolesOf({ secret: SECRET, publicKey })).toEqual([DONORS, DONORS]);
  });

  test('what DELEGATED_ROLES says, more or less', () => {
    expect(rolesOf({ secret: SECRET, roles: ['CUSTOMER'] })).toEqual([['CUSTOMER']]);
    expect(rolesOf({ publicKey, roles: ['AGENT', 'ADMIN'] })).toEqual([['AGENT', 'ADMIN']]);
  });

  test('for its issuer: its own in a JWKS, that of the settings otherwise', () => {
    const jwk = ec.publicKey.export({ format: 'jwk' });
    const jwksFile = jwks({ ...jwk, iss: 'https://crm.test', roles: ['AGENT'] }, { ...jwk, kid: 'b' });
    const { keys } = readDelegatedKeys({ ...NOTHING, secret: SECRET, jwksFile, issuer: 'https://shop.test' });
    expect(keys.map(({ issuer, roles }) => [issuer, roles])).toEqual([
      ['https://shop.test', DONORS],
      ['https://crm.test', ['AGENT']],
      ['https://shop.test', DONORS],
    ]);
    expect(keyNotes(keys)).toEqual([]);
  });

  test('for any issuer where none is set, which is said when there are several keys', () => {
    const { keys } = readDelegatedKeys({ ...NOTHING, secret: SECRET, publicKey });
    expect(keyNotes(keys)).toEqual([expect.stringContaining('Set DELEGATED_ISSUER')]);
    expect(keyNotes(keys.slice(1))).toEqual([]);
  });
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
    [
      'a role that is none',
      { jwksFile: () => jwks({ ...ec.publicKey.export({ format: 'jwk' }), roles: ['SUPER_ADMIN'] }) },
      /roles a list of TEMP_USER/,
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
    const narrowed = { ...source, JWT_SECRET_KEY: `${secret}2`, DELEGATED_ROLES: 'CUSTOMER, AGENT' };
    expect(loadConfig(narrowed).delegated.keys).toMatchObject([{ roles: ['CUSTOMER', 'AGENT'] }]);
    expect(() => loadConfig({ ...narrowed, DELEGATED_ROLES: 'SUPER_ADMIN' })).toThrow(/DELEGATED_ROLES/);
  });
});
