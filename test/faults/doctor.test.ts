import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freePort } from '../../src/platform/embedded-postgres/free-port.js';
import { startApp, type TestApp } from '../support/app.js';
import { createTestDatabase } from '../support/database.js';
import { FakeDaily } from '../support/fake-daily.js';
import { FakeFcm } from '../support/fake-fcm.js';
import { FakeSmtp } from '../support/fake-smtp.js';
import { FakeVideosdk } from '../support/fake-videosdk.js';
import { sourceProgram } from '../support/product-process.js';

const SECRET = 'canary-of-the-doctor-0123456789';

let server: TestApp;
let folder: string;
beforeAll(async () => {
  server = await startApp();
  folder = await mkdtemp(join(tmpdir(), 'concierge-doctor-'));
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the doctor prints and its exit code, with these settings and nothing else of our environment. */
async function consult(
  env: Record<string, string>,
  ...args: string[]
): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [...sourceProgram('src/doctor.ts'), ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], DATA_DIR: folder, PORT: String(await freePort()), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => chunks.push(String(chunk)));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text: chunks.join('') };
}

/** What it found of each part: `ok`, `off` or `failed`. */
const findings = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/^ {2}(ok|off|failed) +(\w+) /gm)].map(([, state, name]) => [name, state!]),
  );

const running = () => ({ PORT: new URL(server.url).port, DATABASE_URL: server.database.url });

describe('with everything in order', () => {
  test('it tries a running server', async () => {
    const { code, text } = await consult(running());
    expect({ code, found: findings(text) }).toMatchObject({
      code: 0,
      found: {
        ...{
          database: 'ok',
          server: 'ok',
          sockets: 'ok',
          jobs: 'ok',
          storage: 'ok',
          redis: 'off',
          video: 'ok',
          mail: 'off',
          push: 'off',
        },
      },
    });
    expect(text).toContain(`Runs on port ${running().PORT}.`);
  });

  test('it starts a server of its own when none runs, and leaves the database as it was', async () => {
    const database = await createTestDatabase();
    const { code, text } = await consult({ DATABASE_URL: database.url });
    expect({ code, found: findings(text) }).toMatchObject({
      code: 0,
      found: { database: 'ok', server: 'ok', sockets: 'ok', jobs: 'ok' },
    });
    expect(text).toContain('started one for the trials');
    await database.drop();
  });

  test.each(['daily', 'videosdk'])('it opens a room at %s and closes it', async (name) => {
    const daily = await FakeDaily.start();
    const videosdk = await FakeVideosdk.start();
    const vendors: Record<string, Record<string, string>> = {
      daily: { DAILY_API_KEY: daily.apiKey, DAILY_API_URL: daily.url },
      videosdk: {
        VIDEOSDK_API_KEY: videosdk.apiKey,
        VIDEOSDK_SECRET_KEY: videosdk.secretKey,
        VIDEOSDK_API_URL: videosdk.url,
      },
    };
    const { code, text } = await consult({ ...running(), ...vendors[name] });
    expect([code, findings(text).video]).toEqual([0, 'ok']);
    expect(daily.rooms.size).toBe(0);
    expect([...videosdk.rooms.values()].filter(({ disabled }) => !disabled)).toEqual([]);
    await daily.close();
    await videosdk.close();
  });
});

