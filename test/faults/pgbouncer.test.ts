import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { migrate, pendingMigrations } from '../../src/platform/database/migrate.js';
import { poolerNotes } from '../../src/platform/database/pooler.js';
import { tryDatabase } from '../../src/platform/doctor/part-trials.js';
import { tryJob } from '../../src/platform/doctor/job-trial.js';
import { createStaff } from '../factories/staff.factory.js';
import { createTicket } from '../factories/ticket.factory.js';
import { startAppOn, type TestApp } from '../support/app.js';
import { ok } from '../support/client.js';
import { createTestDatabase, openPool, type TestDatabase } from '../support/database.js';
import { personOf, type Person } from '../support/desk.js';
import { describeWithPgBouncer, startPgBouncer, type PgBouncer } from '../support/pgbouncer.js';
import { startProduct } from '../support/product-process.js';

/** What docs/operations.md gives the role. */
const LIMITS = [
  'SET statement_timeout = 5000',
  'SET lock_timeout = 2000',
  'SET idle_in_transaction_session_timeout = 10000',
];

/** Settings of the application's role in one database. */
async function inDatabase(database: TestDatabase, settings: string[]): Promise<void> {
  const pool = openPool(database);
  const name = new URL(database.url).pathname.slice(1);
  for (const setting of settings) await pool.query(`ALTER ROLE concierge IN DATABASE ${name} ${setting}`);
  await pool.end();
}

jest.setTimeout(120_000);

describeWithPgBouncer('PgBouncer in transaction mode', () => {
  let database: TestDatabase;
  let pgbouncer: PgBouncer;
  let pooled: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    pgbouncer = await startPgBouncer(Number(new URL(database.url).port));
    pooled = pgbouncer.through(database.url);
    // A server whose own time zone is another one shows whether the sessions are in UTC.
    await inDatabase(database, ["SET timezone = 'Asia/Tokyo'", ...LIMITS]);
  });
  afterAll(async () => {
    await pgbouncer.stop();
    await database.drop();
  });

  describe('with DIRECT_DATABASE_URL', () => {
    let desk: TestApp;
    let staff: Person;
    beforeAll(async () => {
      const settings = { url: pooled, directUrl: database.url, pool: 5 };
      desk = await startAppOn({ ...database, drop: async () => undefined }, { database: settings });
      staff = personOf(desk, await createStaff(desk.app));
    });
    afterAll(() => desk.close());

    test('a conversation works, statement by statement, over fewer connections than the desk has', async () => {
      const tickets = await Promise.all(Array.from({ length: 4 }, () => createTicket(desk)));
      for (let round = 0; round < 4; round++)
        await Promise.all(
          tickets.map(async ({ id, donor }) => {
            await ok(donor.post(`/tickets/${id}/messages`, { content: `Message ${round}` }), 201);
            const read = await ok(staff.get(`/tickets/${id}/messages`));
            expect(JSON.stringify(read)).toContain(`Message ${round}`);
            await ok(staff.get('/tickets/dashboard'));
          }),
        );
    });

    test('times are those of the clock, whatever time zone the server has', async () => {
      const before = Date.now();
      const { id } = await createTicket(desk);
      const ticket = (await ok(staff.get(`/tickets/${id}`))) as { createdAt: string };
      const age = Date.parse(ticket.createdAt) - before;
      // Tokyo is nine hours away.
      expect(Math.abs(age)).toBeLessThan(3_600_000);
    });

    test('jobs are woken and done, over the direct address', async () => {
      expect(await tryJob({ database: { ...desk.config.database } })).toMatchObject({ state: 'ok' });
      const pool = openPool(database);
      const { rows } = await pool.query<{ client_port: number; query: string }>(
        `SELECT query FROM pg_stat_activity
          WHERE datname = current_database() AND application_name LIKE 'concierge-jobs%' AND query ILIKE '%listen%'`,
      );
      await pool.end();
      expect(rows.length).toBeGreaterThan(0);
    });
  });

  test('without DIRECT_DATABASE_URL the start is refused in a sentence, and leaves no lock behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'concierge-pooled-'));
    const product = await startProduct({ DATABASE_URL: pooled, DATA_DIR: folder });
    expect(await product.exited).toBe(1);
    expect(product.output()).toMatch(
      /^Concierge cannot start: .*connection pooler such as PgBouncer.* Set DIRECT_DATABASE_URL to the address/,
    );
    await rm(folder, { recursive: true });
    const pool = openPool(database);
    const { rows } = await pool.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'");
    await pool.end();
    expect(rows).toEqual([]);
    expect(await migrate(database.url, () => undefined)).toEqual([]);
  });

  test('the doctor tells a pooler from the server, and tries both', async () => {
    await expect(tryDatabase({ url: pooled })).rejects.toThrow('Set DIRECT_DATABASE_URL');
    const { note } = await tryDatabase({ url: pooled, directUrl: database.url });
    expect(note).toContain('through a connection pooler');
    expect((await tryDatabase({ url: database.url })).note).not.toContain('pooler');
  });

  test('a direct address of another database is refused', async () => {
    const other = await createTestDatabase();
    await expect(poolerNotes(pooled, other.url)).rejects.toThrow('lead to different databases');
    await expect(pendingMigrations(pooled)).rejects.toThrow('connection pooler');
    await other.drop();
  });

  describe('the limits of sessions', () => {
    let own: TestDatabase;
    beforeEach(async () => {
      own = await createTestDatabase();
    });
    afterEach(() => own.drop());

    test('are asked for as long as the role lacks them, in words that docs/operations.md repeats', async () => {
      const [note = ''] = await poolerNotes(pgbouncer.through(own.url), own.url);
      const statements = note.match(/ALTER ROLE .*?;/g) ?? [];
      expect(statements).toHaveLength(3);
      const pool = openPool(own);
      for (const statement of statements) await pool.query(statement);
      await pool.end();
      await pgbouncer.reconnect();
      expect(await poolerNotes(pgbouncer.through(own.url), own.url)).toEqual([]);

      const manual = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
      for (const limit of LIMITS)
        expect(manual).toContain(`ALTER ROLE concierge IN DATABASE concierge ${limit};`);
    });
  });
});
