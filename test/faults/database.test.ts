import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { isDatabaseUnavailable } from '../../src/platform/database/database.errors.js';
import { Database } from '../../src/platform/database/database.service.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { isAlive } from '../../src/platform/embedded-postgres/postgres-pid-file.js';
import { type PrivatePostgres, startPostgres, type TestDatabase } from '../support/database.js';

/** Calls of every kind that run until told to stop; what fails is kept. */
class Load {
  readonly failures: unknown[] = [];
  successes = 0;
  #stopped = false;
  readonly #workers: Promise<void>[];

  constructor(calls: (() => Promise<unknown>)[]) {
    this.#workers = calls.map((call) => this.#repeat(call));
  }

  async #repeat(call: () => Promise<unknown>): Promise<void> {
    while (!this.#stopped) {
      try {
        await call();
        this.successes++;
      } catch (error) {
        this.failures.push(error);
        await sleep(5);
      }
    }
  }

  /** Resolves when `count` more calls have succeeded. */
  async succeeds(count: number): Promise<void> {
    const target = this.successes + count;
    while (this.successes < target) await sleep(5);
  }

  async failed(): Promise<void> {
    while (this.failures.length === 0) await sleep(5);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }
}

describe('the database client', () => {
  let server: PrivatePostgres;
  let target: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    Logger.overrideLogger(false);
    server = await startPostgres();
    target = await server.createDatabase();
    database = new Database({ url: target.url, pool: 5 });
    await database.user.createMany({
      data: [
        { username: 'ann', name: '0' },
        { username: 'bob', name: '0' },
      ],
    });
  });
  afterAll(async () => {
    await database.onModuleDestroy();
    await server.remove();
  });

  function everyKindOfCall(): (() => Promise<unknown>)[] {
    const transaction = (username: string) => () =>
      database.$transaction(async (tx) => {
        await tx.user.findFirst();
        await tx.$executeRaw`UPDATE users SET name = 'x' WHERE username = ${username}`;
      });
    return [
      () => database.$queryRaw`SELECT 1`,
      () => database.$queryRaw`SELECT pg_sleep(0.01)::text`,
      () => database.user.findFirst(),
      () => database.$transaction([database.user.findFirst(), database.user.count()]),
      transaction('ann'),
      transaction('bob'),
    ];
  }

  /** Runs the load through a fault and a repair; all calls must fail as "unavailable" or succeed, and succeed again. */
  async function survives(fault: () => Promise<void>, repair: () => Promise<void>): Promise<void> {
    const load = new Load(everyKindOfCall());
    try {
      await load.succeeds(50);
      await fault();
      await load.failed();
      await repair();
      await load.succeeds(200);
    } finally {
      await load.stop();
    }
    const misread = load.failures.filter((failure) => !isDatabaseUnavailable(failure));
    expect(misread).toEqual([]);
  }

  it('recovers by itself after kill -9 of PostgreSQL, again and again', async () => {
    for (let round = 0; round < 3; round++)
      await survives(
        () => server.kill(),
        () => server.start(),
      );
  }, 60_000);

  it('starts PostgreSQL again although a session of the killed one still holds its memory', async () => {
    const [session] = await database.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    const pid = Number(session?.pid);
    process.kill(pid, 'SIGSTOP');
    try {
      await server.kill();
      const started = server.start();
      await Promise.race([started, sleep(1_000)]);
      process.kill(pid, 'SIGCONT');
      await started;
    } finally {
      if (isAlive(pid)) process.kill(pid, 'SIGCONT');
    }
    await expect(database.user.count()).resolves.toBe(2);
  });

  it('recovers by itself after a clean restart of PostgreSQL', async () => {
    await survives(
      () => server.stop(),
      () => server.start(),
    );
  });

  it('recovers when an operator ends its sessions', async () => {
    const admin = new Database({ url: target.adminUrl, pool: 1 });
    const end = async () => {
      await admin.$queryRaw`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    };
    await survives(end, () => Promise.resolve());
    await admin.onModuleDestroy();
  });

  it('says "unavailable" when the server has no connection left, and when its own pool stays full', async () => {
    const greedy = new Database({ url: target.url, pool: 150 });
    const calls = Array.from({ length: 120 }, () => greedy.$queryRaw`SELECT pg_sleep(1)::text`);
    const outcomes = await Promise.allSettled(calls);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every((outcome) => isDatabaseUnavailable(outcome.reason))).toBe(true);
    await greedy.onModuleDestroy();

    const narrow = new Database({ url: target.url, pool: 1 });
    const waiting = Array.from({ length: 4 }, () => narrow.$queryRaw`SELECT pg_sleep(4)::text`);
    const late = (await Promise.allSettled(waiting)).filter((outcome) => outcome.status === 'rejected');
    expect(late.map((outcome) => isDatabaseUnavailable(outcome.reason))).toEqual([true]);
    await narrow.onModuleDestroy();
  }, 60_000);

  it('gives up on a session that has stopped answering and uses another', async () => {
    const sole = new Database({ url: target.url, pool: 1 });
    const [session] = await sole.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    const pid = session?.pid ?? 0;
    process.kill(pid, 'SIGSTOP');
    const failure = await sole.$queryRaw`SELECT 1`.then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(isDatabaseUnavailable(failure)).toBe(true);
    expect(await sole.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    process.kill(pid, 'SIGCONT');
    await sole.onModuleDestroy();
  }, 60_000);

  it('keeps what was committed through kill -9', async () => {
    for (let count = 1; count <= 20; count++) {
      await database.user.update({ where: { username: 'ann' }, data: { capacity: count } });
    }
    await server.kill();
    await server.start();
    const fresh = new Database({ url: target.url, pool: 1 });
    expect((await fresh.user.findUnique({ where: { username: 'ann' } }))?.capacity).toBe(20);
    await fresh.onModuleDestroy();
  });

  it('lets migrate wait for a server that is still starting', async () => {
    await server.stop();
    const { promise: waiting, resolve: reportWaiting } = Promise.withResolvers<string>();
    const migrated = migrate(target.url, reportWaiting);
    expect(await waiting).toContain('Waiting for the database');
    await server.start();
    expect(await migrated).toEqual([]);
  });
});
