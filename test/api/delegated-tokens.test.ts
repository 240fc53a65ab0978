import { createHmac, createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BACKEND_DONOR_ROLES, BACKEND_ROLES } from '../../src/contract/roles.js';
import { AccessTokens } from '../../src/domain/staff/sessions/access-tokens.js';
import type { DelegatedKey } from '../../src/platform/config/delegated-keys.js';
import { delegated, firstKey, lifetime, signed, unixNow } from '../factories/delegated-token.factory.js';
import { Client, expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const second = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const SECRET = randomBytes(32).toString('base64url');
const SHOP = 'https://shop.test';
const CRM = 'https://crm.test';
const KEYS: DelegatedKey[] = [
  { algorithm: 'HS256', key: createSecretKey(SECRET, 'utf8'), roles: BACKEND_ROLES },
  { algorithm: 'RS256', key: rsa.publicKey, kid: 'first', roles: BACKEND_ROLES },
  { algorithm: 'ES256', key: ec.publicKey, issuer: CRM, roles: BACKEND_DONOR_ROLES },
  { algorithm: 'ES256', key: second.publicKey, kid: 'schlüssel', issuer: CRM, roles: BACKEND_DONOR_ROLES },
];

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ delegated: { keys: KEYS, audience: undefined } });
});
afterAll(() => desk.close());

