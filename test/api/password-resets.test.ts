import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createStaff } from '../factories/staff.factory.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, personOf, type Desk } from '../support/desk.js';
import { FakeSmtp } from '../support/fake-smtp.js';
import { login, send } from './auth-client.js';
import { entriesOf, later, mailedToken, OWN, tokenOf } from './password-link-desk.js';
import { enrol, hireAt, signInAt } from './second-factor-person.js';

const MINUTE_MS = 60_000;

let desk: Desk;
let smtp: FakeSmtp;
let email = '';
let count = 0;
beforeAll(async () => {
  smtp = await FakeSmtp.start();
  desk = await openDesk({ mail: { smtpUrl: smtp.url, from: 'Desk <desk@charity.example>', delay: 0 } });
});
beforeEach(() => {
  email = `forgetful${(count += 1)}@staff.test`;
});
afterAll(async () => {
  await desk.close();
  await smtp.close();
});

const ask = (address: string, more: object = {}) =>
  desk.link.post('/auth/password-links', { email: address, ...more });
const reset = (token: string, newPassword = OWN) =>
  desk.link.post('/auth/password-links/reset', { token, newPassword });
const check = (token: string) => desk.link.post('/auth/password-links/check', { token });
const provision = (fields: object = {}) => createStaff(desk.server.app, { email, ...fields });

/** Every job that was asked for has run. */
async function settled(): Promise<void> {
  const waiting = `SELECT 1 FROM pgboss.job WHERE name = 'users.password-link' AND state IN ('created', 'retry', 'active')`;
  while ((await desk.db.query(waiting)).rows.length > 0) await sleep(50);
}

describe('a forgotten password', () => {
  test('is replaced by a mailed link, once, which ends the other sign-ins and leaves audit entries', async () => {
    const { user, password, headers, refreshToken } = await provision({ locale: 'fr' });
    const answer = await ok(ask(email.toUpperCase(), { locale: 'de' }), 202);
    expect(answer).toEqual({ message: 'If there is an account with this address, a link is on its way.' });
    const token = await mailedToken(smtp, email);
    expect(smtp.to(email)[0]?.parsed.subject).toBe('Définir un nouveau mot de passe');
    expect(await ok(check(token))).toMatchObject({ kind: 'reset', username: user.username, email });
    await ok(reset(token), 204);
    expectRefusal(await reset(token), 410, 'GONE');
    expectRefusal(
      await personOf(desk.server, { user, headers } as never).get('/users/me'),
      401,
      'UNAUTHORIZED',
    );
    expect((await send(desk.server, 'POST', '/auth/refresh', { cookie: refreshToken })).status).toBe(401);
    expect((await login(desk.server, user.username, password)).status).toBe(401);
    expect((await login(desk.server, user.username, OWN)).status).toBe(200);
    await settled();
    const about = await entriesOf(desk, 'subject', String(user.id));
    expect(about).toContainEqual(
      expect.objectContaining({ action: 'auth.password_link_sent', actor_id: null, data: {} }),
    );
    const own = await entriesOf(desk, 'actor_id', String(user.id));
    expect(own).toContainEqual(expect.objectContaining({ action: 'auth.password_reset', data: {} }));
  });

  test('says the same for an address nobody has, and mails nothing there; its token is in no row', async () => {
    await provision();
    const gone = `gone-${email}`;
    const { user } = await provision({ email: gone });
    await ok(desk.boss.delete(`/users/${user.id}`), 204);
    const vouched = `vouched-${email}`;
    await desk.db.query(
      `INSERT INTO users (username, name, email, updated_at) VALUES ($1, 'Vi', $1, now())`,
      [vouched],
    );
    const strangers = [gone, vouched, `nobody-${email}`];
    const known = await ask(email);
    for (const address of strangers) {
      const { status, body } = await ask(address);
      expect({ status, body }).toEqual({ status: known.status, body: known.body });
    }
    const token = await mailedToken(smtp, email);
    await settled();
    expect(strangers.flatMap((address) => smtp.to(address))).toEqual([]);
    const { rows } = await desk.db.query(
      `SELECT (SELECT string_agg(p::text, '') FROM password_links p) || (SELECT string_agg(j.data::text, '') FROM pgboss.job j) AS all`,
    );
    expect(rows[0].all).not.toContain(token);
    expect(rows[0].all).not.toContain(`nobody-${email}`);
  });

  test('needs a new link after an hour', async () => {
    await provision();
    await ok(ask(email), 202);
    const token = await mailedToken(smtp, email);
    await later(desk, 59 * MINUTE_MS, async () => expect((await check(token)).status).toBe(200));
    await later(desk, 61 * MINUTE_MS, async () => {
      expectRefusal(await check(token), 410, 'GONE');
      expectRefusal(await reset(token), 410, 'GONE');
    });
  });

  test('can be asked for five times a day for an address, known or not', async () => {
    await provision();
    for (const address of [email, `nobody-${email}`]) {
      const answers = await Promise.all(Array.from({ length: 6 }, () => ask(address)));
      expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 202, 202, 429]);
    }
  });

  test('is not replaced by an easy one, which leaves the link as it is', async () => {
    const { user } = await provision();
    await ok(ask(email), 202);
    const token = await mailedToken(smtp, email);
    for (const easy of ['short', 'password1234', user.username]) {
      const answer = await reset(token, easy);
      expectRefusal(answer, 400, 'BAD_REQUEST');
      expect(answer.body.errors).toMatchObject([{ location: 'newPassword' }]);
    }
    await ok(reset(token), 204);
  });

  test('goes to no address that was changed without the password', async () => {
    const person = await hireAt(desk);
    const wrong = await person.put('/users/me/profile', { email, currentPassword: 'not mine at all' });
    expectRefusal(wrong, 400, 'BAD_REQUEST');
    expect(wrong.body.errors).toMatchObject([{ location: 'currentPassword' }]);
    await ok(person.put('/users/me/profile', { email }));
    await ok(ask(email), 202);
    await settled();
    expect(smtp.to(email)).toEqual([]);
    await ok(desk.boss.patch(`/users/${person.id}`, { email: `by-boss-${email}` }));
    await ok(ask(`by-boss-${email}`), 202);
    await mailedToken(smtp, `by-boss-${email}`);
    const own = { email: `own-${email}`, currentPassword: person.password };
    await ok(person.put('/users/me/profile', own));
    await ok(ask(own.email), 202);
    await mailedToken(smtp, own.email);
  });

  test('does not spare the second factor', async () => {
    const person = await enrol(await hireAt(desk));
    await ok(person.put('/users/me/profile', { email, currentPassword: person.password }));
    await ok(ask(email), 202);
    await ok(reset(await mailedToken(smtp, email)), 204);
    const own = { username: person.username, password: OWN };
    expect((await signInAt(desk, own)).body.error).toBe('TOTP_REQUIRED');
    expect((await signInAt(desk, own, person.recoveryCodes[0])).status).toBe(200);
  });

  test.each([
    ['another password', (id: number) => desk.boss.put(`/users/${id}/password`, {}), 200],
    ['a deactivation', (id: number) => desk.boss.delete(`/users/${id}`), 204],
    ['another role', (id: number) => desk.boss.patch(`/users/${id}`, { role: 'SUPER_ADMIN' }), 200],
    [
      'another email address',
      (id: number) => desk.boss.patch(`/users/${id}`, { email: `new-${email}` }),
      200,
    ],
  ])('%s ends the links that were sent', async (_what, change, status) => {
    const { user } = await provision();
    await ok(ask(email), 202);
    const token = await mailedToken(smtp, email);
    await settled();
    await ok(change(user.id), status);
    expectRefusal(await check(token), 410, 'GONE');
    expectRefusal(await reset(token), 410, 'GONE');
  });
});

