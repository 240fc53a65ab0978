import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Client } from '../support/client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startProduct, type ProductProcess } from '../support/product-process.js';

// Each test starts the product, one of them three times.
jest.setTimeout(180_000);

const SECRETS = [
  'PUBLIC_URL=https://help.charity.test',
  'JWT_SECRET=q7Zk1vYxw0TtB3nM8sLd5RfHj2PcGaUe',
  'ENCRYPTION_KEY=Vb9XnQ4rWm6KyLp2TzJc8FdHs3GaEu0i',
];
const CHOSEN = 'Barsa-Nova-2026!';

let database: TestDatabase;
let folder: string;
let product: ProductProcess | undefined;

beforeEach(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'concierge-production-'));
  const settings = ['NODE_ENV=production', `DATABASE_URL=${database.url}`, 'DATA_DIR=data', 'PORT=1'];
  await writeFile(join(folder, '.env'), [...settings, ...SECRETS].join('\n'));
});
afterEach(async () => {
  await product?.kill();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** A production start whose settings are in the `.env` of its working directory. */
async function start(env: Record<string, string> = {}): Promise<ProductProcess> {
  product = await startProduct(env, { cwd: folder });
  return product;
}

/** The messages of its log, one a line of JSON; all of them once it has ended. */
const messagesOf = ({ output }: ProductProcess): string[] =>
  output()
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { msg: string }).msg);

test('a production start reads .env, where the environment wins, and writes a line when it starts and when it ends', async () => {
  const running = await start({ SUPER_ADMIN_PASSWORD: CHOSEN });
  await running.ready();
  expect(await running.kill('SIGTERM')).toBe(0);
  const messages = messagesOf(running);
  const name = new URL(database.url).pathname;
  expect(messages.filter((line) => line.startsWith('Concierge '))).toEqual([
    expect.stringMatching(
      new RegExp(
        `^Concierge \\d+\\.\\S+ listens on port ${running.port} for https://help\\.charity\\.test \\(ROLE=all, database: 127\\.0\\.0\\.1:\\d+${name}\\)\\.$`,
      ),
    ),
  ]);
  expect(messages.at(-1)).toMatch(/^Stopped after \d+\.\d s\.$/);
  expect(running.output()).not.toContain(new URL(database.url).password);
});

test('a generated password is in a file for its owner alone, until it has been changed', async () => {
  const file = join(folder, 'data', 'first-passwords');
  const first = await start();
  await first.ready();
  const [username, password = ''] = (await readFile(file, 'utf8')).trim().split(' ');
  expect(((await stat(file)).mode & 0o777).toString(8)).toBe('600');
  const login = await new Client(first).post('/auth/login', { username, password });
  expect(login.status).toBe(200);
  await first.kill('SIGTERM');
  expect(messagesOf(first)).toContain(
    `The first password of superadmin is in ${file}. Sign in and change it: the next start then deletes the file.`,
  );
  expect(first.output()).not.toContain(password);

  const second = await start();
  await second.ready();
  const { accessToken } = login.body as { accessToken: string };
  const owner = new Client(second, { authorization: `Bearer ${accessToken}` });
  const change = { currentPassword: password, newPassword: CHOSEN };
  expect((await owner.put('/users/me/password', change)).status).toBeLessThan(300);
  await second.kill('SIGTERM');
  expect(messagesOf(second)).toContain(
    `${file} still holds the password of superadmin. Sign in and change it.`,
  );

  const third = await start();
  await third.ready();
  await third.kill('SIGTERM');
  expect(messagesOf(third)).toContain(`Deleted ${file}: its passwords have been changed.`);
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

test('a .env that cannot be read is told in a sentence', async () => {
  await rm(join(folder, '.env'));
  await mkdir(join(folder, '.env'));
  const refused = await start();
  expect(await refused.exited).toBe(1);
  expect(refused.output()).toMatch(/\.env cannot be read \(\w+\)/);
});
