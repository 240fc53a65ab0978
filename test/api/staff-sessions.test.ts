import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Database } from '../../src/platform/database/database.service.js';
import { delegated, unixNow } from '../factories/delegated-token.factory.js';
import { createStaff, signIn, type SignedInStaff } from '../factories/staff.factory.js';
import { Crowd, type SocketPerson } from '../realtime/socket-person.js';
import { Client, expectRefusal, ok, TIME, UUID } from '../support/client.js';
import { openDesk, type Desk } from '../support/desk.js';
import { send } from './auth-client.js';

const SESSIONS = '/auth/sessions';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0';

let desk: Desk;
const crowd = new Crowd(() => desk.server.url);
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => {
  crowd.leave();
  await desk.close();
});

/** One sign-in of somebody. */
interface SignedIn {
  id: string;
  client: Client;
  token: string;
  refreshToken: string;
}

function signedInAs(
  at: Desk,
  { token, refreshToken, headers }: Omit<SignedInStaff, 'user' | 'password'>,
): SignedIn {
  const { sid: id } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  return { id, client: new Client(at.server, headers), token, refreshToken };
}

/** Somebody with three sign-ins; the first of them was made first. */
async function personWithThree(role = 'ADMIN', at = desk) {
  const staff = await createStaff(at.server.app, { role });
  const further = async () => signedInAs(at, await signIn(at.server.app, staff.user));
  return {
    userId: staff.user.id,
    first: signedInAs(at, staff),
    second: await further(),
    third: await further(),
  };
}

const idsOf = async (client: Client, path = SESSIONS): Promise<string[]> =>
  (await ok(client.get(path))).map(({ id }: { id: string }) => id);
const refresh = ({ refreshToken }: SignedIn) =>
  send(desk.server, 'POST', '/auth/refresh', { cookie: refreshToken });

/** What the audit log says of ended sign-ins of somebody. */
async function endsOf(userId: number) {
  const { rows } = await desk.db.query(
    `SELECT action, actor_id, data FROM audit_log WHERE subject = $1 AND action LIKE '%session%ended' ORDER BY id`,
    [String(userId)],
  );
  return rows;
}

async function expectEnded(session: SignedIn, socket: SocketPerson): Promise<void> {
  await socket.gone();
  expect(socket.payloads('error')).toEqual([{ error: 'UNAUTHORIZED', message: expect.any(String) }]);
  expectRefusal(await session.client.get('/users/me'), 401, 'UNAUTHORIZED');
  expect((await refresh(session)).status).toBe(401);
}

/** Its access token, its live connection and its refresh token work. */
async function expectUsable(session: SignedIn, socket: SocketPerson): Promise<void> {
  await ok(session.client.get('/users/me'));
  await socket.must('admin_join_ticket_monitor');
  expect(socket.payloads('error')).toEqual([]);
  expect((await refresh(session)).status).toBe(200);
}

