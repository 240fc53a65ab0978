import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Crowd } from '../realtime/socket-person.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { provisionStaff } from '../support/staff-people.js';
import { login, send } from './auth-client.js';

const OWN = 'seven lanterns over Porto';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);
beforeAll(async () => {
  desk = await openDesk({ totpRequiredRoles: ['SUPER_ADMIN'] });
  // The super admin of these tests has shown a second factor.
  await desk.db.query(`UPDATE staff_logins SET second_factor = true WHERE user_id = $1`, [desk.boss.id]);
});
afterAll(async () => {
  crowd.leave();
  await desk.close();
});

let count = 0;

/** Somebody whom a super admin has just added. */
async function invite(role = 'ADMIN') {
  const username = `invited-${++count}`;
  const { id, oneTimePassword } = await ok(desk.boss.post('/users', { username, name: 'Nora', role }), 201);
  return { id: id as number, username, oneTimePassword: oneTimePassword as string };
}

/** Signs in and speaks as that login. */
async function enter(username: string, password: string) {
  const { status, body, cookie } = await login(desk.server, username, password);
  expect(status).toBe(200);
  const headers = { authorization: `Bearer ${body.accessToken}` };
  const ask = (method: string, path: string, sent?: object) =>
    send(desk.server, method, path, { headers, ...(sent && { body: sent }) });
  return { body, ask, refresh: cookie!.value! };
}

describe('a one-time password', () => {
  test('lets its person in once, to choose another, and then the login is whole', async () => {
    const { username, oneTimePassword } = await invite();
    const first = await enter(username, oneTimePassword);
    expect(first.body.user).toMatchObject({ mustChangePassword: true, mustEnrolTotp: false });
    const again = await login(desk.server, username, oneTimePassword);
    expect(again).toMatchObject({
      status: 401,
      body: {
        error: 'ONE_TIME_PASSWORD_USED',
        message: 'This one-time password has been used. Ask a super admin for a new one.',
      },
    });
    const changed = await ok(first.ask('PUT', '/users/me/password', { newPassword: OWN }));
    expect(changed.user).toMatchObject({ mustChangePassword: false });
    const headers = { authorization: `Bearer ${changed.accessToken}` };
    expect((await send(desk.server, 'GET', '/tickets', { headers })).status).toBe(200);
    await crowd.enter(changed.accessToken);
    expect((await login(desk.server, username, oneTimePassword)).body.error).toBe('UNAUTHORIZED');
    expect((await enter(username, OWN)).body.user.mustChangePassword).toBe(false);
  });

  test('opens nothing else, on no channel, also after a refresh', async () => {
    const { username, oneTimePassword } = await invite();
    const first = await enter(username, oneTimePassword);
    const renewed = await send(desk.server, 'POST', '/auth/refresh', { cookie: first.refresh });
    expect(renewed.body.user).toMatchObject({ mustChangePassword: true });
    for (const [method, path, body] of [
      ['GET', '/tickets'],
      ['GET', '/users'],
      ['PUT', '/users/me/profile', { name: 'Other' }],
      ['POST', '/users/me/totp', { password: oneTimePassword }],
      ['PUT', '/users/me/availability', { availability: 'online' }],
    ] as const)
      expectRefusal(await first.ask(method, path, body), 403, 'PASSWORD_CHANGE_REQUIRED');
    expect((await first.ask('GET', '/users/me')).body.mustChangePassword).toBe(true);
    const knock = crowd.knock(renewed.body.accessToken);
    expect(await knock.connected()).toMatchObject({
      data: { message: expect.stringContaining('Choose a password of your own first') },
    });
  });

  test('is not what it is changed to', async () => {
    const { username, oneTimePassword } = await invite();
    const first = await enter(username, oneTimePassword);
    const same = await first.ask('PUT', '/users/me/password', { newPassword: oneTimePassword });
    expectRefusal(same, 400, 'BAD_REQUEST');
    expect(same.body.errors).toMatchObject([{ location: 'newPassword' }]);
    expect((await first.ask('GET', '/tickets')).status).toBe(403);
  });

  test('comes before a second factor that the role needs', async () => {
    const { username, oneTimePassword } = await invite('SUPER_ADMIN');
    const first = await enter(username, oneTimePassword);
    expectRefusal(await first.ask('GET', '/tickets'), 403, 'PASSWORD_CHANGE_REQUIRED');
    const changed = await ok(first.ask('PUT', '/users/me/password', { newPassword: OWN }));
    expect(changed.user).toMatchObject({ mustChangePassword: false, mustEnrolTotp: true });
  });

  test('comes from a reset as well; one that a super admin chose stays', async () => {
    const person = await provisionStaff(desk);
    const { oneTimePassword } = await ok(desk.boss.put(`/users/${person.id}/password`, {}));
    await enter(person.username, oneTimePassword);
    expect((await login(desk.server, person.username, oneTimePassword)).status).toBe(401);
    await ok(desk.boss.put(`/users/${person.id}/password`, { password: OWN }));
    for (let n = 0; n < 2; n++)
      expect((await enter(person.username, OWN)).body.user.mustChangePassword).toBe(false);
  });

  test('is good for one of two who use it at the same time', async () => {
    const { username, oneTimePassword } = await invite();
    const both = await Promise.all([1, 2].map(() => login(desk.server, username, oneTimePassword)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test('that was used is named in the audit log', async () => {
    const { id, username, oneTimePassword } = await invite();
    await enter(username, oneTimePassword);
    await login(desk.server, username, oneTimePassword);
    const { rows } = await desk.db.query(
      `SELECT action, data FROM audit_log WHERE (subject = $1 OR actor_id = $1) AND action LIKE 'auth.%' ORDER BY id`,
      [String(id)],
    );
    expect(rows).toEqual([
      { action: 'auth.login', data: { oneTimePassword: true } },
      { action: 'auth.login_failed', data: { reason: 'one_time_password_used' } },
    ]);
  });
});

test('the current password is asked for in any other login', async () => {
  const person = await provisionStaff(desk);
  const answer = await person.put('/users/me/password', { newPassword: OWN });
  expectRefusal(answer, 400, 'BAD_REQUEST');
  expect(answer.body.errors).toMatchObject([{ location: 'currentPassword' }]);
});
