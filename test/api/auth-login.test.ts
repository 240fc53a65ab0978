import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Passwords } from '../../src/domain/staff/login/passwords.js';
import { Database } from '../../src/platform/database/database.service.js';
import { createStaff, type SignedInStaff } from '../factories/staff.factory.js';
import { startApp, type TestApp } from '../support/app.js';
import { login, send } from './auth-client.js';

let server: TestApp;
let staff: SignedInStaff;

beforeAll(async () => {
  server = await startApp();
  staff = await createStaff(server.app, { name: 'Maria', email: 'maria@example.org', team: 'TECHNICAL' });
});
afterAll(async () => {
  await server.close();
});

const audit = (where: object) =>
  server.app.get(Database).auditEntry.findMany({ where, orderBy: { id: 'asc' } });

describe('POST /auth/login', () => {
  test('answers with an access token, who it is, and a cookie that scripts cannot read', async () => {
    const { status, body, cookie } = await login(server, staff.user.username, staff.password);
    expect(status).toBe(200);
    expect(body).toEqual({
      accessToken: expect.stringMatching(/^ey/),
      expiresIn: 900,
      user: {
        id: staff.user.id,
        username: staff.user.username,
        name: 'Maria',
        email: 'maria@example.org',
        role: 'ADMIN',
        team: 'TECHNICAL',
        avatar: null,
        availability: 'offline',
        chosenAvailability: 'online',
        isActive: true,
        totpEnabled: false,
        locale: null,
        mustChangePassword: false,
        mustEnrolTotp: false,
      },
    });
    expect(cookie).toMatchObject({
      name: 'concierge_refresh',
      value: expect.stringMatching(/^crt_[\w-]{43}$/),
      httpOnly: true,
      sameSite: 'strict',
      path: '/api/v1/auth',
      maxAge: 30 * 24 * 3600,
    });
    expect(cookie?.secure).toBeUndefined();
    expect(cookie?.domain).toBeUndefined();
    const headers = { authorization: `Bearer ${body.accessToken}` };
    expect((await send(server, 'GET', '/auth/me', { headers })).body).toEqual(body.user);
  });

  test('does not care how the username is written', async () => {
    const shouted = ` ${staff.user.username.toUpperCase()} `;
    expect((await login(server, shouted, staff.password)).status).toBe(200);
  });

  test('takes passwords in any script, as they are', async () => {
    const unicode = await createStaff(server.app, { password: ' пароль 密码 🔑 ' });
    expect((await login(server, unicode.user.username, ' пароль 密码 🔑 ')).status).toBe(200);
    expect((await login(server, unicode.user.username, 'пароль 密码 🔑')).status).toBe(401);
  });

  test('does not read a longer password up to where bcrypt stops', async () => {
    const long = 'x'.repeat(72);
    const careful = await createStaff(server.app, { password: long });
    expect((await login(server, careful.user.username, long)).status).toBe(200);
    expect((await login(server, careful.user.username, `${long}y`)).status).toBe(401);
  });

  test('ignores an Authorization header, however old', async () => {
    const body = { username: staff.user.username, password: staff.password };
    const headers = { authorization: 'Bearer long-expired' };
    expect((await send(server, 'POST', '/auth/login', { body, headers })).status).toBe(200);
  });

  test('keeps only hashes of refresh tokens', async () => {
    const { cookie } = await login(server, staff.user.username, staff.password);
    const where = { login: { userId: staff.user.id } };
    const rows = await server.app.get(Database).refreshToken.findMany({ where });
    expect(rows.map((row) => Buffer.from(row.tokenHash).length)).toEqual(rows.map(() => 32));
    expect(JSON.stringify(rows)).not.toContain(cookie!.value!);
  });
});

