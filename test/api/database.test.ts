import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  isDatabaseUnavailable,
  isLockTimeout,
  isSerializationOrDeadlock,
  isStatementTimeout,
  isUniqueViolation,
} from '../../src/platform/database/database.errors.js';
import { Database } from '../../src/platform/database/database.service.js';
import { Prisma } from '../../src/platform/database/generated/client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

/** The error that a promise is expected to reject with. */
async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: unknown) => error,
  );
}

/** A promise and the function that fulfils it. */
function signal(): { given: Promise<void>; give: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return {
    given: promise,
    give: () => {
      resolve(undefined);
    },
  };
}

describe('Database', () => {
  let target: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    target = await createTestDatabase();
    database = new Database({ url: target.url, pool: 4 });
    await database.onModuleInit();
    await database.user.createMany({
      data: [
        { username: 'ann', name: 'Ann' },
        { username: 'bob', name: 'Bob' },
      ],
    });
  });
  afterAll(async () => {
    await database.onModuleDestroy();
    await target.drop();
  });

  it('limits its sessions and keeps them in UTC', async () => {
    const rows = await database.$queryRaw<
      { name: string; setting: string }[]
    >`SELECT name, setting FROM pg_settings`;
    const settings = new Map(rows.map((row) => [row.name, row.setting]));
    expect(settings.get('statement_timeout')).toBe('5000');
    expect(settings.get('lock_timeout')).toBe('2000');
    expect(settings.get('idle_in_transaction_session_timeout')).toBe('10000');
    expect(settings.get('TimeZone')).toBe('UTC');
    expect(settings.get('application_name')).toBe('concierge');
  });

  it('keeps moments exact', async () => {
    const moment = new Date('2026-07-01T12:34:56.789Z');
    await database.user.update({ where: { username: 'ann' }, data: { lastAssignedAt: moment } });
    expect((await database.user.findUnique({ where: { username: 'ann' } }))?.lastAssignedAt).toEqual(moment);
    const [row] = await database.$queryRaw<{ epoch: number }[]>`
      SELECT extract(epoch FROM last_assigned_at)::float8 * 1000 AS epoch FROM users WHERE last_assigned_at = ${moment}`;
    expect(row?.epoch).toBe(moment.getTime());
  });

  it('runs a statement past Prisma, with the same limits, names and moments', async () => {
    const moment = new Date('2026-07-01T12:34:56.789Z');
    for (let use = 0; use < 4; use++) {
      const rows = await database.query(Prisma.sql`
        SELECT ${moment}::timestamptz AS moment, ${['a', 'b']}::text[] AS tags, ${JSON.stringify({ a: 1 })}::jsonb AS data,
               current_setting('statement_timeout') AS timeout, ${null}::int AS nothing`);
      expect(rows).toEqual([{ moment, tags: ['a', 'b'], data: { a: 1 }, timeout: '5s', nothing: null }]);
    }
    const failure = await failureOf(
      database.query(Prisma.sql`INSERT INTO users (username, name) VALUES ('ann', 'Other')`),
    );
    expect(isUniqueViolation(failure, 'username')).toBe(true);
  });

  it('takes no more work once it is closed', async () => {
    const closed = new Database({ url: target.url, pool: 1 });
    await closed.query(Prisma.sql`SELECT 1`);
    await closed.onModuleDestroy();
    await closed.onModuleDestroy();
    await expect(closed.query(Prisma.sql`SELECT 1`)).rejects.toThrow('after calling end on the pool');
    await expect(closed.user.count()).rejects.toThrow();
  });

  it('prepares statements that are used often', async () => {
    const sole = new Database({ url: target.url, pool: 1 });
    for (let use = 0; use < 4; use++) await sole.$queryRaw`SELECT ${use}::int AS prepared_on_purpose`;
    await sole.$queryRaw`SELECT 1 AS used_once`;
    const prepared = await sole.$queryRaw<
      { statement: string }[]
    >`SELECT statement FROM pg_prepared_statements`;
    const statements = prepared.map((row) => row.statement).join();
    expect(statements).toContain('prepared_on_purpose');
    expect(statements).not.toContain('used_once');
    await sole.onModuleDestroy();
  });

  it('queues a hundred transactions on one row instead of failing them', async () => {
    const increments = Array.from({ length: 100 }, () =>
      database.$transaction(async (tx) => {
        await tx.$queryRaw`SELECT id FROM users WHERE username = 'bob' FOR UPDATE`;
        await tx.user.update({ where: { username: 'bob' }, data: { tokenVersion: { increment: 1 } } });
      }),
    );
    await Promise.all(increments);
    expect((await database.user.findUnique({ where: { username: 'bob' } }))?.tokenVersion).toBe(100);
  });

  it('recognises a unique violation, of Prisma calls and of raw SQL', async () => {
    const failures = [
      await failureOf(database.user.create({ data: { username: 'ann', name: 'Other' } })),
      await failureOf(database.$executeRaw`INSERT INTO users (username, name) VALUES ('ann', 'Other')`),
      await failureOf(
        database.$transaction(
          (tx) => tx.$queryRaw`INSERT INTO users (username, name) VALUES ('ann', 'Other') RETURNING id`,
        ),
      ),
    ];
    for (const failure of failures) {
      expect(isUniqueViolation(failure)).toBe(true);
      expect(isUniqueViolation(failure, 'username')).toBe(true);
      expect(isUniqueViolation(failure, 'users_username_key')).toBe(true);
      expect(isUniqueViolation(failure, 'name')).toBe(false);
      expect(isUniqueViolation(failure, 'users_email_key')).toBe(false);
      expect(isDatabaseUnavailable(failure)).toBe(false);
    }
    const foreignKey = await failureOf(database.userSkill.create({ data: { userId: 999_999, skill: 'x' } }));
    expect(isUniqueViolation(foreignKey)).toBe(false);
  });

  it('recognises a lock timeout', async () => {
    const [locked, release] = [signal(), signal()];
    const holder = database.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM users WHERE username = 'ann' FOR UPDATE`;
      locked.give();
      await release.given;
    });
    await locked.given;
    const failures = await Promise.all([
      failureOf(database.$executeRaw`UPDATE users SET name = 'Raw' WHERE username = 'ann'`),
      failureOf(database.user.update({ where: { username: 'ann' }, data: { name: 'Prisma' } })),
    ]);
    release.give();
    await holder;
    expect(failures.map(isLockTimeout)).toEqual([true, true]);
    expect(failures.map(isDatabaseUnavailable)).toEqual([false, false]);
  });

  it('recognises a statement timeout', async () => {
    const slow = new Database({ url: `${target.url}?statement_timeout=200`, pool: 1 });
    const failure = await failureOf(slow.$queryRaw`SELECT pg_sleep(3)::text`);
    expect(isStatementTimeout(failure)).toBe(true);
    expect(isDatabaseUnavailable(failure)).toBe(false);
    await slow.onModuleDestroy();
  });

  it('recognises a deadlock and a serialization failure', async () => {
    const both = [signal(), signal()];
    const cross = (own: number, first: string, second: string) =>
      database.$transaction(async (tx) => {
        await tx.$executeRaw`UPDATE users SET name = 'x' WHERE username = ${first}`;
        both[own]?.give();
        await both[1 - own]?.given;
        await tx.user.update({ where: { username: second }, data: { name: 'y' } });
      });
    const outcomes = await Promise.allSettled([cross(0, 'ann', 'bob'), cross(1, 'bob', 'ann')]);
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(failed.map((outcome) => isSerializationOrDeadlock(outcome.reason))).toEqual([true]);

    const conflict = database.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT name FROM users WHERE username = 'ann'`;
        await database.$executeRaw`UPDATE users SET name = 'z' WHERE username = 'ann'`;
        await tx.$executeRaw`UPDATE users SET name = 'w' WHERE username = 'ann'`;
      },
      { isolationLevel: 'RepeatableRead' },
    );
    expect(isSerializationOrDeadlock(await failureOf(conflict))).toBe(true);
  });
});
