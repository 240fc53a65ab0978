import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { afterEach, beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import { createApp } from '../../src/app.setup.js';
import type { Config } from '../../src/platform/config/config.js';
import { createLogger } from '../../src/platform/logging/logger.js';
import { testConfig } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { httpRequest } from '../support/http.js';

const LISTED = 'https://www.charity.example';
const UNLISTED = 'https://blog.charity.example';

let database: TestDatabase;
let app: NestExpressApplication | undefined;
let url: string;
let log: { msg: string; context?: string }[];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
afterEach(() => app?.close());

async function open(overrides: Partial<Config> = {}): Promise<void> {
  log = [];
  const config = testConfig(database.url, { logLevel: 'warn', corsOrigins: [LISTED], ...overrides });
  const write = (line: string) => void log.push(JSON.parse(line) as { msg: string });
  app = await createApp(config, createLogger(config, { write }));
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
}

const ask = (headers: Record<string, string>, path = '/health/ping') => httpRequest(url + path, { headers });
const told = () => log.filter(({ context }) => context === 'Edge').map(({ msg }) => msg);

/** What advanced health says of one part: to this machine, and to somebody whose request came over a proxy. */
async function partOf(name: string, headers: Record<string, string> = {}) {
  const { parts } = (await (await ask(headers, '/health/advanced')).json()) as {
    parts: Record<string, { status: string; note: string }>;
  };
  return [parts[name]?.status, parts[name]?.note];
}

const BY_PROXY = { 'x-forwarded-for': '203.0.113.7' };

describe('a proxy that TRUSTED_PROXIES does not list', () => {
  test.each([
    ['X-Forwarded-For', BY_PROXY],
    ['Forwarded', { forwarded: 'for=203.0.113.7' }],
  ])('is logged once by %s, with what to set', async (_name, headers) => {
    await open();
    for (let round = 0; round < 3; round++) await ask(headers);
    expect(told()).toEqual([
      '127.0.0.1 forwards requests, but TRUSTED_PROXIES does not list it: all its visitors count as one. ' +
        'If it is your proxy, set TRUSTED_PROXIES=127.0.0.1',
    ]);
  });

  test('degrades health, which names it to this machine alone', async () => {
    await open({ trustedProxies: ['10.0.0.0/8'] });
    expect(await partOf('proxy', { via: '1.1 proxy' })).toEqual(['up', 'No unlisted proxy.']);
    await app?.close();
    await open({ trustedProxies: ['10.0.0.0/8'] });
    await ask(BY_PROXY);
    expect(await partOf('proxy', BY_PROXY)).toEqual([
      'degraded',
      'A proxy that TRUSTED_PROXIES does not list forwards requests; the log names it.',
    ]);
    expect(await partOf('proxy')).toEqual([
      'degraded',
      'TRUSTED_PROXIES does not list 127.0.0.1, which forwards requests: all its visitors count as one.',
    ]);
    expect(told()[0]).toContain('set TRUSTED_PROXIES=10.0.0.0/8,127.0.0.1');
  });

  test('is none that is listed, nor a visitor who comes directly', async () => {
    await open({ trustedProxies: ['127.0.0.1'] });
    await ask(BY_PROXY);
    await ask({});
    expect([told(), await partOf('proxy')]).toEqual([[], ['up', 'No unlisted proxy.']]);
  });
});

describe('a page whose origin CORS_ORIGINS does not list', () => {
  test('is logged once, named to this machine, and told so', async () => {
    await open();
    for (let round = 0; round < 3; round++) await ask({ origin: UNLISTED });
    expect(told()).toEqual([
      `A page at ${UNLISTED} uses the widget, but CORS_ORIGINS does not list it: browsers keep our answers from it. ` +
        `If it is yours, set CORS_ORIGINS=${LISTED},${UNLISTED}`,
    ]);
    expect(await partOf('origins', BY_PROXY)).toEqual([
      'up',
      'Pages that CORS_ORIGINS does not list use the widget; the log names them.',
    ]);
    expect(await partOf('origins')).toEqual([
      'up',
      `CORS_ORIGINS does not list ${UNLISTED}: the widget does not work on these pages.`,
    ]);
  });

  test('opened as a file is told to be one', async () => {
    await open();
    await ask({ origin: 'null' });
    expect(told()).toEqual([expect.stringContaining('one opened as a file, or in a sandbox')]);
  });

  test('is none that is listed, nor one of the desk itself at another address', async () => {
    await open();
    for (const origin of [LISTED, 'http://localhost:5005', url]) await ask({ origin });
    expect(told()).toEqual([]);
  });

  test('costs twenty lines at most, whatever strangers send', async () => {
    await open();
    for (let index = 0; index < 30; index++) await ask({ origin: `https://${index}.stranger.example` });
    await ask({ origin: `https://${'a'.repeat(300)}.example` });
    await ask({ origin: 'nonsense' });
    expect(told()).toHaveLength(20);
  });
});