describe('GET /auth/sessions', () => {
  test('lists where the caller is signed in, the one used last first, and says which one asks', async () => {
    const { first, second, third } = await personWithThree();
    await send(desk.server, 'POST', '/auth/refresh', {
      cookie: second.refreshToken,
      headers: { 'user-agent': FIREFOX },
    });
    const sessions = await ok(third.client.get(SESSIONS));
    expect(sessions.map(({ id, current }: { id: string; current: boolean }) => [id, current])).toEqual([
      [second.id, false],
      [third.id, true],
      [first.id, false],
    ]);
    expect(sessions[0]).toEqual({
      ...{ id: UUID, createdAt: TIME, lastUsedAt: TIME, current: false },
      ...{ userAgent: FIREFOX, address: '127.0.0.1', secondFactor: false },
    });
    expect(sessions[0].lastUsedAt > sessions[0].createdAt).toBe(true);
  });

  test('leaves out those of others, ended ones and expired ones', async () => {
    const { userId, first, second, third } = await personWithThree();
    await send(desk.server, 'POST', '/auth/logout', { cookie: second.refreshToken });
    await desk.db.query('UPDATE refresh_tokens SET expires_at = now() WHERE login_id = $1', [third.id]);
    expect(await idsOf(first.client)).toEqual([first.id]);
    expect(await idsOf(desk.boss, `/users/${userId}/sessions`)).toEqual([first.id]);
    expectRefusal(await first.client.delete(`${SESSIONS}/${third.id}`), 404, 'NOT_FOUND');
  });

  test('says of a sign-in whether it has a second factor', async () => {
    const { first, second } = await personWithThree();
    await desk.db.query('UPDATE staff_logins SET second_factor = true WHERE id = $1', [second.id]);
    const sessions: { id: string; secondFactor: boolean }[] = await ok(first.client.get(SESSIONS));
    expect(sessions.filter(({ secondFactor }) => secondFactor).map(({ id }) => id)).toEqual([second.id]);
  });

  test('is bounded: the oldest of many come into it as newer ones end', async () => {
    const { userId, first, third } = await personWithThree();
    const database = desk.server.app.get(Database);
    const used = new Date(Date.now() + 1_000);
    const many = Array.from({ length: 99 }, () => ({ id: randomUUID(), userId, lastUsedAt: used }));
    await database.staffLogin.createMany({ data: many });
    const token = (loginId: string) => ({
      loginId,
      tokenHash: Buffer.from(loginId),
      expiresAt: new Date(Date.now() + 60_000),
    });
    await database.refreshToken.createMany({ data: many.map(({ id }) => token(id)) });
    const listed = await idsOf(first.client);
    expect(listed).toHaveLength(100);
    expect(listed[99]).toBe(third.id);
    await ok(first.client.delete(SESSIONS), 204);
    expect(await idsOf(first.client)).toEqual([first.id]);
  });

  test('is empty for the bearer of a backend’s token, who can end none either', async () => {
    const { client } = await delegated(desk.server, { role: 'ADMIN', iat: unixNow() });
    const { id: userId } = await ok(client.get('/auth/me'));
    const user = await desk.server.app.get(Database).user.findUniqueOrThrow({ where: { id: userId } });
    const own = signedInAs(desk, await signIn(desk.server.app, user));
    expect(await ok(client.get(SESSIONS))).toEqual([]);
    expectRefusal(await client.delete(`${SESSIONS}/${own.id}`), 404, 'NOT_FOUND');
    await ok(client.delete(SESSIONS), 204);
    await ok(own.client.get('/users/me'));
  });
});

