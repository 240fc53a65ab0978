import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { io } from 'socket.io-client';
import { createStaff, type SignedInStaff } from '../factories/staff.factory.js';
import { startApp, type TestApp } from '../support/app.js';
import { login, send } from './auth-client.js';

const PLENTY = 1_000_000;
const LIMITS = { tickets: PLENTY, reads: PLENTY, messages: PLENTY, logins: 3, staff: 4 };

let server: TestApp;
let staff: SignedInStaff;

beforeAll(async () => {
  server = await startApp({ limits: LIMITS, trustedProxies: ['127.0.0.1', '10.0.0.0/8'] });
  staff = await createStaff(server.app, { role: 'SUPER_ADMIN' });
});
afterAll(() => server.close());

/** The spellings of one visitor's address that proxies write. */
const SPELLINGS = (ip: string) => [
  `${ip}:50001`,
  `${ip}:50002`,
  `::ffff:${ip}`,
  `[::ffff:${ip}]:443`,
  `${ip}:50003, 10.0.0.5:6000`,
];

/** Why the server refuses a socket that brings a token of nobody. */
function refusalOf(forwarded: string): Promise<string> {
  const socket = io(server.url, {
    transports: ['websocket'],
    reconnection: false,
    auth: { token: 'nobody' },
    extraHeaders: { 'x-forwarded-for': forwarded },
  });
  return new Promise((resolve) => {
    socket.on('connect_error', (error) => {
      socket.disconnect();
      resolve((error as Error & { data?: { error?: string } }).data?.error ?? error.message);
    });
  });
}

describe('a forwarded address with a port or brackets', () => {
  test('counts for sign-in limits as the address alone', async () => {
    const statuses: number[] = [];
    for (const [index, spelling] of SPELLINGS('203.0.113.20').entries())
      statuses.push((await login(server, `nobody-${index}`, 'wrong-password', spelling)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
  });

  test('counts for sockets as the address alone, together with HTTP', async () => {
    const [first = '', second = '', ...others] = SPELLINGS('203.0.113.21');
    for (const spelling of [first, second]) {
      const headers = { 'x-forwarded-for': spelling, authorization: 'Bearer nobody' };
      expect((await send(server, 'GET', '/users/me', { headers })).status).toBe(401);
    }
    const refusals: string[] = [];
    for (const spelling of others) refusals.push(await refusalOf(spelling));
    expect(refusals).toEqual(['UNAUTHORIZED', 'UNAUTHORIZED', 'RATELIMIT']);
  });

  test('is in the audit log as the address alone', async () => {
    const answer = await login(server, staff.user.username, staff.password, '[::ffff:203.0.113.22]:443');
    expect(answer.status).toBe(200);
    const { headers } = staff;
    const log = await send(server, 'GET', '/audit-log?action=auth.login', { headers });
    expect((log.body as unknown as { ip: string }[])[0]?.ip).toBe('203.0.113.22');
  });
});

test('a forwarded text that is no address counts as the proxy itself', async () => {
  const texts = ['unknown', '_hidden', 'desk.example.org:443', '<script>', '203.0.113.300'];
  const statuses: number[] = [];
  for (const [index, text] of texts.entries())
    statuses.push((await login(server, `somebody-${index}`, 'wrong-password', text)).status);
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
});
