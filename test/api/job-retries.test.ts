import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type pg from 'pg';
import { createBoss } from '../../src/platform/jobs/boss.js';
import { DEAD_LETTERS, type JobOptions } from '../../src/platform/jobs/job-queues.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { testConfig } from '../support/app.js';
import { createTestDatabase, openPool, type TestDatabase } from '../support/database.js';
import { jobNode, until, type JobNode } from '../support/job-nodes.js';

// These tests break things on purpose.
Logger.overrideLogger(false);

const QUEUE = 'test.work';

let postgres: TestDatabase;
let db: pg.Pool;
let node: JobNode;

beforeEach(async () => {
  jest.spyOn(Jobs.prototype, 'pollSeconds', 'get').mockReturnValue(0.5);
  postgres = await createTestDatabase();
  db = openPool(postgres);
  node = jobNode(postgres.url);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await node.stop();
  await db.end();
  await postgres.drop();
});

async function rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
  return (await db.query<T>(sql, values)).rows;
}

/** The clock of the database, in seconds. */
async function clock(): Promise<number> {
  const [row] = await rows<{ at: number }>('SELECT extract(epoch FROM clock_timestamp())::float AS at');
  return row!.at;
}

const count = async (where: string): Promise<number> =>
  (await rows(`SELECT 1 FROM pgboss.job WHERE ${where}`)).length;

/** Starts with one job whose every try fails. */
async function failing(options: JobOptions = {}): Promise<void> {
  const fail = () => Promise.reject(new Error('vendor away'));
  node.jobs.define(QUEUE, fail, options);
  await node.jobs.start();
  await node.jobs.send(QUEUE, {}, { startAfter: 3_600 });
}

/** Lets the job that waits fail now, as its try after `earlier` others: between which seconds from then the next one is due. */
async function waitAfter(earlier: number): Promise<{ atLeast: number; atMost: number }> {
  const before = await clock();
  // Each try but the first counts itself.
  await db.query(
    `UPDATE pgboss.job SET start_after = now(), retry_count = $1 - (started_on IS NOT NULL)::int WHERE name = $2`,
    [earlier, QUEUE],
  );
  await until(
    async () => (await count(`name = '${QUEUE}' AND state = 'retry' AND start_after > now()`)) === 1,
  );
  const [row] = await rows<{ due: number }>(
    `SELECT extract(epoch FROM start_after)::float AS due FROM pgboss.job WHERE name = $1`,
    [QUEUE],
  );
  return { atLeast: row!.due - (await clock()), atMost: row!.due - before };
}

/** Moves what is known of a queue's jobs into the past, and lets pg-boss clean up. */
async function cleanUpAfter(queue: string, days: number): Promise<void> {
  await db.query(
    `UPDATE pgboss.job SET created_on = created_on - $1 * interval '1 day', start_after = start_after - $1 * interval '1 day',
            completed_on = completed_on - $1 * interval '1 day', keep_until = keep_until - $1 * interval '1 day'
      WHERE name = $2`,
    [days, queue],
  );
  // Processes take turns, once a day.
  await db.query('UPDATE pgboss.queue SET maintain_on = NULL');
  const boss = createBoss(
    { database: testConfig(postgres.url).database },
    { supervise: false, schedule: false },
  );
  await boss.start();
  await boss.supervise();
  await boss.stop({ graceful: false });
}

describe('the wait before the next try', () => {
  test('is 2 to 4 seconds at first and doubles from try to try, with chance in it', async () => {
    await failing();
    for (const earlier of [0, 1, 2, 7]) {
      const { atLeast, atMost } = await waitAfter(earlier);
      expect(atMost).toBeGreaterThanOrEqual(2 ** (earlier + 1));
      expect(atLeast).toBeLessThanOrEqual(2 ** (earlier + 2));
    }
  });

  test('is an hour at most', async () => {
    await failing({ retryDelay: 600 });
    const third = await waitAfter(2);
    expect(third.atMost).toBeGreaterThanOrEqual(2_400);
    const sixth = await waitAfter(5);
    expect(sixth.atMost).toBeGreaterThanOrEqual(3_600);
    expect(sixth.atLeast).toBeLessThanOrEqual(3_600);
  });

  test('ends with the eighth repetition: the job is a dead letter', async () => {
    await failing();
    await waitAfter(7);
    await db.query(`UPDATE pgboss.job SET start_after = now() WHERE name = $1`, [QUEUE]);
    await until(async () => (await node.jobs.deadLetters()) === 1);
    expect(await count(`name = '${QUEUE}' AND state = 'failed' AND retry_count = 8`)).toBe(1);
  });
});

describe('the row of a job', () => {
  test('is kept for two days after the job was done, and its key with it', async () => {
    let runs = 0;
    node.jobs.define(QUEUE, async () => void (runs += 1));
    await node.jobs.start();
    const send = () => node.jobs.send(QUEUE, {}, { singletonKey: 'once' });
    await send();
    await until(async () => (await count(`name = '${QUEUE}' AND state = 'completed'`)) === 1);
    await cleanUpAfter(QUEUE, 1.9);
    expect(await send()).toBe(false);
    await cleanUpAfter(QUEUE, 0.2);
    expect(await send()).toBe(true);
    await until(() => runs === 2);
  });

  test('is kept for 90 days where it is a dead letter', async () => {
    await failing({ retryLimit: 0 });
    await db.query(`UPDATE pgboss.job SET start_after = now() WHERE name = $1`, [QUEUE]);
    await until(async () => (await node.jobs.deadLetters()) === 1);
    await cleanUpAfter(DEAD_LETTERS, 89);
    expect(await node.jobs.deadLetters()).toBe(1);
    await cleanUpAfter(DEAD_LETTERS, 2);
    expect(await node.jobs.deadLetters()).toBe(0);
  });
});
