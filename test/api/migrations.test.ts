import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '../../src/platform/database/migrate.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.js';

const run = promisify(execFile);
const silent = () => undefined;

function prisma(database: TestDatabase, ...args: string[]): Promise<{ stdout: string }> {
  const env = { ...process.env, DATABASE_URL: database.url };
  return run(process.execPath, ['scripts/prisma.mjs', ...args], { env });
}

describe('migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(() => database.drop());

  it('are recorded as Prisma records them', async () => {
    const applied = await migrate(database.url, silent);
    expect(applied).toContain('20261120000000_init');
    const { stdout } = await prisma(database, 'migrate', 'status');
    expect(stdout).toContain('Database schema is up to date!');
    expect((await prisma(database, 'migrate', 'deploy')).stdout).toContain('No pending migrations to apply.');
  });

  it('do nothing the second time', async () => {
    expect(await migrate(database.url, silent)).toEqual([]);
  });

  it('are what the template of the tests holds', async () => {
    const copy = await createTestDatabase();
    expect(await migrate(copy.url, silent)).toEqual([]);
    await copy.drop();
  });
});
