import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Limits } from '../../src/platform/http/throttling/limits.js';
import { startApp, type TestApp } from '../support/app.js';
import { httpRequest } from '../support/http.js';

const LIMITS = { tickets: 3, reads: 5, messages: 4, logins: 2, staff: 8 };

let server: TestApp;
let behindProxy: TestApp;

beforeAll(async () => {
  server = await startApp({ limits: LIMITS });
  behindProxy = await startApp({ limits: LIMITS, trustedProxies: ['127.0.0.1'] });
});
afterAll(async () => {
  await server.close();
  await behindProxy.close();
});

function categories(url: string, forwarded: string): Promise<Response> {
  return httpRequest(`${url}/api/v1/tickets/categories`, { headers: { 'x-forwarded-for': forwarded } });
}

describe('limits', () => {
  test('count down in headers and end in a 429 that says when to come back', async () => {
    const seen: (string | null)[] = [];
    for (let index = 0; index < LIMITS.reads; index += 1) {
      const answer = await categories(behindProxy.url, '203.0.113.1');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-ratelimit-limit')).toBe('5');
      seen.push(answer.headers.get('x-ratelimit-remaining'));
    }
    expect(seen).toEqual(['4', '3', '2', '1', '0']);
    const refused = await categories(behindProxy.url, '203.0.113.1');
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      success: false,
      statusCode: 429,
      error: 'RATELIMIT',
      message: 'You are being ratelimited, only 5 requests are allowed',
    });
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0');
  });

  test('count each caller alone, behind a proxy that is trusted', async () => {
    expect((await categories(behindProxy.url, '203.0.113.2')).headers.get('x-ratelimit-remaining')).toBe('4');
    expect((await categories(behindProxy.url, '203.0.113.3')).headers.get('x-ratelimit-remaining')).toBe('4');
  });

  test('take the addresses of one IPv6 network for one caller', async () => {
    expect((await categories(behindProxy.url, '2001:db8:1:2::a')).headers.get('x-ratelimit-remaining')).toBe(
      '4',
    );
    expect((await categories(behindProxy.url, '2001:db8:1:2::b')).headers.get('x-ratelimit-remaining')).toBe(
      '3',
    );
    expect((await categories(behindProxy.url, '2001:db8:1:3::a')).headers.get('x-ratelimit-remaining')).toBe(
      '4',
    );
  });

  test('cannot be dodged by X-Forwarded-For without a trusted proxy', async () => {
    const statuses: number[] = [];
    for (let index = 0; index <= LIMITS.reads; index += 1) {
      statuses.push((await categories(server.url, `198.51.100.${index}`)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
  });

  test('are separate by class, and refused requests open no ticket', async () => {
    const create = () =>
      httpRequest(`${server.url}/api/v1/tickets`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ donorId: 'd', donorEmail: 'd@example.org' }),
      });
    const statuses: number[] = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await create()).status);
    expect(statuses).toEqual([201, 201, 201, 429]);
  });

  test('are shared with sockets, and staff have their own', async () => {
    const limits = server.app.get(Limits);
    const donor = { kind: 'donor', key: 'd:1' } as const;
    for (let index = 0; index < LIMITS.messages; index += 1) await limits.spend('messages', donor);
    await expect(limits.spend('messages', donor)).rejects.toMatchObject({ code: 'RATELIMIT', status: 429 });
    const staff = { kind: 'staff', key: 'u:1' } as const;
    for (let index = 0; index < LIMITS.staff; index += 1) await limits.spend('messages', staff);
    await expect(limits.spend('reads', staff)).rejects.toMatchObject({ code: 'RATELIMIT' });
  });
});
