import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../src/app.setup.js';
import type { Config } from '../../src/platform/config/config.js';
import { sharedSecret } from '../../src/platform/config/delegated-keys.js';
import { Readiness } from '../../src/platform/health/readiness.js';
import { createTestDatabase, type TestDatabase } from './database.js';

/** A running application of a test's own, on a database of its own. */
export interface TestApp {
  app: NestExpressApplication;
  /** `http://127.0.0.1:<port>`, without a slash. */
  url: string;
  database: TestDatabase;
  config: Config;
  /** Stops the application and drops its database. */
  close(): Promise<void>;
}

const PLENTY = 1_000_000;

/** Direct calls, unless told otherwise. */
export function videoConfig(overrides: Partial<Config['video']>): Config['video'] {
  return {
    provider: 'direct',
    dailyApiKey: undefined,
    dailyApiUrl: 'http://127.0.0.1:1/v1',
    dailyDomainId: undefined,
    dailyWebhookSecret: undefined,
    videosdkApiKey: undefined,
    videosdkSecretKey: undefined,
    videosdkApiUrl: 'http://127.0.0.1:1/v2',
    iceServers: '',
    turnSecret: undefined,
    callRequestTtl: 120,
    ...overrides,
  };
}

/** Everything set, nothing from the environment: quiet, direct video, limits that no test meets by accident. */
export function testConfig(databaseUrl: string, overrides: Partial<Config> = {}): Config {
  return {
    environment: 'test',
    port: 0,
    publicUrl: 'http://localhost:5005',
    dataDir: join(tmpdir(), `concierge-test-data-${process.pid}`),
    logLevel: 'silent',
    role: 'all',
    skipPrebuild: false,
    // A busy machine may take long to fork a server process.
    database: { url: databaseUrl, pool: 5, connectTimeout: 20_000 },
    redisUrl: undefined,
    secrets: { jwt: secret(), encryption: secret() },
    delegated: { keys: [sharedSecret(secret())], audience: undefined },
    seed: { superAdminPassword: undefined, adminPassword: undefined },
    totpRequiredRoles: [],
    auditRetentionDays: 400,
    donorAccess: 'link',
    corsOrigins: [],
    trustedProxies: [],
    metricsToken: undefined,
    video: videoConfig({}),
    mail: { smtpUrl: undefined, from: undefined, delay: 0 },
    push: {
      projectId: undefined,
      clientEmail: undefined,
      privateKey: undefined,
      apiUrl: undefined,
      preview: true,
    },
    webPush: { isOn: false, local: true },
    limits: { tickets: PLENTY, reads: PLENTY, messages: PLENTY, logins: PLENTY, staff: PLENTY },
    sockets: { perIdentity: PLENTY, perAddress: PLENTY },
    ...overrides,
  };
}

/** Starts the application as it runs in production, on a free port of 127.0.0.1. */
export async function startApp(overrides: Partial<Config> = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  try {
    return await startAppOn(database, overrides);
  } catch (error) {
    await database.drop();
    throw error;
  }
}

/** The same on a database that is there already; `close()` drops it all the same. */
export async function startAppOn(database: TestDatabase, overrides: Partial<Config> = {}): Promise<TestApp> {
  const config = testConfig(database.url, overrides);
  const app = await createApp(config);
  await app.listen(0, '127.0.0.1');
  app.get(Readiness).listening();
  const { port } = app.getHttpServer().address() as AddressInfo;
  const close = async () => {
    await app.close();
    await database.drop();
  };
  return { app, url: `http://127.0.0.1:${port}`, database, config, close };
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}