describe('DELETE /auth/sessions/:id', () => {
  test('ends that one at once, tokens and live connection; the others go on', async () => {
    const { userId, first, second, third } = await personWithThree();
    const sockets = [await crowd.enter(first.token), await crowd.enter(second.token)] as const;
    // The server has both in its memory.
    await Promise.all([first.client.get('/users/me'), second.client.get('/users/me')]);
    const answer = await first.client.delete(`${SESSIONS}/${second.id}`);
    expect({ status: answer.status, cookies: answer.headers.getSetCookie() }).toEqual({
      status: 204,
      cookies: [],
    });
    await expectEnded(second, sockets[1]);
    await expectUsable(first, sockets[0]);
    expect(await idsOf(first.client)).toEqual([first.id, third.id]);
    expect(await endsOf(userId)).toEqual([
      {
        action: 'auth.session_ended',
        actor_id: String(userId),
        data: { sessionId: second.id, userAgent: 'node', address: '127.0.0.1' },
      },
    ]);
  });

  test('clears the refresh cookie when it is the one that asks', async () => {
    const { first, second } = await personWithThree();
    const socket = await crowd.enter(first.token);
    const [cookie] = (
      await first.client.delete(`${SESSIONS}/${first.id.toUpperCase()}`)
    ).headers.getSetCookie();
    expect(cookie).toMatch(/^concierge_refresh=; Path=\/api\/v1\/auth; Expires=Thu, 01 Jan 1970/);
    await expectEnded(first, socket);
    await ok(second.client.get('/users/me'));
  });

  test('is 404 for an unknown one, somebody else’s and an ended one, and nothing is written', async () => {
    const { userId, first, second } = await personWithThree();
    const other = await personWithThree();
    await ok(first.client.delete(`${SESSIONS}/${second.id}`), 204);
    for (const id of [randomUUID(), other.first.id, second.id])
      expectRefusal(await first.client.delete(`${SESSIONS}/${id}`), 404, 'NOT_FOUND', `${SESSIONS}/${id}`);
    expectRefusal(await first.client.delete(`${SESSIONS}/garbage`), 400, 'BAD_REQUEST');
    await ok(other.first.client.get('/users/me'));
    expect(await endsOf(userId)).toHaveLength(1);
    expect(await endsOf(other.userId)).toEqual([]);
  });

  test('ends it once when it is asked for twice at the same time', async () => {
    const { userId, first, second, third } = await personWithThree();
    const path = `${SESSIONS}/${second.id}`;
    const answers = await Promise.all([first.client.delete(path), third.client.delete(path)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect(await endsOf(userId)).toHaveLength(1);
  });

  test('lets no refresh slip past it', async () => {
    const { first, second } = await personWithThree();
    const [refreshed] = await Promise.all([refresh(second), first.client.delete(`${SESSIONS}/${second.id}`)]);
    const { cookie } = refreshed;
    if (refreshed.status === 200)
      expect((await send(desk.server, 'POST', '/auth/refresh', { cookie: cookie!.value! })).status).toBe(401);
    expect(await desk.server.app.get(Database).refreshToken.count({ where: { loginId: second.id } })).toBe(0);
  });
});

describe('DELETE /auth/sessions', () => {
  test('ends all of the caller’s but the one that asks; again it changes nothing', async () => {
    const { userId, first, second, third } = await personWithThree();
    const sockets = [
      await crowd.enter(first.token),
      await crowd.enter(second.token),
      await crowd.enter(third.token),
    ] as const;
    for (let n = 0; n < 2; n++) await ok(second.client.delete(SESSIONS), 204);
    await expectEnded(first, sockets[0]);
    await expectEnded(third, sockets[2]);
    await expectUsable(second, sockets[1]);
    expect(await idsOf(second.client)).toEqual([second.id]);
    expect(await endsOf(userId)).toEqual([
      { action: 'auth.other_sessions_ended', actor_id: String(userId), data: { count: 2 } },
    ]);
  });
});

describe('a super admin', () => {
  test('sees where a colleague is signed in, and ends one of these', async () => {
    const { userId, first, second, third } = await personWithThree();
    const sockets = [await crowd.enter(first.token), await crowd.enter(second.token)] as const;
    const path = `/users/${userId}/sessions`;
    const sessions: { id: string; current: boolean }[] = await ok(desk.boss.get(path));
    expect(sessions.map(({ id }) => id)).toEqual([third.id, second.id, first.id]);
    expect(sessions.some(({ current }) => current)).toBe(false);
    await ok(desk.boss.delete(`${path}/${second.id}`), 204);
    await expectEnded(second, sockets[1]);
    await expectUsable(first, sockets[0]);
    expect(await endsOf(userId)).toEqual([
      {
        action: 'user.session_ended',
        actor_id: String(desk.boss.id),
        data: { sessionId: second.id, userAgent: 'node', address: '127.0.0.1' },
      },
    ]);
  });

  test('gets 404 for nobody, and for a session of somebody else or an ended one', async () => {
    const { userId, first, second } = await personWithThree();
    expectRefusal(await desk.boss.get('/users/2000000000/sessions'), 404, 'NOT_FOUND');
    expectRefusal(await desk.boss.delete(`/users/2000000000/sessions/${first.id}`), 404, 'NOT_FOUND');
    expectRefusal(await desk.boss.delete(`/users/${desk.admin.id}/sessions/${first.id}`), 404, 'NOT_FOUND');
    await ok(first.client.delete(`${SESSIONS}/${second.id}`), 204);
    expectRefusal(await desk.boss.delete(`/users/${userId}/sessions/${second.id}`), 404, 'NOT_FOUND');
    await ok(first.client.get('/users/me'));
  });

  test('who ends the own one this way is signed out as well', async () => {
    const { userId, first } = await personWithThree('SUPER_ADMIN');
    const answer = await first.client.delete(`/users/${userId}/sessions/${first.id}`);
    expect(answer.status).toBe(204);
    expect(answer.headers.getSetCookie()).toEqual([expect.stringMatching(/^concierge_refresh=; /)]);
    expectRefusal(await first.client.get('/users/me'), 401, 'UNAUTHORIZED');
  });
});

describe('a login that must do something first', () => {
  test.each([
    ['choose a password', 'ADMIN', true],
    ['set up a second factor', 'SUPER_ADMIN', false],
  ])('such as %s sees its own and ends them, and nobody else’s', async (_, role, oneTimePassword) => {
    const strict = await openDesk({ totpRequiredRoles: ['SUPER_ADMIN'] });
    try {
      const { first, second, third } = await personWithThree(role, strict);
      const sql = 'UPDATE staff_logins SET one_time_password = $2 WHERE id = $1';
      await strict.db.query(sql, [third.id, oneTimePassword]);
      const { client } = third;
      expect((await client.get('/tickets')).status).toBe(403);
      expect(await idsOf(client)).toEqual([third.id, second.id, first.id]);
      await ok(client.delete(`${SESSIONS}/${second.id}`), 204);
      await ok(client.delete(SESSIONS), 204);
      expect(await idsOf(client)).toEqual([third.id]);
      expect((await client.get(`/users/${strict.admin.id}/sessions`)).status).toBe(403);
      await ok(client.delete(`${SESSIONS}/${third.id}`), 204);
      expectRefusal(await client.get('/users/me'), 401, 'UNAUTHORIZED');
    } finally {
      await strict.close();
    }
  });
});