const payload = (claims: object = {}) => ({
  ...{ id: 'kim', username: 'Kim', email: 'kim@shop.test', role: 'CUSTOMER', iss: SHOP },
  ...lifetime(),
  ...claims,
});
const as = (token: string) => new Client(desk.server, { authorization: `Bearer ${token}` });
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signed by hand: what no library would make. */
function byHand(header: object, claims: object, secret: string | Buffer = SECRET): string {
  const body = `${base64(header)}.${base64(claims)}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}

const hs256 = (claims: object = {}) => signed(payload(claims), firstKey(desk.server));
const es256 = (claims: object = {}) =>
  signed(payload({ iss: CRM, ...claims }), { algorithm: 'ES256', key: ec.privateKey });

const THIRTY_DAYS = 30 * 24 * 3_600;

describe('a token of a trusted backend', () => {
  test.each([
    ['HS256', () => hs256()],
    ['RS256', () => signed(payload(), { algorithm: 'RS256', key: rsa.privateKey, kid: 'first' })],
    [
      'ES256 with a key id beyond ASCII',
      () => signed(payload({ iss: CRM }), { algorithm: 'ES256', key: second.privateKey, kid: 'schlüssel' }),
    ],
    ['RS256 without kid', () => signed(payload(), { algorithm: 'RS256', key: rsa.privateKey })],
    ['ES256', () => signed(payload({ iss: CRM }), { algorithm: 'ES256', key: ec.privateKey, kid: 'any' })],
    [
      'ES256 without kid, where two keys fit',
      () => signed(payload({ iss: CRM }), { algorithm: 'ES256', key: second.privateKey }),
    ],
    ['no exp, but issued within a day', () => hs256({ exp: undefined, iat: unixNow() - 86_300 })],
    ['exp alone', () => hs256({ iat: undefined })],
    ['a clock that is half a minute behind', () => hs256({ exp: unixNow() - 30 })],
    ['a clock that is half a minute ahead', () => hs256({ iat: unixNow() + 30 })],
    ['a number as id', () => hs256({ id: 42 })],
    ['neither username nor email', () => hs256({ username: '', email: null })],
    ['TEMP_USER', () => hs256({ role: 'TEMP_USER' })],
    ['thirty days', () => hs256({ exp: unixNow() + THIRTY_DAYS })],
    ['thirty days without iat', () => hs256({ iat: undefined, exp: unixNow() + THIRTY_DAYS })],
    ['a name with blanks around it', () => hs256({ username: ' Kim\n' })],
    ['a name of 120 emojis', () => hs256({ username: '🙂'.repeat(120) })],
  ])('is accepted: %s', async (_, make) => {
    expect(await ok(as(await make()).get('/tickets'))).toEqual([]);
  });

  const cases: [string, RegExp, () => string | Promise<string>][] = [
    ['alg none', /not valid/, () => `${base64({ alg: 'none' })}.${base64(payload())}.`],
    ['alg none with a signature', /not valid/, () => byHand({ alg: 'none' }, payload())],
    ['no alg', /not valid/, () => byHand({}, payload())],
    ['another secret', /not valid/, () => byHand({ alg: 'HS256' }, payload(), 'x'.repeat(40))],
    ['the empty secret', /not valid/, () => byHand({ alg: 'HS256' }, payload(), '')],
    [
      'HS512',
      /not valid/,
      () => signed(payload(), { algorithm: 'HS512', key: createSecretKey(SECRET, 'utf8') }),
    ],
    [
      'HS256 with the public key as secret',
      /not valid/,
      () => byHand({ alg: 'HS256' }, payload(), rsa.publicKey.export({ type: 'spki', format: 'pem' })),
    ],
    [
      'ES256 by a key that is not trusted, where two fit',
      /not valid/,
      () =>
        signed(payload({ iss: CRM }), {
          algorithm: 'ES256',
          key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
        }),
    ],
    ['RS256 over an HMAC', /not valid/, () => byHand({ alg: 'RS256', kid: 'first' }, payload())],
    [
      'another key id',
      /not valid/,
      () => signed(payload(), { algorithm: 'RS256', key: rsa.privateKey, kid: 'other' }),
    ],
    [
      'RS512',
      /not valid/,
      () => signed(payload(), { algorithm: 'RS512', key: rsa.privateKey, kid: 'first' }),
    ],
    [
      'claims that are no JSON',
      /not valid/,
      () => `${base64({ alg: 'HS256', typ: 'JWT' })}.${Buffer.from('{').toString('base64url')}.x`,
    ],
    ['a header that is no JSON', /not valid/, () => `x.${base64(payload())}.x`],
    ['four parts', /not valid/, async () => `${await hs256()}.x`],
    ['an unknown critical header', /not valid/, () => byHand({ alg: 'HS256', crit: ['x'], x: 1 }, payload())],
    [
      'changed claims',
      /not valid/,
      async () => (await hs256()).replace(/\.[^.]+\./, `.${base64(payload({ id: 'lee' }))}.`),
    ],
    ['expired', /expired/, () => hs256({ exp: unixNow() - 61 })],
    [
      'issued more than a day ago, without exp',
      /expired/,
      () => hs256({ exp: undefined, iat: unixNow() - 86_461 }),
    ],
    ['neither exp nor iat', /neither when it ends/, () => hs256({ exp: undefined, iat: undefined })],
    ['issued in the future', /in the future/, () => hs256({ iat: unixNow() + 120 })],
    ['not valid yet', /not valid yet/, () => hs256({ nbf: unixNow() + 120 })],
    ['exp as text', /whole seconds/, () => hs256({ exp: '2999-01-01' })],
    ['an unknown role', /TEMP_USER, CUSTOMER, AGENT, ADMIN/, () => hs256({ role: 'SUPER_ADMIN' })],
    ['no role', /role/, () => hs256({ role: undefined })],
    ['no id', /no id/, () => hs256({ id: undefined })],
    ['an empty id', /no id/, () => hs256({ id: '' })],
    ['an id that is an object', /no id/, () => hs256({ id: { contains: '' } })],
    ['an id with NUL', /no id/, () => hs256({ id: 'a\0b' })],
    ['a huge id', /no id/, () => hs256({ id: 'x'.repeat(256) })],
    ['an email that is none', /email address/, () => hs256({ email: 'kim' })],
    ['exp in milliseconds', /in seconds/, () => hs256({ exp: Date.now() + 3_600_000 })],
    ['iat in milliseconds', /in seconds/, () => hs256({ iat: Date.now() })],
    ['nbf in milliseconds', /in seconds/, () => hs256({ nbf: Date.now() })],
    ['exp in more than thirty days', /30 days/, () => hs256({ exp: unixNow() + THIRTY_DAYS + 120 })],
    [
      'exp in more than thirty days, without iat',
      /30 days/,
      () => hs256({ iat: undefined, exp: unixNow() + THIRTY_DAYS + 120 }),
    ],
    [
      'a life of more than thirty days, however near its end',
      /30 days/,
      () => hs256({ iat: unixNow() - THIRTY_DAYS, exp: unixNow() + 60 }),
    ],
    ['a name that shows nothing', /visible line/, () => hs256({ username: '\u200b\u2060' })],
    ['a name of two lines', /visible line/, () => hs256({ username: 'Kim\nStaff' })],
    ['a name with half a surrogate pair', /visible line/, () => hs256({ username: 'Kim \ud83d' })],
    ['a name that is too long', /visible line/, () => hs256({ username: 'x'.repeat(121) })],
    ['no issuer, where several keys are trusted', /several keys/, () => hs256({ iss: undefined })],
    ['an empty issuer', /several keys/, () => hs256({ iss: '' })],
    ['another issuer than its key’s', /its key speaks for/, () => es256({ iss: SHOP })],
    ['no issuer, where its key has one', /its key speaks for/, () => es256({ iss: undefined })],
    ['a role that its key may not sign', /may sign TEMP_USER, CUSTOMER/, () => es256({ role: 'AGENT' })],
    ['staff without a username', /username/, () => hs256({ role: 'AGENT', username: undefined })],
    ['claims that are a list', /./, () => byHand({ alg: 'HS256' }, [payload()])],
  ];
  test.each(cases)('is a 401 with the documented body and nothing else: %s', async (_, message, make) => {
    const token = await make();
    const before = await rows();
    for (const path of ['/tickets', '/tickets/categories', '/users']) {
      const answer = await as(token).get(path);
      expectRefusal(answer, 401, 'UNAUTHORIZED', path);
      expect(answer.body.message).toMatch(message);
    }
    expectRefusal(await as(token).post('/tickets', { topic: 'x' }), 401, 'UNAUTHORIZED', '/tickets');
    expect(await rows()).toEqual(before);
  });

  async function rows(): Promise<unknown> {
    const { rows } = await desk.db.query(
      'SELECT (SELECT count(*) FROM users) AS users, (SELECT count(*) FROM donor_sessions) AS sessions, (SELECT count(*) FROM tickets) AS tickets',
    );
    return rows;
  }

  test('gives its bearer the name that it says, composed and trimmed', async () => {
    const token = await hs256({ id: 'zoe', username: ' Zoe\u0308 ' });
    const { id } = await ok(as(token).post('/tickets', { topic: 'x' }), 201);
    expect(await ok(desk.admin.get(`/tickets/${id}`))).toMatchObject({ donorName: 'Zo\u00eb' });
  });

  test('is never taken for a token of this desk, nor the other way round', async () => {
    const own = desk.server.app.get(AccessTokens, { strict: false });
    const access = own.sign(
      { id: desk.boss.id, tokenVersion: 0, username: 'cleo', role: 'SUPER_ADMIN' },
      '00000000-0000-4000-8000-000000000001',
    );
    const claims = JSON.parse(Buffer.from(access.split('.')[1]!, 'base64url').toString());
    // Our claims under the backend's secret, and the backend's under ours.
    expectRefusal(await as(byHand({ alg: 'HS256' }, claims)).get('/users'), 401, 'UNAUTHORIZED');
    expectRefusal(
      await as(byHand({ alg: 'HS256' }, { ...claims, ...payload() })).get('/users'),
      401,
      'UNAUTHORIZED',
    );
    const { jwt } = desk.server.config.secrets;
    expectRefusal(
      await as(byHand({ alg: 'HS256' }, payload({ role: 'ADMIN' }), jwt)).get('/users'),
      401,
      'UNAUTHORIZED',
    );
  });

  test('must come from the issuer and be meant for the audience that are set', async () => {
    const keys = KEYS.map((key) => ({ ...key, issuer: SHOP }));
    const strict = await openDesk({ delegated: { keys, audience: 'desk' } });
    try {
      const ask = async (claims: object) => {
        const { client } = await delegated(strict.server, { ...claims });
        return client.get('/tickets');
      };
      expect((await ask({ iss: SHOP, aud: 'desk' })).status).toBe(200);
      expect((await ask({ iss: SHOP, aud: 'x' })).body.message).toMatch(/audience/);
      expect((await ask({ aud: 'desk' })).body.message).toMatch(/issuer/);
    } finally {
      await strict.close();
    }
  });
});
