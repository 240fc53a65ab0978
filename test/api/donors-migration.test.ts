import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { SESSION_LIMITS } from '../../src/platform/database/database-pool.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { createEmptyDatabase, openPool, type TestDatabase } from '../support/database.js';
import { EarlierNode, fillWithTickets, TICKETS } from '../support/earlier-donors.js';
import { migrateUpTo } from '../support/earlier-migrations.js';

// 100,000 tickets take half a minute, and longer where others work too.
jest.setTimeout(600_000);

const EXPAND = '20261202010000_donors';
const BACKFILL = '20261202010400_donors_backfill';
/** Between two requests, in ms: many of them, and not all that the machine can do. */
const PAUSE = 50;

let database: TestDatabase;
let db: pg.Pool;
let node: EarlierNode;
/** What requests of the version before have met while the database was migrated. */
const requests = { reads: 0, writes: 0, failures: [] as string[] };
/** How it stood in the middle of the backfill. */
let middle: { filled: number; exclusive: number } | undefined;

async function count(sql: string, values: unknown[] = []): Promise<number> {
  const { rows } = await db.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, values);
  return rows[0]?.n ?? NaN;
}

/** Does this again and again, as a request does it, until the work is over. */
async function whileWorking(
  work: Promise<unknown>,
  request: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: database.url, ...SESSION_LIMITS });
  await client.connect();
  const over = new AbortController();
  const watched = work.finally(() => over.abort());
  while (!over.signal.aborted) {
    await request(client).catch((error: unknown) => requests.failures.push(String(error)));
    await sleep(PAUSE);
  }
  await client.end();
  await watched;
}

async function read(client: pg.Client): Promise<void> {
  const list = `SELECT * FROM tickets t LEFT JOIN donor_sessions s ON s.id = t.donor_session_id
                 WHERE t.status = 'new' ORDER BY t.updated_at DESC, t.id DESC LIMIT 25`;
  expect((await client.query(list)).rows).toHaveLength(25);
  requests.reads += 1;
}

const shared = { mailbox: 'mail:during@mail.test', person: 'jwt:shop:during', bearer: randomUUID() };

/** All that a node of the version before writes of donors; the same people again and again. */
async function write(client: pg.Client): Promise<void> {
  const old = new EarlierNode(client);
  const stays = await old.openAsGuest('during@mail.test');
  await old.touch(stays.id);
  await old.upgrade((await old.openAsGuest('other@mail.test')).id, shared.mailbox);
  await old.admit(shared.person, shared.bearer);
  await old.openAs(shared.person, shared.bearer);
  await old.erase(await old.openAsGuest('erased@mail.test'));
  requests.writes += 1;
}

/** Another read and another write are through, or one has failed. */
async function untilRequestsWentOn(): Promise<void> {
  const { reads, writes } = requests;
  const isDone = () => requests.reads > reads && requests.writes > writes;
  while (!isDone() && requests.failures.length === 0) await sleep(PAUSE);
}

/** Migrates, and stops the backfill at one of its batches to look at the database as everybody else sees it. */
async function migrateWithALook(): Promise<void> {
  await migrateUpTo(database, BACKFILL);
  const holder = await db.connect();
  await holder.query('BEGIN');
  const half = `SELECT id FROM tickets ORDER BY id OFFSET ${TICKETS / 2} LIMIT 1`;
  await holder.query(`SELECT 1 FROM tickets WHERE id = (${half}) FOR UPDATE`);
  const migrated = migrate(database.url, () => undefined).then(() => 'migrated' as const);
  const blocked = `pg_stat_activity WHERE application_name = 'concierge-migrate' AND datname = current_database()
                     AND wait_event_type = 'Lock' AND query LIKE '%UPDATE "tickets"%'`;
  while ((await Promise.race([migrated, count(blocked)])) === 0) await sleep(PAUSE);
  await untilRequestsWentOn();
  middle = {
    filled: await count('tickets WHERE donor_uuid IS NOT NULL'),
    exclusive: await count(
      `pg_locks WHERE locktype = 'relation' AND mode IN ('AccessExclusiveLock', 'ExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock')
          AND relation IN ('tickets'::regclass, 'donor_sessions'::regclass, 'donors'::regclass)`,
    ),
  };
  await holder.query('ROLLBACK');
  holder.release();
  await migrated;
}

