import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createStaff, type SignedInStaff } from '../factories/staff.factory.js';
import { startApp, type TestApp } from '../support/app.js';
import { login, send } from './auth-client.js';

const LIMIT = 2;
const ACCOUNT_LIMIT = 8;

let server: TestApp;
let staff: SignedInStaff;

async function start(overrides: Parameters<typeof startApp>[0]) {
  const plenty = { tickets: 1e6, reads: 1e6, messages: 1e6, staff: 1e6 };
  server = await startApp({ limits: { ...plenty, logins: LIMIT }, ...overrides });
  staff = await createStaff(server.app);
}

const refused = {
  status: 429,
  body: { error: 'RATELIMIT', message: expect.stringMatching(/only \d+ requests are allowed/) },
};

describe('login limits of a server that trusts no proxy', () => {
  beforeEach(() => start({}));
  afterEach(async () => {
    await server.close();
  });

  test('stop an address after LIMIT_LOGINS attempts a minute, right password or not', async () => {
    for (let tries = 0; tries < LIMIT; tries++)
      expect((await login(server, `user-${tries}`, 'wrong')).status).toBe(401);
    const answer = await login(server, staff.user.username, staff.password);
    expect(answer).toMatchObject(refused);
    expect(answer.cookie).toBeUndefined();
    const wait = Number(answer.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
  });

  test('cannot be got around by a made-up X-Forwarded-For', async () => {
    const statuses = [];
    for (let n = 0; n <= LIMIT; n++)
      statuses.push((await login(server, 'x', 'wrong', `203.0.113.${n}`)).status);
    expect(statuses).toEqual([401, 401, 429]);
  });

  test('count attempts that come all at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => login(server, staff.user.username, 'wrong')),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(LIMIT);
  });
});

describe('login limits of a server behind a proxy', () => {
  beforeAll(() => start({ trustedProxies: ['127.0.0.1'] }));
  afterAll(async () => {
    await server.close();
  });

  beforeEach(async () => {
    staff = await createStaff(server.app);
  });
  let addresses = 0;
  const newAddress = () => `203.0.113.${++addresses}`;

  /** As many wrong passwords as it takes, each from another address. */
  async function flood(username: string, times = ACCOUNT_LIMIT) {
    for (let n = 0; n < times; n++) {
      expect((await login(server, username, 'wrong', newAddress())).status).toBe(401);
    }
  }

  test('stop guessing at one account from many addresses, known or not, in the same words', async () => {
    const bodies = [];
    for (const username of [staff.user.username, 'nobody-at-all']) {
      await flood(username);
      const answer = await login(server, username.toUpperCase(), 'wrong', newAddress());
      expect(answer).toMatchObject(refused);
      bodies.push(answer.body.message);
    }
    expect(bodies[0]).toBe(bodies[1]);
  });

  test('do not lock the owner out of an address where they signed in before', async () => {
    expect((await login(server, staff.user.username, staff.password, '192.0.2.7')).status).toBe(200);
    await flood(staff.user.username, ACCOUNT_LIMIT - 1);
    expect((await login(server, staff.user.username, staff.password, newAddress())).status).toBe(429);
    expect((await login(server, staff.user.username, staff.password, '192.0.2.7')).status).toBe(200);
  });

  test('leave other accounts and addresses alone', async () => {
    await flood('somebody-else');
    expect((await login(server, staff.user.username, staff.password, newAddress())).status).toBe(200);
  });

  test('treat an IPv6 /64 as one address', async () => {
    const statuses = [];
    for (let n = 0; n <= LIMIT; n++)
      statuses.push((await login(server, 'x', 'wrong', `2001:db8:1:2::${n}`)).status);
    expect(statuses).toEqual([401, 401, 429]);
    expect((await login(server, 'x', 'wrong', '2001:db8:1:3::1')).status).toBe(401);
  });

  test('hold for the current password too', async () => {
    const body = { currentPassword: 'wrong', newPassword: 'a new good password' };
    const statuses = [];
    for (let n = 0; n <= ACCOUNT_LIMIT; n++) {
      statuses.push(
        (await send(server, 'PUT', '/users/me/password', { body, headers: staff.headers })).status,
      );
    }
    expect(statuses).toEqual([...Array<number>(ACCOUNT_LIMIT).fill(400), 429]);
  });
});

describe('the limit of refresh cookies', () => {
  beforeAll(() => start({ limits: { tickets: 1, reads: 1e6, messages: 1, logins: 1, staff: 3 } }));
  afterAll(async () => {
    await server.close();
  });

  test('is that of staff, whom an office address stands for', async () => {
    const statuses = [];
    for (let n = 0; n < 4; n++)
      statuses.push((await send(server, 'POST', '/auth/refresh', { cookie: `crt_${n}` })).status);
    expect(statuses).toEqual([401, 401, 401, 429]);
  });
});
