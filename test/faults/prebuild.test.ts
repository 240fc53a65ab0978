import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { createEmptyDatabase, createTestDatabase, openPool, type TestDatabase } from '../support/database.js';
import { startProduct } from '../support/product-process.js';

// Each test starts the product.
jest.setTimeout(120_000);

let folder: string;
let database: TestDatabase | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concierge-prebuild-'));
});
afterEach(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true });
});

const settings = (url: string) => ({
  DATABASE_URL: url,
  DATA_DIR: folder,
  SUPER_ADMIN_PASSWORD: 'Bars-super-2026!',
});

async function usernames(of: TestDatabase): Promise<string[]> {
  const pool = openPool(of);
  const { rows } = await pool.query<{ username: string }>('SELECT username FROM users ORDER BY username');
  await pool.end();
  return rows.map(({ username }) => username);
}

test('SKIP_PREBUILD is refused in a sentence while the database lacks migrations', async () => {
  database = await createEmptyDatabase();
  const product = await startProduct({ ...settings(database.url), SKIP_PREBUILD: 'true' });
  expect(await product.exited).toBe(1);
  expect(product.output()).toMatch(
    /Concierge cannot start: SKIP_PREBUILD=true, but the database lacks \d+ migration\(s\)\. Start once without/,
  );
});

test('SKIP_PREBUILD starts without accounts, which --seed creates once', async () => {
  database = await createTestDatabase();
  const foreign = { WEB_SERVER_PORT: '6001', MONGO_URI: 'mongodb://user:hunter2@db' };
  const product = await startProduct({ ...settings(database.url), ...foreign, SKIP_PREBUILD: 'true' });
  await product.ready();
  await product.kill('SIGTERM');
  expect(await usernames(database)).toEqual([]);
  expect(product.output()).toContain('MONGO_URI is not used. Concierge keeps its data in PostgreSQL');
  expect(product.output()).toContain('WEB_SERVER_PORT is ignored: PORT is set.');
  expect(product.output()).not.toContain('hunter2');

  const seeding = await startProduct(settings(database.url), { args: ['--seed'] });
  expect(await seeding.exited).toBe(0);
  expect(seeding.output()).toContain('Created: superadmin, admin.');
  expect(await usernames(database)).toEqual(['admin', 'superadmin']);
  const again = await startProduct(settings(database.url), { args: ['--seed'] });
  expect(await again.exited).toBe(0);
  expect(again.output()).toContain('The accounts are there already.');
});