beforeAll(async () => {
  database = await createEmptyDatabase();
  await migrateUpTo(database, EXPAND);
  db = openPool(database);
  node = new EarlierNode(db);
  const client = await db.connect();
  await fillWithTickets(client);
  client.release();
  const work = migrateWithALook();
  await Promise.all([whileWorking(work, read), whileWorking(work, write)]);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

describe('giving donors to a database of 100,000 tickets that is in use', () => {
  test('lets every read and write of the version before through', () => {
    expect(requests.failures).toEqual([]);
    expect(requests.reads).toBeGreaterThan(0);
    expect(requests.writes).toBeGreaterThan(0);
  });

  test('commits batch by batch, and holds no lock on a table meanwhile that keeps anybody out', () => {
    expect(middle?.exclusive).toBe(0);
    expect(middle?.filled).toBeGreaterThan(0);
    expect(middle?.filled).toBeLessThan(TICKETS);
  });

  test('leaves no ticket and no session without its donor', async () => {
    expect(await count('tickets')).toBe(TICKETS + 3 * requests.writes);
    expect(await count('tickets WHERE donor_uuid IS NULL')).toBe(0);
    expect(await count('donor_sessions WHERE donor_uuid IS NULL')).toBe(0);
  });

  test('makes one row for each proven identity, and refers to it from all its tickets and sessions', async () => {
    const keys = `SELECT owner_key FROM tickets UNION SELECT owner_key FROM donor_sessions`;
    expect(await count('donors WHERE owner_key IS NOT NULL')).toBe(
      await count(`(${keys}) k WHERE owner_key IS NOT NULL`),
    );
    for (const table of ['tickets', 'donor_sessions'])
      expect(
        await count(`${table} x JOIN donors d ON d.id = x.donor_uuid
                      WHERE x.owner_key IS NOT NULL AND x.owner_key IS DISTINCT FROM d.owner_key`),
      ).toBe(0);
    const described = `donors WHERE owner_key LIKE 'mail:reader%' AND email IS DISTINCT FROM substr(owner_key, 6)`;
    expect(await count(described)).toBe(0);
  });

  test('makes a row of its own for each guest, whatever address the guest has named', async () => {
    const ofGuests = `tickets t JOIN donors d ON d.id = t.donor_uuid WHERE t.owner_key IS NULL`;
    expect(await count(`${ofGuests} AND d.owner_key IS NOT NULL`)).toBe(0);
    const groups = `SELECT count(DISTINCT t.donor_session_id) AS sessions FROM ${ofGuests} GROUP BY d.id`;
    expect(await count(`(${groups}) g WHERE sessions > 1`)).toBe(0);
    const apart = `SELECT donor_session_id FROM ${ofGuests} AND donor_session_id IS NOT NULL
                    GROUP BY donor_session_id HAVING count(DISTINCT d.id) > 1`;
    expect(await count(`(${apart}) a`)).toBe(0);
    const alone = `${ofGuests} AND t.donor_session_id IS NULL`;
    expect(await count(`(SELECT DISTINCT d.id FROM ${alone}) g`)).toBe(await count(alone));
  });

  test('gives the session of a guest to the identity that has taken its tickets over', async () => {
    const taken = `donor_sessions s JOIN tickets t ON t.donor_session_id = s.id
                   WHERE s.owner_key IS NULL AND t.owner_key IS NOT NULL`;
    expect(await count(taken)).toBe(TICKETS / 10 + requests.writes);
    expect(await count(`${taken} AND s.donor_uuid <> t.donor_uuid`)).toBe(0);
  });

  test('leaves no donor to whom nothing refers', async () => {
    const referred = `(SELECT donor_uuid FROM tickets UNION SELECT donor_uuid FROM donor_sessions)`;
    expect(
      await count(`donors d LEFT JOIN ${referred} r ON r.donor_uuid = d.id WHERE r.donor_uuid IS NULL`),
    ).toBe(0);
    expect(await count(`donors WHERE email = 'erased@mail.test'`)).toBe(0);
  });
});

describe('a node of the version before, after the migration', () => {
  const donorOf = async (table: string, id: string) => {
    const { rows } = await db.query<{ id: string; owner_key: string | null }>(
      `SELECT d.id, d.owner_key FROM ${table} x JOIN donors d ON d.id = x.donor_uuid WHERE x.id = $1`,
      [id],
    );
    return rows[0];
  };

  test('opens tickets of guests, and gives them to who proves an identity', async () => {
    const guest = await node.openAsGuest('late@mail.test');
    const own = { id: guest.sessionId, owner_key: null };
    expect(await donorOf('tickets', guest.id)).toEqual(own);
    expect(await donorOf('donor_sessions', guest.sessionId)).toEqual(own);
    await node.upgrade(guest.id, shared.person);
    const proven = await donorOf('donor_sessions', shared.bearer);
    expect(proven?.owner_key).toBe(shared.person);
    expect(await donorOf('tickets', guest.id)).toEqual(proven);
    expect(await donorOf('donor_sessions', guest.sessionId)).toEqual(proven);
    expect(await count('donors WHERE id = $1', [guest.sessionId])).toBe(0);
  });

  test('erases a session that keeps ended tokens worthless, and with it the person', async () => {
    const [key, session] = ['jwt:shop:late', randomUUID()];
    await node.admit(key, session);
    const proven = await donorOf('donor_sessions', session);
    await db.query(`UPDATE donor_sessions SET owner_key = NULL, email = NULL WHERE id = $1`, [session]);
    expect(await count('donors WHERE id = $1', [proven?.id])).toBe(0);
    await node.admit(key, session);
    expect((await donorOf('donor_sessions', session))?.owner_key).toBe(key);
  });
});

describe('a guest whom an identity takes over while only some of the migrations are applied', () => {
  test.each([
    '20261202010100_donors_of_tickets',
    '20261202010200_donors_forgotten',
    '20261202010400_donors_backfill',
    '20261202010500_donors_required',
  ])('is that identity on the guest’s own device too, before %s', async (next) => {
    const partly = await createEmptyDatabase();
    const pool = openPool(partly);
    try {
      await migrateUpTo(partly, next);
      const earlier = new EarlierNode(pool);
      const { id, sessionId } = await earlier.openAsGuest('guest@mail.test');
      await earlier.upgrade(id, 'mail:proven@mail.test');
      await migrate(partly.url, () => undefined);
      const { rows } = await pool.query(
        `SELECT d.owner_key, s.donor_uuid = t.donor_uuid AS same FROM donor_sessions s JOIN donors d ON d.id = s.donor_uuid
           JOIN tickets t ON t.donor_session_id = s.id WHERE s.id = $1`,
        [sessionId],
      );
      expect(rows).toEqual([{ owner_key: 'mail:proven@mail.test', same: true }]);
      expect((await pool.query('SELECT 1 FROM donors')).rowCount).toBe(1);
    } finally {
      await pool.end();
      await partly.drop();
    }
  });
});