describe('a link that a super admin makes', () => {
  test('sets a new password; until then nothing changes for the person', async () => {
    const { user, password } = await provision();
    const { link, expiresAt } = await ok(desk.boss.post(`/users/${user.id}/password-links`), 201);
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 59 * MINUTE_MS);
    expect((await login(desk.server, user.username, password)).status).toBe(200);
    await ok(reset(tokenOf(link)), 204);
    expect((await login(desk.server, user.username, password)).status).toBe(401);
    expect((await login(desk.server, user.username, OWN)).status).toBe(200);
    const entries = await entriesOf(desk, 'subject', String(user.id));
    expect(entries[0]).toMatchObject({
      action: 'user.password_link_created',
      actor_id: String(desk.boss.id),
      data: {},
    });
  });

  test('is not for oneself, nobody, or a deactivated account', async () => {
    expectRefusal(await desk.boss.post(`/users/${desk.boss.id}/password-links`), 409, 'CONFLICT');
    expectRefusal(await desk.boss.post('/users/2147483647/password-links'), 404, 'NOT_FOUND');
    const { user } = await provision({ isActive: true });
    await ok(desk.boss.delete(`/users/${user.id}`), 204);
    const answer = await desk.boss.post(`/users/${user.id}/password-links`);
    expectRefusal(answer, 409, 'CONFLICT');
    expect(answer.body.message).toContain('Let the person in again');
  });
});

test('without a mail server the answer names the way there is', async () => {
  const mute = await openDesk();
  try {
    const answer = await mute.link.post('/auth/password-links', { email: 'ada@staff.test' });
    expectRefusal(answer, 503, 'SERVICE_UNAVAILABLE');
    expect(answer.body.message).toContain('Ask a super admin');
    tokenOf((await ok(mute.boss.post(`/users/${mute.admin.id}/password-links`), 201)).link);
  } finally {
    await mute.close();
  }
});
