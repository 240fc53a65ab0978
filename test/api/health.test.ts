import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HealthProbes } from '../../src/platform/health/probes/health-probes.js';
import { Readiness } from '../../src/platform/health/readiness.js';
import { startApp, type TestApp } from '../support/app.js';
import { httpRequest } from '../support/http.js';

let server: TestApp;

beforeAll(async () => {
  server = await startApp();
});
afterAll(async () => {
  await server.close();
});

describe('health', () => {
  test('tells that process and database are up, and nothing about hosts or secrets', async () => {
    const answer = await httpRequest(`${server.url}/health`);
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
    const answer = await httpRequest(`${server.url}/health/ping`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'pong' }]);
  });

  test('is ready, and asks for other traffic as soon as it drains', async () => {
    expect((await httpRequest(`${server.url}/health/ready`)).status).toBe(200);
    const readiness = server.app.get(Readiness);
    readiness.drain();
    const answer = await httpRequest(`${server.url}/health/ready`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('2');
    expect(await answer.json()).toMatchObject({ success: false, error: 'SERVICE_UNAVAILABLE' });
    expect((await httpRequest(`${server.url}/health/ping`)).status).toBe(200);
    readiness.listening();
  });

  test('answers whatever token a prober sends along', async () => {
    const answer = await httpRequest(`${server.url}/health`, {
      headers: { authorization: 'Bearer nonsense' },
    });
    expect(answer.status).toBe(200);
  });

  test('counts against no limit', async () => {
    const answer = await httpRequest(`${server.url}/health/ping`);
    expect(answer.headers.get('x-ratelimit-limit')).toBeNull();
  });
});

/** A test may run on a machine that is busy or full: how these are is the machine's affair. */
const OF_THE_MACHINE = ['disk', 'eventLoop', 'memory'] as const;

describe('advanced health', () => {
  test('looks at every part', async () => {
    const answer = await httpRequest(`${server.url}/health/advanced`);
    const { parts, ...rest } = (await answer.json()) as { parts: Record<string, { status: string }> };
    const isWell = OF_THE_MACHINE.every((part) => parts[part]!.status === 'up');
    expect([answer.status, rest]).toEqual([
      200,
      {
        status: isWell ? 'ok' : 'degraded',
        uptime: expect.any(Number),
        version: expect.any(String),
        timestamp: expect.any(String),
      },
    ]);
    const up = { status: 'up', latencyMs: expect.any(Number) };
    const told = { ...up, note: expect.stringMatching(/\S/) };
    const machine = { ...told, status: expect.stringMatching(/^(up|degraded)$/) };
    expect(parts).toMatchObject({
      database: up,
      deadLetters: { ...up, note: 'None.' },
      disk: machine,
      eventLoop: machine,
      jobs: told,
      memory: machine,
      outbox: { ...up, note: 'No event waits.' },
      redis: { ...told, status: 'off' },
      video: { ...up, note: 'direct: Calls run directly between the browsers.' },
    });
  });

  test('looks once, however many ask', async () => {
    let looks = 0;
    const slow = {
      name: 'counted',
      check: () => Promise.resolve({ status: 'up' as const, note: `${++looks}` }),
    };
    server.app.get(HealthProbes).register(slow);
    const answers = await Promise.all(
      Array.from({ length: 20 }, async () => (await httpRequest(`${server.url}/health/advanced`)).json()),
    );
    expect(looks).toBe(1);
    expect(answers).toHaveLength(20);
  });

  test('believes a part that rests while it is up, and looks again when it is not', async () => {
    const probes = server.app.get(HealthProbes);
    const looks = { well: 0, ailing: 0 };
    const resting = (name: keyof typeof looks, status: 'up' | 'degraded') => ({
      name,
      restMs: 60_000,
      check: () => {
        looks[name] += 1;
        return Promise.resolve({ status });
      },
    });
    probes.register(resting('well', 'up'));
    probes.register(resting('ailing', 'degraded'));
    await probes.look();
    // A new part is looked at without delay, and all others with it.
    probes.register({ name: 'new', check: () => Promise.resolve({ status: 'up' as const }) });
    const found = await probes.look();
    expect(found).toContainEqual({ name: 'well', status: 'up', latencyMs: expect.any(Number) });
    expect(looks).toEqual({ well: 1, ailing: 2 });
  });
});

describe('a part in trouble', () => {
  const CANARY = 'canary-secret-7f3a';
  let troubled: TestApp;
  let parts: Record<string, { status: string; note?: string; latencyMs: number }>;
  let text: string;
  let status: number;

  beforeAll(async () => {
    troubled = await startApp({ metricsToken: CANARY });
    const probes = troubled.app.get(HealthProbes);
    probes.register({ name: 'throws', check: () => Promise.reject(new Error(`db.internal ${CANARY}`)) });
    probes.register({ name: 'hangs', check: () => new Promise(() => undefined) });
    const answer = await httpRequest(`${troubled.url}/health/advanced`);
    status = answer.status;
    text = await answer.text();
    ({ parts } = JSON.parse(text) as { parts: typeof parts });
  });
  afterAll(() => troubled.close());

  test('is told without its reasons, and is no reason to send nobody here', () => {
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ status: 'degraded' });
    expect(parts['throws']).toMatchObject({ status: 'down', note: 'It does not answer as it should.' });
    expect(text).not.toMatch(/canary|internal|127\.0\.0\.1|localhost|postgres/i);
  });

  test('that hangs is given up, and holds up nobody', () => {
    expect(parts['hangs']).toMatchObject({ status: 'down', note: 'No answer in time.' });
    expect(parts['database']).toMatchObject({ status: 'up' });
  });
});
