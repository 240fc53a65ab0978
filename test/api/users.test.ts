import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Database } from '../../src/platform/database/database.service.js';
import { createDonorSession } from '../factories/donor-session.factory.js';
import { createStaff, signIn, type SignedInStaff } from '../factories/staff.factory.js';
import { startApp, type TestApp } from '../support/app.js';
import { login, send } from './auth-client.js';

let server: TestApp;
let maria: SignedInStaff;

beforeAll(async () => {
  server = await startApp();
  maria = await createStaff(server.app, { username: 'maria', name: 'Maria', email: 'maria@example.org' });
  await createStaff(server.app, { username: 'ben', name: 'Ben', role: 'SUPER_ADMIN', availability: 'away' });
  await createStaff(server.app, { username: 'zoe', name: 'Zoe', team: 'MANAGER', availability: 'offline' });
  const gone = await createStaff(server.app, { username: 'gone', name: 'Gone' });
  await server.app.get(Database).user.update({ where: { id: gone.user.id }, data: { isActive: false } });
});
afterAll(async () => {
  await server.close();
});

const get = (path: string, headers: Record<string, string> = maria.headers) =>
  send(server, 'GET', path, { headers });

describe('GET /users', () => {
  test('lists colleagues by name, without email addresses or secrets', async () => {
    const { status, body } = await get('/users');
    expect(status).toBe(200);
    expect(body.map((user: { username: string }) => user.username)).toEqual(['ben', 'gone', 'maria', 'zoe']);
    expect(body[0]).toEqual({
      id: expect.any(Number),
      username: 'ben',
      name: 'Ben',
      avatar: null,
      role: 'SUPER_ADMIN',
      team: 'GENERAL',
      // Nobody has a dashboard open here.
      availability: 'offline',
      isActive: true,
    });
  });

  test.each([
    ['?active=true', ['ben', 'maria', 'zoe']],
    ['?active=false', ['gone']],
    ['?availability=online&active=true', []],
    ['?availability=offline&active=true', ['ben', 'maria', 'zoe']],
  ])('filters by %s', async (query, names) => {
    const { body } = await get(`/users${query}`);
    expect(body.map((user: { username: string }) => user.username)).toEqual(names);
  });

  test.each([
    '?active=yes',
    '?active[contains]=t',
    '?active=true&active=false',
    '?availability=busy',
    '?role=ADMIN',
  ])('refuses %s', async (query) => {
    expect((await get(`/users${query}`)).status).toBe(400);
  });

  test('is for staff', async () => {
    const donor = await createDonorSession(server.app);
    expect((await get('/users', donor.headers)).status).toBe(403);
    expect((await get('/users', {})).status).toBe(401);
  });
});

describe('GET /users/me', () => {
  test('is the same as GET /auth/me and holds no secret', async () => {
    const { body } = await get('/users/me');
    expect(body).toEqual((await get('/auth/me')).body);
    expect(Object.keys(body).sort()).toEqual(
      [
        ...['availability', 'avatar', 'email', 'id', 'isActive', 'mustChangePassword', 'mustEnrolTotp'],
        ...['chosenAvailability', 'locale', 'name', 'role', 'team'],
        ...['totpEnabled', 'username'],
      ].sort(),
    );
  });
});

