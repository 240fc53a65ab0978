import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { PasswordLinkJob } from '../../src/domain/staff/password-links/password-link.job.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { FakeSmtp } from '../support/fake-smtp.js';
import { provisionStaff } from '../support/staff-people.js';
import { until } from '../support/ticket-viewer.js';
import { login, send } from './auth-client.js';
import { entriesOf, later, mailedToken, OWN, tokenOf } from './password-link-desk.js';

const DAY_MS = 86_400_000;

let desk: Desk;
let smtp: FakeSmtp;
beforeAll(async () => {
  smtp = await FakeSmtp.start();
  desk = await openDesk({ mail: { smtpUrl: smtp.url, from: 'Desk <desk@charity.example>', delay: 0 } });
});
afterEach(() => desk.db.query('DELETE FROM password_links'));
afterAll(async () => {
  await desk.close();
  await smtp.close();
});

let count = 0;
const fresh = (): string => `nora-${(count += 1)}`;
const invite = (body: object, by: 'email' | 'link' = 'link') =>
  desk.boss.post('/invitations', { by, ...body });
const accept = (token: string, more: object = {}) =>
  send(desk.server, 'POST', '/auth/password-links/accept', {
    body: { token, name: 'Nora New', username: fresh(), newPassword: OWN, ...more },
  });
const check = (token: string) => desk.link.post('/auth/password-links/check', { token });
const list = async () => (await ok(desk.boss.get('/invitations'))) as Record<string, unknown>[];

