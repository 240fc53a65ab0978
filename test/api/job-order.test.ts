import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { JobHandler, JobOptions } from '../../src/platform/jobs/job-queues.js';
import { Jobs } from '../../src/platform/jobs/jobs.service.js';
import { createTestDatabase, openPool, type TestDatabase } from '../support/database.js';
import { jobNode, until, type JobNode } from '../support/job-nodes.js';

// These tests break things on purpose.
Logger.overrideLogger(false);

const QUEUE = 'test.work';
const HOUR_S = 3_600;

type Handler = JobHandler<{ n: number }>;

let postgres: TestDatabase;
let nodes: JobNode[];

beforeEach(async () => {
  postgres = await createTestDatabase();
  nodes = [];
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const one of nodes) await one.stop();
  await postgres.drop();
});

/** A process that queues and one that works, neither of them started; who starts late finds what was queued. */
function desk(handler: Handler, options: JobOptions = {}): { sender: Jobs; worker: Jobs } {
  const [sender, worker] = [jobNode(postgres.url, 'web'), jobNode(postgres.url, 'worker')];
  nodes.push(sender, worker);
  for (const { jobs } of [sender, worker]) jobs.define(QUEUE, handler, options);
  return { sender: sender.jobs, worker: worker.jobs };
}

/** A promise that is kept when somebody says so. */
function gate(): { passed: Promise<unknown>; open: () => void } {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { passed: promise, open: () => resolve(undefined) };
}

async function query<Row extends object>(sql: string): Promise<Row[]> {
  const pool = openPool(postgres);
  const { rows } = await pool.query<Row>(sql);
  await pool.end();
  return rows;
}

describe('jobs that wait', () => {
  test('are all done without a second look by the clock, and one that fails repeats no other', async () => {
    jest.spyOn(Jobs.prototype, 'pollSeconds', 'get').mockReturnValue(HOUR_S);
    const runs = Array.from({ length: 50 }, () => 0);
    const { sender, worker } = desk(async ({ n }) => {
      runs[n]! += 1;
      if (n === 10) throw new Error('not this one');
    });
    await sender.start();
    for (const n of runs.keys()) await sender.send(QUEUE, { n });
    await worker.start();
    await until(() => runs.every((count) => count > 0));
    expect(runs).toEqual(Array(50).fill(1));
    const open = () =>
      query<{ state: string; n: number }>(
        `SELECT state, (data->>'n')::int AS n FROM pgboss.job WHERE name = '${QUEUE}' AND state <> 'completed'`,
      );
    await until(async () => (await open()).length === 1);
    expect(await open()).toEqual([{ state: 'retry', n: 10 }]);
  });

  test('let the urgent ones go first, in the order in which they came', async () => {
    const seen: number[] = [];
    const { sender, worker } = desk(async ({ n }) => void seen.push(n));
    await sender.start();
    for (const n of [1, 2, 3]) await sender.send(QUEUE, { n });
    for (const n of [4, 5]) await sender.send(QUEUE, { n }, { urgent: true });
    await worker.start();
    await until(() => seen.length === 5);
    expect(seen).toEqual([4, 5, 1, 2, 3]);
  });

  test('run side by side, as many as are wanted and no more', async () => {
    const most = 3;
    const full = gate();
    let [running, peak, done] = [0, 0, 0];
    const handler = async () => {
      running += 1;
      peak = Math.max(peak, running);
      if (running === most) full.open();
      await full.passed;
      running -= 1;
      done += 1;
    };
    const { sender, worker } = desk(handler, { concurrency: most });
    await sender.start();
    for (let n = 0; n < 9; n += 1) await sender.send(QUEUE, { n });
    await worker.start();
    await until(() => done === 9);
    expect(peak).toBe(most);
  });
});

describe('a job', () => {
  test('that takes too long is told so, is tried again and is given up by itself', async () => {
    const told: number[] = [];
    const done: number[] = [];
    const handler: Handler = async ({ n }, { signal }) => {
      if (n === 1) {
        await once(signal, 'abort');
        told.push(n);
      } else done.push(n);
    };
    const { sender, worker } = desk(handler, { timeout: 1, retryLimit: 1, retryDelay: 1 });
    await sender.start();
    for (const n of [1, 2]) await sender.send(QUEUE, { n });
    await worker.start();
    await until(async () => (await sender.deadLetters()) === 1);
    expect([told, done]).toEqual([[1, 1], [2]]);
  });

  test('whose process has died is done by another', async () => {
    const seen: number[] = [];
    const { sender, worker } = desk(async ({ n }) => void seen.push(n));
    await sender.start();
    await sender.send(QUEUE, { n: 7 });
    await query(
      `UPDATE pgboss.job SET state = 'active', started_on = now() - interval '20 s', heartbeat_on = now() - interval '16 s'
        WHERE name = '${QUEUE}'`,
    );
    await worker.start();
    await until(() => seen.length === 1);
    expect(seen).toEqual([7]);
  });

  test('whose process lives is left to it', async () => {
    const end = gate();
    let runs = 0;
    const { sender, worker } = desk(async () => {
      runs += 1;
      await end.passed;
    });
    await sender.start();
    await sender.send(QUEUE, { n: 1 });
    await worker.start();
    const beats = () =>
      query(
        `SELECT 1 FROM pgboss.job WHERE name = '${QUEUE}' AND heartbeat_on > started_on + interval '1 s'`,
      );
    await until(async () => (await beats()).length === 1);
    end.open();
    const completed = () => query(`SELECT 1 FROM pgboss.job WHERE name = '${QUEUE}' AND state = 'completed'`);
    await until(async () => (await completed()).length === 1);
    expect(runs).toBe(1);
  });

  test('by the clock is planned in UTC, and forgotten when the program no longer has it', async () => {
    const first = jobNode(postgres.url);
    nodes.push(first);
    first.jobs.schedule('test.nightly', '37 3 * * *', () => sleep(0));
    await first.jobs.start();
    const plans = () => query(`SELECT name, cron, timezone FROM pgboss.schedule`);
    expect(await plans()).toEqual([{ name: 'test.nightly', cron: '37 3 * * *', timezone: 'UTC' }]);
    await first.stop();
    nodes = [jobNode(postgres.url)];
    await nodes[0]?.jobs.start();
    expect(await plans()).toEqual([]);
  });
});
