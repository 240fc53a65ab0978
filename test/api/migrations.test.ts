import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  compareLists,
  readGoldenList,
  readRawObjects,
  unexplainedStatements,
} from '../../scripts/raw-objects.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { createEmptyDatabase, createTestDatabase, openPool, type TestDatabase } from '../support/database.js';

const run = promisify(execFile);
const silent = () => undefined;

function prisma(url: string, ...args: string[]): Promise<{ stdout: string }> {
  return run(process.execPath, ['scripts/prisma.mjs', ...args], {
    env: { ...process.env, DATABASE_URL: url },
  });
}

describe('the migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createEmptyDatabase();
  });
  afterAll(() => database.drop());

  it('are applied and recorded as Prisma does it', async () => {
    expect(await migrate(database.url, silent)).toContain('20261120000000_init');
    const { stdout } = await prisma(database.url, 'migrate', 'status');
    expect(stdout).toContain('Database schema is up to date!');
    expect((await prisma(database.url, 'migrate', 'deploy')).stdout).toContain(
      'No pending migrations to apply.',
    );
  });

  it('are not applied twice', async () => {
    expect(await migrate(database.url, silent)).toEqual([]);
  });

  it('are in the database that the other tests copy', async () => {
    const copy = await createTestDatabase();
    expect(await migrate(copy.url, silent)).toEqual([]);
    await copy.drop();
  });

  it('say what schema.prisma says', async () => {
    const flags = ['--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--script'];
    const { stdout } = await prisma(database.adminUrl, 'migrate', 'diff', ...flags);
    expect(unexplainedStatements(stdout, readGoldenList())).toEqual([]);
  });

  it('create exactly the raw SQL objects that are listed', async () => {
    const pool = openPool(database);
    const actual = await readRawObjects(pool);
    await pool.end();
    expect(compareLists(actual, readGoldenList())).toEqual([]);
  });
});

describe('the comparison with schema.prisma', () => {
  it('sees a column and an index that the schema does not know', async () => {
    const database = await createTestDatabase();
    const pool = openPool(database);
    await pool.query('ALTER TABLE users ADD COLUMN shoe_size int');
    await pool.query('CREATE INDEX users_by_shoe ON users (shoe_size) WHERE shoe_size > 40');
    const flags = ['--from-config-datasource', '--to-schema', 'prisma/schema.prisma', '--script'];
    const { stdout } = await prisma(database.adminUrl, 'migrate', 'diff', ...flags);
    expect(unexplainedStatements(stdout, readGoldenList()).join()).toContain('DROP COLUMN "shoe_size"');
    const [difference] = compareLists(await readRawObjects(pool), readGoldenList());
    expect(difference).toContain('+ index users_by_shoe');
    await pool.end();
    await database.drop();
  });
});