describe('an invitation by link', () => {
  test('becomes an account with its role and team, whose person is signed in, and leaves audit entries', async () => {
    const username = fresh();
    const made = await ok(invite({ name: 'Nora', role: 'SUPER_ADMIN', team: 'TECHNICAL' }), 201);
    expect(made).toMatchObject({
      ...{ name: 'Nora', role: 'SUPER_ADMIN', team: 'TECHNICAL', email: null, mail: null },
      ...{ isOpen: true, invitedBy: 'Cleo' },
    });
    const token = tokenOf(made.link);
    expect(await ok(check(token))).toEqual({
      ...{ kind: 'invitation', name: 'Nora', username: null, email: null, invitedBy: 'Cleo' },
    });
    const { status, body, cookie } = await accept(token, { username: username.toUpperCase() });
    expect(status).toBe(201);
    expect(body.user).toMatchObject({ username, name: 'Nora New', role: 'SUPER_ADMIN', team: 'TECHNICAL' });
    expect(body.user.mustChangePassword).toBe(false);
    const headers = { authorization: `Bearer ${body.accessToken}` };
    expect((await send(desk.server, 'GET', '/tickets', { headers })).status).toBe(200);
    expect((await send(desk.server, 'POST', '/auth/refresh', { cookie: cookie!.value! })).status).toBe(200);
    expect((await login(desk.server, username, OWN)).status).toBe(200);
    const data = { email: null, role: 'SUPER_ADMIN', team: 'TECHNICAL' };
    expect(await entriesOf(desk, 'subject', `invitation:${made.id}`)).toEqual([
      { action: 'user.invited', actor_id: String(desk.boss.id), subject: `invitation:${made.id}`, data },
    ]);
    const id = String(body.user.id);
    expect(await entriesOf(desk, 'subject', id)).toEqual([
      {
        ...{ action: 'user.joined', actor_id: id, subject: id },
        data: { username, role: 'SUPER_ADMIN', team: 'TECHNICAL', invitedBy: desk.boss.id },
      },
    ]);
  });

  test('works once, also for two who use it at the same time; no row holds its token', async () => {
    const token = tokenOf((await ok(invite({}), 201)).link);
    const { rows } = await desk.db.query(`SELECT string_agg(p::text, '') AS all FROM password_links p`);
    expect(rows[0].all).not.toContain(token);
    const both = await Promise.all([accept(token), accept(token)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 410]);
    expectRefusal(await check(token), 410, 'GONE');
    expect(await list()).toEqual([]);
  });

  test('is not used up by a password or a username that cannot be', async () => {
    const token = tokenOf((await ok(invite({ email: `${fresh()}@staff.test` }), 201)).link);
    for (const [more, location] of [
      [{ newPassword: 'short' }, 'newPassword'],
      [{ newPassword: 'password1234' }, 'newPassword'],
      [{ username: desk.admin.username }, 'username'],
      [{ username: 'two words' }, 'username'],
    ] as const) {
      const { status, body } = await accept(token, more);
      expect([status, body.errors[0].location]).toEqual([
        location === 'username' && body.statusCode === 409 ? 409 : 400,
        location,
      ]);
    }
    expect((await accept(token)).status).toBe(201);
  });

  test('ends after seven days, stays in the list, and is forgotten a month later', async () => {
    const token = tokenOf((await ok(invite({ name: 'Late' }), 201)).link);
    await later(desk, 7 * DAY_MS - 60_000, async () => expect((await check(token)).status).toBe(200));
    await later(desk, 7 * DAY_MS + 60_000, async () => {
      expectRefusal(await check(token), 410, 'GONE');
      expect((await accept(token)).status).toBe(410);
      expect(await list()).toMatchObject([{ name: 'Late', isOpen: false }]);
      await desk.server.app.get(PasswordLinkJob, { strict: false }).forgetOld();
      expect(await list()).toHaveLength(1);
    });
    await later(desk, 38 * DAY_MS, () => desk.server.app.get(PasswordLinkJob, { strict: false }).forgetOld());
    expect(await list()).toEqual([]);
  });

  test('ends with the right of the person who invites', async () => {
    const boss = await provisionStaff(desk, 'SUPER_ADMIN');
    const token = tokenOf(
      (await ok(boss.post('/invitations', { by: 'link', role: 'SUPER_ADMIN' }), 201)).link,
    );
    await ok(desk.boss.patch(`/users/${boss.id}`, { role: 'ADMIN' }));
    expectRefusal(await check(token), 410, 'GONE');
    expect((await accept(token)).status).toBe(410);
    expect(await list()).toMatchObject([{ isOpen: false }]);
  });

  test('is replaced by a new link, and revoked', async () => {
    const first = await ok(invite({ name: 'Nora' }), 201);
    const second = await ok(desk.boss.post(`/invitations/${first.id}/renew`, { by: 'link' }));
    expect(second).toMatchObject({ name: 'Nora', isOpen: true });
    expectRefusal(await check(tokenOf(first.link)), 410, 'GONE');
    expect((await check(tokenOf(second.link))).status).toBe(200);
    await ok(desk.boss.delete(`/invitations/${second.id}`), 204);
    expectRefusal(await check(tokenOf(second.link)), 410, 'GONE');
    for (const method of ['POST', 'DELETE'] as const) {
      const path = `/invitations/${second.id}${method === 'POST' ? '/renew' : ''}`;
      expectRefusal(
        await desk.boss.ask(method, path, method === 'POST' ? { by: 'link' } : undefined),
        404,
        'NOT_FOUND',
      );
    }
    expect(await entriesOf(desk, 'subject', `invitation:${second.id}`)).toMatchObject([
      { action: 'user.invitation_renewed' },
      { action: 'user.invitation_revoked' },
    ]);
  });

  test('sets no password of an account', async () => {
    const token = tokenOf((await ok(invite({}), 201)).link);
    const answer = await desk.link.post('/auth/password-links/reset', { token, newPassword: OWN });
    expectRefusal(answer, 409, 'CONFLICT');
    const reset = await ok(desk.boss.post(`/users/${desk.admin.id}/password-links`), 201);
    expect((await accept(tokenOf(reset.link))).status).toBe(409);
  });
});

