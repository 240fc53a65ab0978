import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import { describe, expect, test } from '@jest/globals';
import { decodeToken, verifySignature } from './signed-token.js';

const SECRET = 'a secret of the tests, long enough';
const key = createSecretKey(SECRET, 'utf8');
const jwt = new JwtService({ secret: SECRET });
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('decoding', () => {
  test('returns header and claims of a JWT, letters beyond ASCII too', () => {
    const token = `${part({ alg: 'HS256', kid: 'schlüssel' })}.${part({ id: 'zoë' })}.x`;
    expect(decodeToken(token)).toEqual({ header: { alg: 'HS256', kid: 'schlüssel' }, claims: { id: 'zoë' } });
  });

  test.each([
    ['a word', 'garbage'],
    ['two parts', `${part({})}.${part({})}`],
    ['four parts', `${part({})}.${part({})}.x.x`],
    ['a header that is no JSON', `x.${part({})}.x`],
    ['claims that are no JSON', `${part({ typ: 'JWT' })}.x.x`],
    ['claims that are a list', `${part({})}.${part([])}.x`],
    ['claims that are null', `${part({})}.${part(null)}.x`],
  ])('returns nothing for %s', (_, token) => {
    expect(decodeToken(token)).toBeUndefined();
  });
});

describe('verifying a signature', () => {
  test('returns the claims, times and all, whatever the time is', () => {
    const claims = { iat: 1, exp: 2, nbf: 9_999_999_999, id: 'kim' };
    expect(verifySignature(jwt.sign(claims), key)).toEqual(claims);
  });

  test.each([
    ['another key', jwt.sign({}), createSecretKey('another', 'utf8')],
    ['a public key for an HMAC', jwt.sign({}), generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey],
    ['HS512', jwt.sign({}, { algorithm: 'HS512' }), key],
    ['no signature', `${part({ alg: 'none' })}.${part({})}.`, key],
  ])('refuses %s', (_, token, verifier) => {
    expect(() => verifySignature(token, verifier)).toThrow(expect.objectContaining({ status: 401 }));
  });
});