describe('PUT /users/me/password', () => {
  const change = (staff: { headers: Record<string, string> }, body: unknown) =>
    send(server, 'PUT', '/users/me/password', { headers: staff.headers, body });

  test('ends every other login and goes on with the new tokens', async () => {
    const staff = await createStaff(server.app);
    const elsewhere = await signIn(server.app, staff.user);
    const next = 'a much better password';
    const { status, body, cookie } = await change(staff, {
      currentPassword: staff.password,
      newPassword: next,
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ expiresIn: 900, user: { id: staff.user.id } });
    for (const old of [staff, elsewhere]) {
      expect((await get('/users/me', old.headers)).status).toBe(401);
      expect((await send(server, 'POST', '/auth/refresh', { cookie: old.refreshToken })).status).toBe(401);
    }
    expect((await get('/users/me', { authorization: `Bearer ${body.accessToken}` })).status).toBe(200);
    expect((await send(server, 'POST', '/auth/refresh', { cookie: cookie!.value! })).status).toBe(200);
    expect((await login(server, staff.user.username, staff.password)).status).toBe(401);
    expect((await login(server, staff.user.username, next)).status).toBe(200);
    const rows = await server.app
      .get(Database)
      .auditEntry.findMany({ where: { action: 'auth.password_changed' } });
    expect(rows).toMatchObject([{ actorId: String(staff.user.id), data: {} }]);
  });

  test('needs the current password', async () => {
    const staff = await createStaff(server.app);
    const answer = await change(staff, { currentPassword: 'wrong', newPassword: 'a much better password' });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ location: 'currentPassword' }] } });
    expect((await get('/users/me', staff.headers)).status).toBe(200);
  });

  test.each([
    ['too short', 'short-pw-'],
    ['longer than bcrypt reads', 'x'.repeat(73)],
    ['longer in bytes than in characters', 'ü'.repeat(37)],
    ['the username', 'LONG-USERNAME-OF-SOMEBODY'],
    ['the username and a digit', 'long-username-of-somebody1'],
    ['on every list', 'password123'],
    ['a row of digits', '1234567890'],
    ['a row of keys', 'qwertyuiop'],
    ['one letter', 'a'.repeat(40)],
    ['common, in full-width letters', 'ｐａｓｓｗｏｒｄ１２３'],
  ])('refuses a password that is %s', async (_name, newPassword) => {
    const database = server.app.get(Database);
    await database.user.deleteMany({ where: { username: 'long-username-of-somebody' } });
    const staff = await createStaff(server.app, { username: 'long-username-of-somebody' });
    const answer = await change(staff, { currentPassword: staff.password, newPassword });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ location: 'newPassword' }] } });
    const row = await database.user.findUniqueOrThrow({ where: { id: staff.user.id } });
    expect(row.passwordHash).toBe(staff.user.passwordHash);
  });

  test('accepts exactly 10 and exactly 72 bytes', async () => {
    const staff = await createStaff(server.app);
    const first = await change(staff, { currentPassword: staff.password, newPassword: 'q7ü#Zw!9k' });
    expect(first.status).toBe(200);
    const headers = { authorization: `Bearer ${first.body.accessToken}` };
    expect(
      (
        await change(
          { headers },
          { currentPassword: 'q7ü#Zw!9k', newPassword: `${'kd8#Wq2z!m'.repeat(7)}ab` },
        )
      ).status,
    ).toBe(200);
  });
});

describe('PUT /users/me/availability', () => {
  test('changes the caller’s own and nobody else’s', async () => {
    const body = { availability: 'away' };
    const answer = await send(server, 'PUT', '/users/me/availability', { headers: maria.headers, body });
    const chosen = { availability: 'offline', chosenAvailability: 'away' };
    expect(answer).toMatchObject({ status: 200, body: { username: 'maria', ...chosen } });
    expect((await get('/users/me')).body).toMatchObject(chosen);
    const away = await server.app.get(Database).user.findMany({ where: { availability: 'away' } });
    expect(away.map(({ username }) => username).sort()).toEqual(['ben', 'maria']);
  });
});

describe('extra and malformed fields', () => {
  const extras = [
    'role',
    'isActive',
    'tokenVersion',
    'passwordHash',
    'id',
    'createdAt',
    'username',
    '__proto__',
  ];
  const routes: [string, Record<string, unknown>][] = [
    ['/users/me/availability', { availability: 'offline' }],
    ['/users/me/password', { currentPassword: 'x', newPassword: 'a much better password' }],
  ];
  test.each(routes)('change nothing: PUT %s', async (path, good) => {
    const read = () => server.app.get(Database).user.findUniqueOrThrow({ where: { id: maria.user.id } });
    const before = await read();
    for (const extra of extras) {
      const body = `${JSON.stringify(good).slice(0, -1)},"${extra}":{"a":1}}`;
      expect([extra, (await send(server, 'PUT', path, { headers: maria.headers, body })).status]).toEqual([
        extra,
        400,
      ]);
    }
    for (const field of Object.keys(good)) {
      for (const value of [null, 1, true, ['online'], { set: 'online' }, '']) {
        const answer = await send(server, 'PUT', path, {
          headers: maria.headers,
          body: { ...good, [field]: value },
        });
        expect([field, value, answer.status]).toEqual([field, value, 400]);
      }
    }
    expect(await read()).toEqual(before);
  });
});
