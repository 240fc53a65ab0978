import type { NestExpressApplication } from '@nestjs/platform-express';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { createApp } from '../../src/app.setup.js';
import { sharedSecret } from '../../src/platform/config/delegated-keys.js';
import { Readiness } from '../../src/platform/health/readiness.js';
import { createLogger } from '../../src/platform/logging/logger.js';
import { testConfig } from '../support/app.js';
import { startPostgres, type PrivatePostgres } from '../support/database.js';
import { httpRequest } from '../support/http.js';

const CANARY = 'canary-5d1e77';
jest.setTimeout(60_000);

let postgres: PrivatePostgres;
let app: NestExpressApplication;
let url: string;
const log: string[] = [];

beforeAll(async () => {
  postgres = await startPostgres();
  const database = await postgres.createDatabase();
  const secret = `${CANARY}-Zk3vQ9xT1mPs7LwB4nRy8HcD2fJ6gKaE`;
  const config = testConfig(database.url, {
    logLevel: 'debug',
    environment: 'production',
    secrets: { jwt: secret, encryption: secret },
    delegated: { keys: [sharedSecret(secret)], audience: undefined },
  });
  app = await createApp(config, createLogger(config, { write: (line) => void log.push(line) }));
  await app.listen(0, '127.0.0.1');
  app.get(Readiness).listening();
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
});
afterAll(async () => {
  await app.close();
  await postgres.remove();
});

function createTicket(): Promise<Response> {
  return httpRequest(`${url}/api/v1/tickets?note=${CANARY}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': 'key-of-one-donor',
      cookie: `a=${CANARY}`,
    },
    body: JSON.stringify({ donorId: 'd', donorEmail: `${CANARY}@example.org`, description: CANARY }),
  });
}

function asStaff(): Promise<Response> {
  return httpRequest(`${url}/api/v1/tickets`, { headers: { authorization: `Bearer ${CANARY}` } });
}

/** Which part is unavailable, and not where it was; figures that need no database go on. */
async function expectPartsToBeTold(): Promise<void> {
  const advanced = await httpRequest(`${url}/health/advanced`);
  const told = await advanced.text();
  expect(advanced.status).toBe(503);
  expect(JSON.parse(told)).toMatchObject({
    status: 'down',
    parts: { database: { status: 'down' }, jobs: { status: 'down' }, memory: { status: 'up' } },
  });
  const figures = await (await httpRequest(`${url}/metrics`)).text();
  expect(figures).toMatch(/^concierge_sockets_connected 0$/m);
  expect(told + figures).not.toMatch(/ECONN|127\.0\.0\.1|prisma|postgres|select|insert|canary/i);
}

test('while the database is unavailable requests get a 503 quickly, and afterwards all is well without a restart', async () => {
  expect((await createTicket()).status).toBe(201);
  await postgres.kill();

  // The sessions of a postmaster that was killed outlive it by a moment, and answer.
  let answer = await createTicket();
  while (answer.status === 201) answer = await createTicket();
  const text = await answer.text();
  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(JSON.parse(text)).toMatchObject({ success: false, error: 'SERVICE_UNAVAILABLE' });
  expect(text).not.toMatch(/ECONN|127\.0\.0\.1|prisma|postgres|select|insert/i);

  expect(await (await httpRequest(`${url}/health`)).json()).toMatchObject({
    status: 'degraded',
    database: 'down',
  });
  expect((await httpRequest(`${url}/health/ready`)).status).toBe(503);
  expect((await httpRequest(`${url}/health/ping`)).status).toBe(200);
  await expectPartsToBeTold();

  await postgres.start();
  while ((await httpRequest(`${url}/health/ready`)).status !== 200) await sleep(50);
  const replayed = await createTicket();
  expect([replayed.status, replayed.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
});

test('neither the log nor an answer shows a secret, a stack or a statement', async () => {
  const answers = [
    await createTicket(),
    await asStaff(),
    await httpRequest(`${url}/api/v1/tickets/${CANARY}`),
  ];
  for (const answer of answers) {
    expect(await answer.text()).not.toMatch(/ {4}at |node_modules|\.ts:|\.js:|prisma|postgres/i);
  }
  expect(log.filter((line) => line.includes(CANARY))).toEqual([]);
  expect(log.filter((line) => line.includes('"status":503'))).not.toEqual([]);
});