describe('mail and push', () => {
  let smtp: FakeSmtp;
  let fcm: FakeFcm;
  beforeAll(async () => {
    smtp = await FakeSmtp.start();
    fcm = await FakeFcm.start();
  });
  afterAll(() => Promise.all([smtp.close(), fcm.close()]));

  const mailing = () => ({ ...running(), SMTP_URL: smtp.url, MAIL_FROM: 'desk@charity.example' });

  test('it signs in and has a push looked at, and sends nothing', async () => {
    const { code, text } = await consult({ ...mailing(), ...fcm.env });
    expect([code, findings(text)]).toEqual([0, expect.objectContaining({ mail: 'ok', push: 'ok' })]);
    expect([fcm.dryRuns, fcm.messages, smtp.mails]).toEqual([1, [], []]);
  });

  test('it sends a mail to the address it is given', async () => {
    const { code, text } = await consult(mailing(), 'operator@charity.example');
    expect([code, findings(text).mail]).toEqual([0, 'ok']);
    expect(smtp.to('operator@charity.example').map(({ parsed }) => parsed.subject)).toEqual([
      'A mail to try mail with',
    ]);
  });

  test('it says that the password for mail is wrong', async () => {
    const url = smtp.url.replace('secret-of-the-desk', SECRET);
    const { code, text } = await consult({ ...mailing(), SMTP_URL: url });
    expect([code, findings(text).mail]).toEqual([1, 'failed']);
    expect(text).toMatch(/The mail server refuses the user name or the password\.\n.*SMTP_URL/);
    expect(text).not.toContain(SECRET);
  });

  test('it says that Firebase does not know the account', async () => {
    const { code, text } = await consult({
      ...running(),
      ...fcm.env,
      FIREBASE_CLIENT_EMAIL: 'somebody@else.example',
    });
    expect([code, findings(text).push]).toEqual([1, 'failed']);
    expect(text).toMatch(/Firebase refuses the service account\.\n.*FIREBASE_CLIENT_EMAIL/);
  });
});

test('it reads .env in its working directory, and the environment wins', async () => {
  const file = join(folder, '.env');
  await writeFile(file, 'REDIS_URL=redis://127.0.0.1:1\n');
  const read = await consult(running());
  const overruled = await consult({ ...running(), REDIS_URL: '' });
  await rm(file);
  expect([findings(read.text).redis, findings(overruled.text).redis]).toEqual(['failed', 'off']);
});

describe('with something broken', () => {
  test('a proxy that is not listed, by its address, and pages that are not', async () => {
    const behind = await startApp();
    const headers = { 'x-forwarded-for': '203.0.113.7', origin: 'https://blog.charity.example' };
    await fetch(`${behind.url}/health/ping`, { headers });
    const { port } = new URL(behind.url);
    const { code, text } = await consult({ PORT: port, DATABASE_URL: behind.database.url });
    await behind.close();
    expect([code, findings(text)]).toEqual([1, expect.objectContaining({ proxy: 'failed', origins: 'ok' })]);
    expect(text).toMatch(/TRUSTED_PROXIES does not list 127\.0\.0\.1.*\n.*Look at TRUSTED_PROXIES/);
    expect(text).toContain('CORS_ORIGINS does not list https://blog.charity.example');
  });

  test('a database that is not there', async () => {
    const { code, text } = await consult({ DATABASE_URL: `postgresql://desk:${SECRET}@127.0.0.1:1/desk` });
    expect([code, findings(text).database]).toEqual([1, 'failed']);
    expect(text).toContain('Look at DATABASE_URL');
    expect(text).not.toContain(SECRET);
  });

  test('Redis that is not there', async () => {
    const { code, text } = await consult({ ...running(), REDIS_URL: `redis://:${SECRET}@127.0.0.1:1` });
    expect([code, findings(text).redis]).toEqual([1, 'failed']);
    expect(text).toContain('Look at REDIS_URL');
    expect(text).not.toContain(SECRET);
  });

  test('a video key that is refused', async () => {
    const daily = await FakeDaily.start();
    const { code, text } = await consult({ ...running(), DAILY_API_KEY: SECRET, DAILY_API_URL: daily.url });
    expect([code, findings(text).video]).toEqual([1, 'failed']);
    expect(text).toMatch(/The provider refuses the key\.\n.*DAILY_API_KEY/);
    expect(text).not.toContain(SECRET);
    await daily.close();
  });

  test('a folder that cannot be written to', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const keys = { JWT_SECRET: `${SECRET}-${SECRET}`, ENCRYPTION_KEY: `${SECRET}+${SECRET}` };
    const { code, text } = await consult({ ...running(), ...keys, DATA_DIR: join(file, 'below') });
    expect([code, findings(text).storage]).toEqual([1, 'failed']);
    expect(text).toContain('Look at DATA_DIR');
  });

  test('settings that make no sense, all at once', async () => {
    const { code, text } = await consult({ PORT: 'many', VIDEO_PROVIDER: 'carrier-pigeon' });
    expect(code).toBe(1);
    expect(text).toMatch(/PORT: /);
    expect(text).toMatch(/VIDEO_PROVIDER: /);
  });
});
