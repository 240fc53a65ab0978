import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../src/platform/embedded-postgres/free-port.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { createEmptyDatabase, openPool, type TestDatabase } from '../support/database.js';

const run = promisify(execFile);
const silent = () => undefined;
/** The migration that waits for a lock. */
const WAITING = `FROM pg_stat_activity
  WHERE application_name = 'concierge-migrate' AND wait_event_type = 'Lock' AND datname = current_database()`;

describe('migrate', () => {
  let database: TestDatabase;
  let directory: string;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    directory = await mkdtemp(path.join(process.env['TEST_RUN_DIRECTORY'] ?? os.tmpdir(), 'migrations-'));
    await writeMigration('1_one', 'CREATE TABLE one (id int);\nINSERT INTO one VALUES (1);\n');
  });
  afterEach(async () => {
    await database.drop();
    await rm(directory, { recursive: true });
  });

  async function writeMigration(name: string, script: string): Promise<void> {
    await mkdir(path.join(directory, name), { recursive: true });
    await writeFile(path.join(directory, name, 'migration.sql'), script);
  }
  const apply = () => migrate(database.url, silent, { directory });

  async function query(sql: string): Promise<unknown[]> {
    const pool = openPool(database);
    try {
      return (await pool.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await pool.end();
    }
  }

  /** Prisma's own command line on the same folder; its exit code is 1 when a migration has failed. */
  async function prisma(...args: string[]): Promise<string> {
    const config = path.join(directory, 'prisma.config.mjs');
    const schema = path.resolve('prisma/schema.prisma');
    const settings = { schema, migrations: { path: directory }, datasource: { url: database.url } };
    await writeFile(config, `export default ${JSON.stringify(settings)};`);
    const command = ['scripts/prisma.mjs', ...args, '--config', config];
    const failed = (error: { stdout: string; stderr: string }) => error;
    const { stdout, stderr } = await run(process.execPath, command).catch(failed);
    return stdout + stderr;
  }

  /** Starts the migrations and ends them where one waits for the advisory lock 42. */
  async function interrupt(): Promise<void> {
    const pool = openPool(database);
    const holder = await pool.connect();
    await holder.query('SELECT pg_advisory_lock(42)');
    const interrupted = expect(apply()).rejects.toThrow(/terminat/);
    // An index that is built beside requests waits for those, too.
    const end = `SELECT pg_terminate_backend(pid) ${WAITING} AND wait_event = 'advisory'`;
    while ((await pool.query(end)).rowCount === 0) await sleep(10);
    await interrupted;
    holder.release(true);
    await pool.end();
  }

  it('applies in order and only what is new', async () => {
    await writeMigration('2_two', 'ALTER TABLE one ADD COLUMN two int;');
    expect(await apply()).toEqual(['1_one', '2_two']);
    await writeMigration('3_three', 'ALTER TABLE one ADD COLUMN three int;');
    expect(await apply()).toEqual(['3_three']);
  });

  it('runs function bodies whole', async () => {
    await writeMigration(
      '2_f',
      'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END $$;',
    );
    await apply();
    expect(await query('SELECT f()')).toEqual([{ f: 2 }]);
  });

  it('is safe to run in several processes at once', async () => {
    const applied = await Promise.all([apply(), apply(), apply(), apply(), apply()]);
    expect(applied.filter((names) => names.length > 0)).toEqual([['1_one']]);
    expect(await query('SELECT * FROM one')).toHaveLength(1);
  });

  it('leaves nothing of a failed migration, says why, and does not go on until it is repaired', async () => {
    await writeMigration('2_broken', 'CREATE TABLE two (id int);\nSELECT no_such_function();');
    await expect(apply()).rejects.toThrow(/2_broken failed: function no_such_function\(\) does not exist/);
    expect(await query("SELECT to_regclass('two') AS two")).toEqual([{ two: null }]);
    await expect(apply()).rejects.toThrow(
      /2_broken failed earlier: .*no_such_function[^]*resolve --rolled-back 2_broken/,
    );
    expect(await prisma('migrate', 'status')).toMatch(/following migrations? have failed:\n+2_broken/i);

    await prisma('migrate', 'resolve', '--rolled-back', '2_broken');
    await writeMigration('2_broken', 'CREATE TABLE two (id int);');
    expect(await apply()).toEqual(['2_broken']);
    expect(await prisma('migrate', 'status')).toContain('Database schema is up to date!');
  });

  it('leaves nothing of an interrupted migration, and applies it at the next start', async () => {
    await writeMigration('2_slow', 'CREATE TABLE two (id int);\nSELECT pg_advisory_xact_lock(42);');
    await interrupt();
    expect(await apply()).toEqual(['2_slow']);
    expect(await prisma('migrate', 'status')).toContain('Database schema is up to date!');
  });

  describe('a migration with steps', () => {
    const STEPS = `-- Words before the first step are not run.
-- step
SET lock_timeout = '10s';
-- step: an index beside the requests of everybody else
DROP INDEX CONCURRENTLY IF EXISTS one_id;
-- step
CREATE INDEX CONCURRENTLY one_id ON one (id);
-- step
DO $$ BEGIN FOR n IN 1..3 LOOP INSERT INTO one VALUES (n); COMMIT; END LOOP; PERFORM pg_advisory_xact_lock(42); END $$;
`;

    it('commits each of them by itself, and is recorded as Prisma does it', async () => {
      await writeMigration('2_steps', STEPS);
      expect(await apply()).toEqual(['1_one', '2_steps']);
      expect(await query('SELECT * FROM one')).toHaveLength(4);
      expect(await prisma('migrate', 'status')).toContain('Database schema is up to date!');
      expect(await apply()).toEqual([]);
    });

    it('runs while other processes wait for their turn', async () => {
      await writeMigration('2_steps', STEPS);
      const applied = await Promise.all([apply(), apply(), apply()]);
      expect(applied.filter((names) => names.length > 0)).toEqual([['1_one', '2_steps']]);
    });

    it('runs again from the first step after an interruption', async () => {
      await writeMigration('2_steps', STEPS);
      await interrupt();
      expect(await query('SELECT * FROM one')).toHaveLength(4);
      expect(await apply()).toEqual(['2_steps']);
      expect(await query('SELECT * FROM one')).toHaveLength(7);
    });
  });

  it('lets requests pass while a long transaction holds the table that it wants', async () => {
    await apply();
    await writeMigration('2_two', 'ALTER TABLE one ADD COLUMN two int;');
    const pool = openPool(database);
    const holder = await pool.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT * FROM one');
    const applied = apply();
    while ((await pool.query(`SELECT 1 ${WAITING}`)).rowCount === 0) await sleep(10);
    // Queues behind the migration, which gives up before the holder does.
    expect((await pool.query('SELECT * FROM one')).rows).toEqual([{ id: 1 }]);
    await holder.query('COMMIT');
    holder.release();
    expect(await applied).toEqual(['2_two']);
    await pool.end();
  });

  it('gives up what it waits for before PostgreSQL looks for a deadlock, which would end a request', async () => {
    const first = `current_setting('lock_timeout')::interval < current_setting('deadlock_timeout')::interval`;
    await writeMigration('2_plain', `CREATE TABLE limits AS SELECT ${first} AS first;`);
    const steps = [`SET lock_timeout = '60s';`, `INSERT INTO limits SELECT ${first};`];
    await writeMigration('3_steps', steps.map((step) => `-- step\n${step}\n`).join(''));
    await apply();
    expect(await query('SELECT first FROM limits')).toEqual([{ first: true }, { first: true }]);
  });

  it('refuses a migration that was changed after it was applied, but not other line ends', async () => {
    await apply();
    await writeMigration('1_one', 'CREATE TABLE one (id int);\r\nINSERT INTO one VALUES (1);\r\n');
    expect(await apply()).toEqual([]);
    await writeMigration('1_one', 'CREATE TABLE one (id bigint);');
    await expect(apply()).rejects.toThrow(/1_one was changed after it had been applied/);
  });

  it('refuses a database of a newer version', async () => {
    await writeMigration('2_future', 'CREATE TABLE future (id int);');
    await apply();
    await rm(path.join(directory, '2_future'), { recursive: true });
    await expect(apply()).rejects.toThrow(/newer version of Concierge.*2_future/);
  });

  it('says who can help when an extension is missing', async () => {
    await writeMigration('2_two', 'CREATE EXTENSION nowhere;');
    await expect(apply()).rejects.toThrow(
      /Ask the administrator of this PostgreSQL .*CREATE EXTENSION "nowhere";/,
    );
  });

  it("refuses somebody else's database", async () => {
    await query('CREATE TABLE shop (id int)');
    await expect(apply()).rejects.toThrow(/holds tables of something else/);
  });

  it('gives up on a database that does not answer, without telling its password', async () => {
    const url = `postgresql://concierge:geheim@127.0.0.1:${await freePort()}/concierge`;
    const messages: string[] = [];
    const failure = migrate(url, (message) => messages.push(message), { waitMs: 300 });
    const error = await failure.catch((reason: unknown) => reason as Error);
    expect(String(error)).toMatch(/127\.0\.0\.1:\d+\/concierge did not answer within 0 s/);
    expect(messages).toEqual([expect.stringContaining('Waiting for the database')]);
    expect(`${String(error)}${messages.join('')}`).not.toContain('geheim');
  });

  it('does not wait when waiting cannot help', async () => {
    const url = database.url.replace(/:[^:@]+@/, ':wrong@');
    await expect(migrate(url, silent, { directory })).rejects.toThrow(
      /refuses us: password authentication failed/,
    );
  });
});