describe('a refused login', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('looks and works the same for an unknown user, a wrong password and a closed account', async () => {
    const closed = await createStaff(server.app);
    await server.app.get(Database).user.update({ where: { id: closed.user.id }, data: { isActive: false } });
    const bodiless = await createStaff(server.app, { passwordHash: null });
    const compared = jest.spyOn(server.app.get(Passwords), 'matches');
    const answers = [
      await login(server, 'nobody-at-all', 'some password'),
      await login(server, staff.user.username, 'some password'),
      await login(server, closed.user.username, closed.password),
      await login(server, bodiless.user.username, 'some password'),
    ];
    const seen = answers.map(({ status, body, cookie }) => {
      const { timestamp: _timestamp, requestId: _requestId, ...rest } = body;
      return { status, cookie, rest };
    });
    expect(seen[0]).toMatchObject({ status: 401, cookie: undefined, rest: { error: 'UNAUTHORIZED' } });
    expect(seen).toEqual(seen.map(() => seen[0]));
    expect(compared).toHaveBeenCalledTimes(4);
  });

  test('is remembered without password or unknown name; so is a successful one', async () => {
    await login(server, 'my-secret-password', 'other-secret-password');
    await login(server, staff.user.username, 'wrong-secret-password');
    const failures = await audit({ action: 'auth.login_failed' });
    expect(failures.at(-2)).toMatchObject({
      subject: null,
      data: { reason: 'unknown_user' },
      ip: '127.0.0.1',
    });
    expect(failures.at(-1)).toMatchObject({
      subject: String(staff.user.id),
      data: { reason: 'wrong_password' },
    });
    const successes = await audit({
      action: 'auth.login',
      actorId: String(staff.user.id),
      actorType: 'staff',
    });
    expect(successes.length).toBeGreaterThan(0);
    const everything = await audit({});
    const text = everything.map((row) => JSON.stringify({ ...row, id: String(row.id) })).join('\n');
    expect(text).not.toMatch(/secret-password/);
    expect(text).not.toContain(staff.password);
  });
});

describe('a malformed login', () => {
  const good = { username: 'maria', password: 'a good password' };
  const cases: [string, unknown][] = [
    ['no body', undefined],
    ['an array', []],
    ['no password', { username: 'maria' }],
    ['an empty username', { ...good, username: '' }],
    ['a username that is an object', { ...good, username: { contains: '' } }],
    ['a username that is a list', { ...good, username: ['maria'] }],
    ['a password that is a number', { ...good, password: 1234567890 }],
    ['a very long username', { ...good, username: 'm'.repeat(101) }],
    ['a very long password', { ...good, password: 'm'.repeat(201) }],
    ['a NUL', { ...good, username: 'maria\u0000' }],
    ['a further field', { ...good, role: 'SUPER_ADMIN' }],
    ['__proto__', '{"username":"maria","password":"a good password","__proto__":{"role":"SUPER_ADMIN"}}'],
    ['constructor', { ...good, constructor: { prototype: {} } }],
  ];
  test.each(cases)('is a 400: %s', async (_name, body) => {
    const answer = await send(server, 'POST', '/auth/login', { body });
    expect(answer).toMatchObject({ status: 400, body: { error: 'BAD_REQUEST', success: false } });
    expect(answer.cookie).toBeUndefined();
  });
});

describe('over https', () => {
  let secure: TestApp;
  beforeAll(async () => {
    secure = await startApp({ publicUrl: 'https://help.example.org' });
  });
  afterAll(async () => {
    await secure.close();
  });

  test('the cookie is Secure and bound to this host', async () => {
    const maria = await createStaff(secure.app);
    const { cookie } = await login(secure, maria.user.username, maria.password);
    expect(cookie).toMatchObject({
      name: '__Host-concierge_refresh',
      httpOnly: true,
      sameSite: 'strict',
      secure: true,
      path: '/',
    });
    expect(cookie?.domain).toBeUndefined();
    const headers = { cookie: `__Host-concierge_refresh=${cookie!.value}` };
    expect((await send(secure, 'POST', '/auth/refresh', { headers })).status).toBe(200);
    const unprefixed = { cookie: `concierge_refresh=${cookie!.value}` };
    expect((await send(secure, 'POST', '/auth/refresh', { headers: unprefixed })).status).toBe(401);
  });
});
