import { createHmac, createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AccessTokens } from '../../src/domain/auth/access-tokens.js';
import type { DelegatedKey } from '../../src/platform/config/delegated-keys.js';
import { delegated, firstKey, lifetime, signed, unixNow } from '../factories/delegated-token.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { Client, expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const SECRET = randomBytes(32).toString('base64url');
const KEYS: DelegatedKey[] = [
  { algorithm: 'HS256', key: createSecretKey(SECRET, 'utf8') },
  { algorithm: 'RS256', key: rsa.publicKey, kid: 'first' },
  { algorithm: 'ES256', key: ec.publicKey },
];

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ delegated: { keys: KEYS, issuer: undefined, audience: undefined } });
});
afterAll(() => desk.close());

const payload = (claims: object = {}) => ({
  ...{ id: 'kim', username: 'Kim', email: 'kim@shop.test', role: 'CUSTOMER' },
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

describe('a token of a trusted backend', () => {
  test.each([
    ['HS256', () => hs256()],
    ['RS256', () => signed(payload(), { algorithm: 'RS256', key: rsa.privateKey, kid: 'first' })],
    ['RS256 without kid', () => signed(payload(), { algorithm: 'RS256', key: rsa.privateKey })],
    ['ES256', () => signed(payload(), { algorithm: 'ES256', key: ec.privateKey, kid: 'any' })],
    ['no exp, but issued within a day', () => hs256({ exp: undefined, iat: unixNow() - 86_300 })],
    ['exp alone', () => hs256({ iat: undefined })],
    ['a clock that is half a minute behind', () => hs256({ exp: unixNow() - 30 })],
    ['a clock that is half a minute ahead', () => hs256({ iat: unixNow() + 30 })],
    ['a number as id', () => hs256({ id: 42 })],
    ['neither username nor email', () => hs256({ username: '', email: null })],
    ['TEMP_USER', () => hs256({ role: 'TEMP_USER' })],
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
    ['an email that is none', /mail address/, () => hs256({ email: 'kim' })],
    ['staff without a username', /username/, () => hs256({ role: 'AGENT', username: undefined })],
    ['claims that are a list', /./, () => byHand({ alg: 'HS256' }, [payload()])],
  ];
  test.each(cases)('is a 401 in S5’s shape and nothing else: %s', async (_, message, make) => {
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

  test('is never taken for one of our own, nor one of ours for it', async () => {
    const own = desk.server.app.get(AccessTokens, { strict: false });
    const access = own.sign({ id: desk.boss.id, tokenVersion: 0 }, '00000000-0000-4000-8000-000000000001');
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
    const strict = await openDesk({
      delegated: { keys: KEYS, issuer: 'https://shop.test', audience: 'desk' },
    });
    try {
      const ask = async (claims: object) => {
        const { client } = await delegated(strict.server, { ...claims });
        return client.get('/tickets');
      };
      expect((await ask({ iss: 'https://shop.test', aud: 'desk' })).status).toBe(200);
      expect((await ask({ iss: 'https://shop.test', aud: 'x' })).body.message).toMatch(/audience/);
      expect((await ask({ aud: 'desk' })).body.message).toMatch(/issuer/);
    } finally {
      await strict.close();
    }
  });
});

describe('a verified donor', () => {
  test('needs no donorId and no mail address in the body; S5’s topic is the subject', async () => {
    const kim = await delegated(desk.server);
    const ticket = await ok(
      kim.client.post('/tickets', { topic: 'Receipt', description: 'Where is it?' }),
      201,
    );
    expect(ticket).toMatchObject({ donorId: kim.id, donorEmail: `${kim.id}@shop.test`, subject: 'Receipt' });
    expect(ticket).not.toHaveProperty('donorToken');
    const [event] = (await ok(kim.client.get(`/tickets/${ticket.id}/events`))).events;
    expect(event).toMatchObject({ type: 'ticket.created', actor: { type: 'donor', id: kim.id } });
    expect(await ok(desk.admin.get(`/tickets/${ticket.id}`))).toMatchObject({
      donorVerified: true,
      donorName: 'Kim',
    });
    const both = await kim.client.post('/tickets', { topic: 'a', subject: 'b' });
    expectRefusal(both, 400, 'BAD_REQUEST', '/tickets');
    const other = await kim.client.post('/tickets', { topic: 'a', donorId: 'lee' });
    expectRefusal(other, 403, 'FORBIDDEN', '/tickets');
  });

  test('has the same tickets under any token of the identity, and nobody else has', async () => {
    const kim = await delegated(desk.server);
    const { id } = await ok(kim.client.post('/tickets', { topic: 'Mine' }), 201);
    const phone = await delegated(desk.server, { id: kim.id, role: 'TEMP_USER' });
    expect(await ok(phone.client.get(`/tickets/${id}`))).toMatchObject({ id });
    expect(await ok(phone.client.get('/tickets'))).toHaveLength(1);
    await ok(phone.client.post(`/tickets/${id}/messages`, { content: 'From the phone' }), 201);
    expect(await ok(kim.client.get(`/tickets/${id}/messages`))).toHaveLength(1);

    const guest = await createTicket(desk.server, { donorId: kim.id, donorEmail: `${kim.id}@shop.test` });
    const namesake = await delegated(desk.server, { id: kim.id, iss: 'https://other.test' });
    for (const { client } of [{ client: guest.donor }, namesake]) {
      expectRefusal(await client.get(`/tickets/${id}`), 404, 'NOT_FOUND');
      expectRefusal(await client.get(`/tickets/${id}/messages`), 404, 'NOT_FOUND');
      expectRefusal(await client.get(`/tickets/${id}/events`), 404, 'NOT_FOUND');
      expectRefusal(await client.post(`/tickets/${id}/messages`, { content: 'x' }), 404, 'NOT_FOUND');
      expectRefusal(await client.put(`/tickets/${id}/donor/${kim.id}/resolve`), 404, 'NOT_FOUND');
    }
    // Nor does the guest's ticket come to whoever the guest claims to be.
    expectRefusal(await kim.client.get(`/tickets/${guest.id}`), 404, 'NOT_FOUND');
    expect(await ok(kim.client.get('/tickets'))).toHaveLength(1);
    expect(await ok(kim.client.get(`/tickets/donor/${kim.id}`))).toHaveLength(1);
  });

  test('is no staff', async () => {
    const { client } = await delegated(desk.server);
    expectRefusal(await client.get('/users'), 401, 'UNAUTHORIZED', '/users');
  });
});

describe('delegated staff', () => {
  const auditOf = async (id: number) =>
    (await desk.db.query(`SELECT action, data FROM audit_log WHERE subject = $1 ORDER BY id`, [String(id)]))
      .rows;

  test('gets an account when first seen, without a password, and works', async () => {
    const agent = await delegated(desk.server, { role: 'AGENT', username: 'Maria' });
    const [me, again] = await Promise.all([
      ok(agent.client.get('/auth/me')),
      ok(agent.client.get('/auth/me')),
    ]);
    expect(me).toMatchObject({
      username: 'maria',
      name: 'Maria',
      role: 'ADMIN',
      email: `${agent.id}@shop.test`,
    });
    expect(again.id).toBe(me.id);
    const { rows } = await desk.db.query('SELECT external_id, password_hash FROM users WHERE id = $1', [
      me.id,
    ]);
    expect(rows).toEqual([{ external_id: `jwt::${agent.id}`, password_hash: null }]);
    expect(await auditOf(me.id)).toEqual([
      { action: 'user.provisioned', data: { role: 'ADMIN', externalId: `jwt::${agent.id}` } },
    ]);
    const ticket = await createTicket(desk.server);
    expect(await ok(agent.client.put(`/tickets/${ticket.id}/assign`))).toMatchObject({ adminId: me.id });
    const login = await desk.link.post('/auth/login', { username: 'maria', password: '' });
    expect(login.status).toBe(400);
    expectRefusal(
      await desk.link.post('/auth/login', { username: 'maria', password: 'x' }),
      401,
      'UNAUTHORIZED',
    );
  });

  test('takes over no account that exists, by username or by mail', async () => {
    const impostor = await delegated(desk.server, {
      ...{ role: 'AGENT', username: desk.boss.username, email: 'CLEO@staff.test' },
    });
    const me = await ok(impostor.client.get('/auth/me'));
    expect(me.id).not.toBe(desk.boss.id);
    expect(me).toMatchObject({
      role: 'ADMIN',
      email: null,
      username: expect.stringMatching(/^.+-[0-9a-f]{8}$/),
    });
    expect(await ok(desk.boss.get('/auth/me'))).toMatchObject({
      role: 'SUPER_ADMIN',
      email: 'cleo@staff.test',
    });
  });

  test('has the role of its newest token', async () => {
    const earlier = unixNow() - 100;
    const agent = await delegated(desk.server, { role: 'AGENT', iat: earlier });
    const { id } = await ok(agent.client.get('/auth/me'));
    const promoted = await delegated(desk.server, { id: agent.id, role: 'ADMIN', iat: earlier + 10 });
    expect(await ok(promoted.client.get('/auth/me'))).toMatchObject({ id, role: 'SUPER_ADMIN' });
    // The older token brings nothing back.
    expect(await ok(agent.client.get('/auth/me'))).toMatchObject({ id, role: 'SUPER_ADMIN' });
    const demoted = await delegated(desk.server, { id: agent.id, role: 'AGENT', iat: earlier + 20 });
    expect(await ok(demoted.client.get('/auth/me'))).toMatchObject({ id, role: 'ADMIN' });
    expect(await ok(promoted.client.get('/auth/me'))).toMatchObject({ id, role: 'ADMIN' });
    expect((await auditOf(id)).map(({ action, data }) => [action, data.to])).toEqual([
      ['user.provisioned', undefined],
      ['user.role_changed', 'SUPER_ADMIN'],
      ['user.role_changed', 'ADMIN'],
    ]);
  });

  test('stays out once deactivated here', async () => {
    const agent = await delegated(desk.server, { role: 'AGENT' });
    const { id } = await ok(agent.client.get('/auth/me'));
    await desk.db.query('UPDATE users SET is_active = false WHERE id = $1', [id]);
    const fresh = await delegated(desk.server, { id: agent.id, role: 'ADMIN' });
    const answer = await fresh.client.get('/users');
    expectRefusal(answer, 401, 'UNAUTHORIZED', '/users');
    expect(answer.body.message).toMatch(/deactivated/);
    const { rows } = await desk.db.query('SELECT role, is_active FROM users WHERE id = $1', [id]);
    expect(rows).toEqual([{ role: 'ADMIN', is_active: false }]);
  });
});
