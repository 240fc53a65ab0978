import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import { migrate, pendingMigrations } from '../../src/platform/database/migrate.js';
import { installJobs } from '../../src/platform/jobs/boss.js';
import { createTicket } from '../factories/ticket.factory.js';
import { startAppOn } from '../support/app.js';
import { Client, ok } from '../support/client.js';
import { openPool, type TestDatabase } from '../support/database.js';
import {
  describeWithOldest,
  OLDEST_BINARIES,
  startOldestPostgres,
  type OldestPostgres,
} from '../support/oldest-postgres.js';

// Each test fills, dumps and restores a database.
jest.setTimeout(120_000);

const run = promisify(execFile);
const DOCUMENT = new URL('../../docs/operations.md', import.meta.url);
const MIGRATIONS = new URL('../../prisma/migrations', import.meta.url).pathname;
const ALSO_IN_DUMP = `SELECT count(*)::int AS count FROM pg_constraint WHERE connamespace = 'public'::regnamespace`;

/** The commands that the document prints under "Backup and restore", one block after the other. */
async function commandsOfDocument(): Promise<string[]> {
  const [, section = ''] = (await readFile(DOCUMENT, 'utf8')).split('## Backup and restore\n');
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/```sh\n([^`]+)```/g)].map(([, block = '']) => block);
}

/** A copy of the migrations without the last `count`. */
async function olderMigrations(folder: string, count: number): Promise<string> {
  const names = (await readdir(MIGRATIONS, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const older = path.join(folder, 'migrations');
  await mkdir(older);
  for (const { name } of names.sort((a, b) => a.name.localeCompare(b.name)).slice(0, -count))
    await cp(path.join(MIGRATIONS, name), path.join(older, name), { recursive: true });
  return older;
}

async function ask<T>(database: Pick<TestDatabase, 'url'>, sql: string): Promise<T[]> {
  const pool = openPool(database);
  try {
    return (await pool.query(sql)).rows as T[];
  } finally {
    await pool.end();
  }
}

describeWithOldest('the restore that docs/operations.md prints', () => {
  let server: OldestPostgres;
  let folder: string;
  let database: TestDatabase;
  let restored: TestDatabase;

  beforeAll(async () => {
    server = await startOldestPostgres();
  });
  afterAll(() => server.remove());

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'concierge-restore-'));
    database = await server.createDatabase();
    const url = new URL(database.url);
    url.pathname = '/concierge_restored';
    restored = { ...database, url: url.href };
  });
  afterEach(async () => {
    await database.drop();
    await ask({ url: server.adminUrl() }, 'DROP DATABASE IF EXISTS concierge_restored WITH (FORCE)');
    await rm(folder, { recursive: true });
  });

  async function type(command: string): Promise<void> {
    await run('sh', ['-e', '-c', command], {
      cwd: folder,
      env: {
        PATH: `${OLDEST_BINARIES}:/usr/bin:/bin`,
        DATABASE_URL: database.url,
        ADMIN_URL: server.adminUrl(),
        RESTORED_URL: restored.url,
      },
    });
  }

  it('brings back a desk that goes on working', async () => {
    await migrate(database.url, () => undefined);
    await installJobs({ database: { url: database.url, pool: 1 } });
    const desk = await startAppOn({ ...database, drop: async () => undefined });
    const { id, donor } = await createTicket(desk);
    const [dump = '', restore = ''] = await commandsOfDocument();
    try {
      await ok(donor.post(`/tickets/${id}/messages`, { content: 'Before the backup' }), 201);
      await type(dump);
    } finally {
      await desk.close();
    }
    await type(restore);
    expect(await ask(restored, ALSO_IN_DUMP)).toEqual(await ask(database, ALSO_IN_DUMP));

    await migrate(restored.url, () => undefined);
    const again = await startAppOn({ ...restored, drop: async () => undefined });
    try {
      const read = await ok(new Client(again, donor.headers).get(`/tickets/${id}/messages`));
      expect(JSON.stringify(read)).toContain('Before the backup');
      await ok(
        new Client(again, donor.headers).post(`/tickets/${id}/messages`, { content: 'And after' }),
        201,
      );
    } finally {
      await again.close();
    }
  });

  it('brings back a desk of an older version, which the next start migrates', async () => {
    const directory = await olderMigrations(folder, 2);
    await migrate(database.url, () => undefined, { directory });
    await ask(
      database,
      `INSERT INTO users (username, name, role, password_hash, updated_at) VALUES ('ada', 'Ada', 'ADMIN', 'x', now())`,
    );
    for (const commands of await commandsOfDocument()) await type(commands);
    expect(await pendingMigrations(restored.url)).toHaveLength(2);
    await migrate(restored.url, () => undefined);
    expect(await pendingMigrations(restored.url)).toEqual([]);
    expect(await ask(restored, 'SELECT username FROM users')).toEqual([{ username: 'ada' }]);
  });

  it('ends with an error, and no half restored desk, where there is something already', async () => {
    await migrate(database.url, () => undefined);
    const [dump = '', restore = ''] = await commandsOfDocument();
    await type(dump);
    await type(restore);
    await expect(type(restore)).rejects.toThrow('already exists');
  });
});
