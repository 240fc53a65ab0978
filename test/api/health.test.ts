import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Readiness } from '../../src/platform/health/readiness.js';
import { startApp, type TestApp } from '../support/app.js';

let server: TestApp;

beforeAll(async () => {
  server = await startApp();
});
afterAll(async () => {
  await server.close();
});

describe('health', () => {
  test('tells that process and database are up, and nothing about hosts or secrets', async () => {
    const answer = await fetch(`${server.url}/health`);
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      status: 'ok',
      database: 'up',
      uptime: expect.any(Number),
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      timestamp: expect.any(String),
    });
    expect(text).not.toMatch(/127\.0\.0\.1|localhost|postgres/i);
  });

  test('pings', async () => {
    const answer = await fetch(`${server.url}/health/ping`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'pong' }]);
  });

  test('is ready, and asks for other traffic as soon as it drains', async () => {
    expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    const readiness = server.app.get(Readiness);
    readiness.drain();
    const answer = await fetch(`${server.url}/health/ready`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.json()).toMatchObject({ success: false, error: 'SERVICE_UNAVAILABLE' });
    expect((await fetch(`${server.url}/health/ping`)).status).toBe(200);
    readiness.listening();
  });

  test('answers whatever token a prober sends along', async () => {
    const answer = await fetch(`${server.url}/health`, { headers: { authorization: 'Bearer nonsense' } });
    expect(answer.status).toBe(200);
  });

  test('counts against no limit', async () => {
    const answer = await fetch(`${server.url}/health/ping`);
    expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
  });
});
