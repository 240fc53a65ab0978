import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { delegated, unixNow, type DelegatedFixture } from '../factories/delegated-token.factory.js';
import { Crowd } from '../realtime/socket-person.js';
import { expectRefusal, ok } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { auditOf, provisionStaff } from '../support/staff-people.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
const crowd = new Crowd(() => desk.server.url);
afterAll(async () => {
  crowd.leave();
  await desk.close();
});

/** Somebody whom the backend names staff, seen here with a token that is a minute old. */
async function provisioned(claims: object = {}): Promise<DelegatedFixture & { userId: number }> {
  const person = await delegated(desk.server, { role: 'ADMIN', iat: unixNow() - 60, ...claims });
  return { ...person, userId: (await ok(person.client.get('/auth/me'))).id };
}

/** A second token of the same person, signed now; in a test this may be the second in which the first one ended. */
const signAgain = ({ id }: DelegatedFixture, claims: object = {}) =>
  delegated(desk.server, { id, role: 'ADMIN', iat: unixNow() + 2, ...claims });

const roleOf = async (userId: number) =>
  (await desk.db.query('SELECT role FROM users WHERE id = $1', [userId])).rows[0].role;

describe('what is taken away here does not come back with a token that is equal or older', () => {
  test('a role', async () => {
    const person = await provisioned();
    const socket = await crowd.enter(person.token);
    await ok(desk.boss.patch(`/users/${person.userId}`, { role: 'ADMIN' }));
    await socket.gone();
    const older = await signAgain(person, { iat: unixNow() - 120 });
    const undated = await signAgain(person, { iat: undefined });
    for (const { client } of [person, older, undated]) {
      const answer = await client.get('/audit-log');
      expectRefusal(answer, 401, 'UNAUTHORIZED', '/audit-log');
      expect(answer.body.message).toMatch(/signed out/);
    }
    expect(await roleOf(person.userId)).toBe('ADMIN');
    const { client: fresh } = await signAgain(person, { role: 'AGENT' });
    expect(await ok(fresh.get('/auth/me'))).toMatchObject({ id: person.userId, role: 'ADMIN' });
    const actions = (await auditOf(desk, person.userId)).map(({ action }) => action);
    expect(actions).toEqual(['user.provisioned', 'user.role_changed']);
  });

  test('a role, when the clock of the backend is ahead', async () => {
    const ahead = await provisioned({ iat: unixNow() + 30 });
    await ok(desk.boss.patch(`/users/${ahead.userId}`, { role: 'ADMIN' }));
    expectRefusal(await ahead.client.get('/auth/me'), 401, 'UNAUTHORIZED');
    const later = await signAgain(ahead, { role: 'AGENT', iat: unixNow() + 40 });
    await ok(later.client.get('/auth/me'));
  });

  test('an account, also when it is opened again', async () => {
    const person = await provisioned();
    await ok(desk.boss.delete(`/users/${person.userId}`), 204);
    expectRefusal(await person.client.get('/auth/me'), 401, 'UNAUTHORIZED');
    await ok(desk.boss.patch(`/users/${person.userId}`, { isActive: true }));
    expectRefusal(await person.client.get('/auth/me'), 401, 'UNAUTHORIZED');
    await ok((await signAgain(person)).client.get('/auth/me'));
  });

  test('by a token that was never dated', async () => {
    const person = await provisioned({ iat: undefined });
    expect(await roleOf(person.userId)).toBe('SUPER_ADMIN');
    await ok(desk.boss.patch(`/users/${person.userId}`, { role: 'ADMIN' }));
    const again = await signAgain(person, { iat: undefined, exp: unixNow() + 7_200 });
    for (const { client } of [person, again])
      expectRefusal(await client.get('/audit-log'), 401, 'UNAUTHORIZED');
    await ok((await signAgain(person, { role: 'AGENT' })).client.get('/auth/me'));
  });

  test('and the audit log hears of such a token', async () => {
    const person = await provisioned();
    await ok(desk.boss.patch(`/users/${person.userId}`, { role: 'ADMIN' }));
    expectRefusal(await person.client.get('/users'), 401, 'UNAUTHORIZED');
    const refusals = async () =>
      (
        await desk.db.query(`SELECT 1 FROM audit_log WHERE action = 'auth.token_refused' AND subject = $1`, [
          String(person.userId),
        ])
      ).rows.length;
    while ((await refusals()) === 0) await sleep(50);
  });
});

describe('POST /auth/logout-all', () => {
  test('ends the tokens of the backend with the logins, live connections included', async () => {
    const person = await provisioned();
    const socket = await crowd.enter(person.token);
    await ok(person.client.post('/auth/logout-all'), 204);
    await socket.gone();
    expectRefusal(await person.client.get('/auth/me'), 401, 'UNAUTHORIZED');
    expect(await ok((await signAgain(person)).client.get('/auth/me'))).toMatchObject({
      ...{ id: person.userId, role: 'SUPER_ADMIN' },
    });
  });
});

describe('the last super admin', () => {
  test('is the last who has a password: anyone who depends on a backend does not count', async () => {
    const { userId } = await provisioned();
    const last = await provisionStaff(desk, 'SUPER_ADMIN');
    await desk.db.query(
      `UPDATE users SET is_active = false WHERE role = 'SUPER_ADMIN' AND id <> ALL($1) AND password_hash IS NOT NULL`,
      [[last.id]],
    );
    const delegatedBoss = await provisioned();
    for (const change of [{ role: 'ADMIN' }, { isActive: false }])
      expectRefusal(await delegatedBoss.client.patch(`/users/${last.id}`, change), 409, 'LAST_SUPER_ADMIN');
    // Those without a password can go, also when they are all that there are beside.
    await ok(last.patch(`/users/${userId}`, { role: 'ADMIN' }));
    await desk.db.query('UPDATE users SET is_active = true WHERE id = $1', [desk.boss.id]);
    await ok(delegatedBoss.client.patch(`/users/${last.id}`, { role: 'ADMIN' }));
  });

  test('keeps the role when a backend names a lower one', async () => {
    const person = await provisioned();
    await ok(desk.boss.put(`/users/${person.userId}/password`, {}));
    await desk.db.query(`UPDATE users SET is_active = (id = $1) WHERE role = 'SUPER_ADMIN'`, [person.userId]);
    const agent = await signAgain(person, { role: 'AGENT' });
    expect(await ok(agent.client.get('/auth/me'))).toMatchObject({ role: 'SUPER_ADMIN' });
    await desk.db.query('UPDATE users SET is_active = true WHERE id = $1', [desk.boss.id]);
    const later = await signAgain(person, { role: 'AGENT', iat: unixNow() + 5 });
    expect(await ok(later.client.get('/auth/me'))).toMatchObject({ role: 'ADMIN' });
  });
});