describe('an invitation by email', () => {
  test('goes out in the language that was asked for and in the name of the desk, and proves the mailbox', async () => {
    const { version } = await ok(desk.boss.get('/desk/settings'));
    await ok(desk.boss.patch('/desk/settings', { version, name: 'Clear Water' }));
    const email = `${fresh()}@example.org`;
    const made = await ok(invite({ email: email.toUpperCase(), locale: 'de' }, 'email'), 201);
    expect(made).toMatchObject({ email, link: null, mail: 'queued' });
    const token = await mailedToken(smtp, email);
    const { subject, html = '' } = smtp.to(email)[0]!.parsed;
    expect(subject).toBe('Cleo lädt Sie zu Clear Water ein');
    expect(html).toContain('>Einladung annehmen</a>');
    expect(html).toContain('<bdi>Clear Water</bdi>');
    const state = async () => (await list())[0]?.['mail'];
    while ((await state()) === 'queued');
    expect(await state()).toBe('sent');
    const { body } = await accept(token);
    expect(body.user).toMatchObject({ email });
    const proven = `SELECT 1 FROM mail_addresses WHERE address = $1 AND proven_at IS NOT NULL`;
    expect((await desk.db.query(proven, [email])).rows).toHaveLength(1);
  });

  test('says in the list that the address does not take it', async () => {
    smtp.fail({ kind: 'reply', at: 'rcpt', code: 550 });
    await ok(invite({ email: `${fresh()}@example.org` }, 'email'), 201);
    const state = async () => (await list())[0]?.['mail'];
    while ((await state()) === 'queued');
    expect(await state()).toBe('refused');
  });

  test('needs an address that nobody has and that is not invited already', async () => {
    expectRefusal(await invite({}, 'email'), 400, 'BAD_REQUEST');
    const used = await invite({ email: 'Ada@staff.test' });
    expectRefusal(used, 409, 'CONFLICT');
    expect(used.body).toMatchObject({
      message: 'Somebody else has this email address.',
      errors: [{ location: 'email' }],
    });
    const email = `${fresh()}@example.org`;
    await ok(invite({ email }), 201);
    const again = await invite({ email });
    expectRefusal(again, 409, 'CONFLICT');
    expect(again.body.errors).toMatchObject([{ location: 'email', type: 'invited' }]);
  });

  test('goes to one address five times a day at most', async () => {
    const email = `${fresh()}@example.org`;
    let { id } = await ok(invite({ email }, 'email'), 201);
    for (let n = 0; n < 4; n++)
      ({ id } = await ok(desk.boss.post(`/invitations/${id}/renew`, { by: 'email' })));
    expectRefusal(await desk.boss.post(`/invitations/${id}/renew`, { by: 'email' }), 429, 'RATELIMIT');
    expect(await list()).toMatchObject([{ id, isOpen: true }]);
    await ok(desk.boss.post(`/invitations/${id}/renew`, { by: 'link' }));
  });

  test('of a person who has joined in the meantime makes no second account', async () => {
    const email = `${fresh()}@example.org`;
    const token = tokenOf((await ok(invite({ email }), 201)).link);
    await ok(desk.boss.post('/users', { username: fresh(), name: 'Nora', email }), 201);
    const { status, body } = await accept(token);
    expect([status, body.errors[0].location]).toEqual([409, 'email']);
    expect((await check(token)).status).toBe(200);
  });
});

test('a team that an open invitation names is archived instead of deleted', async () => {
  const team = await ok(desk.boss.post('/teams', { key: 'NIGHT', name: 'Night shift' }), 201);
  await ok(invite({ team: team.key }), 201);
  const removed = await desk.boss.delete(`/teams/${team.id}`);
  expect(removed.body).toEqual({ outcome: 'archived' });
});

test('without a mail server an invitation goes by link alone', async () => {
  const mute = await openDesk();
  try {
    expect(await ok(mute.link.get('/auth/password-links'))).toEqual({ byEmail: false });
    const answer = await mute.boss.post('/invitations', { by: 'email', email: 'nora@example.org' });
    expectRefusal(answer, 503, 'SERVICE_UNAVAILABLE');
    expect(answer.body.message).toContain('Make a link instead');
    tokenOf((await ok(mute.boss.post('/invitations', { by: 'link', email: 'nora@example.org' }), 201)).link);
  } finally {
    await mute.close();
  }
});

test('a revoked invitation is not mailed any more', async () => {
  await smtp.down();
  const email = `${fresh()}@example.org`;
  const { id } = await ok(invite({ email }, 'email'), 201);
  await ok(desk.boss.delete(`/invitations/${id}`), 204);
  await smtp.up();
  const other = `${fresh()}@example.org`;
  await ok(invite({ email: other }, 'email'), 201);
  await until(() => smtp.to(other).length > 0);
  expect(smtp.to(email)).toEqual([]);
});
