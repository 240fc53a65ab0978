import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, startPostgres, type TestDatabase } from '../support/database.js';
import { jobNode, until, type JobNode } from '../support/job-nodes.js';

// These tests break things on purpose.
Logger.overrideLogger(false);

let postgres: TestDatabase;
let nodes: JobNode[];

beforeEach(async () => {
  postgres = await createTestDatabase();
  nodes = [];
});
afterEach(async () => {
  for (const one of nodes) await one.stop();
  await postgres.drop();
});

/** A process's jobs, not started yet. */
function node(role: 'all' | 'web' | 'worker' = 'all', url = postgres.url): JobNode {
  const one = jobNode(url, role);
  nodes.push(one);
  return one;
}

describe('jobs', () => {
  test('run once the transaction that sent them has committed, and not when it has not', async () => {
    const { jobs, database } = node();
    const seen: unknown[] = [];
    jobs.define('test.mail', async (data) => void seen.push(data));
    await jobs.start();
    const failed = database.$transaction(async (tx) => {
      await jobs.send('test.mail', { to: 'nobody' }, { tx });
      throw new Error('rolled back');
    });
    await expect(failed).rejects.toThrow('rolled back');
    await database.$transaction((tx) => jobs.send('test.mail', { to: 'ada' }, { tx }));
    await until(() => seen.length > 0);
    expect(seen).toEqual([{ to: 'ada' }]);
  });

  test('with the same key are one job, even after it ran', async () => {
    const { jobs } = node();
    let runs = 0;
    jobs.define('test.push', async () => void (runs += 1));
    jobs.define('test.other', async () => undefined);
    await jobs.start();
    expect(await jobs.send('test.push', {}, { singletonKey: 'ticket-1:7' })).toBe(true);
    await until(() => runs === 1);
    expect(await jobs.send('test.push', {}, { singletonKey: 'ticket-1:7' })).toBe(false);
    expect(await jobs.send('test.push', {}, { singletonKey: 'ticket-1:8' })).toBe(true);
    expect(await jobs.send('test.other', {}, { singletonKey: 'ticket-1:7' })).toBe(true);
    await until(() => runs === 2);
  });

  test('are tried again, end as dead letters, and can be sent again', async () => {
    const { jobs } = node();
    let tries = 0;
    let broken = true;
    const handler = async () => {
      tries += 1;
      if (broken) throw new Error('vendor away');
    };
    jobs.define('test.room', handler, { retryLimit: 1, retryDelay: 1 });
    await jobs.start();
    await jobs.send('test.room', { call: 1 });
    await until(async () => (await jobs.deadLetters()) === 1);
    expect(tries).toBe(2);
    broken = false;
    expect(await jobs.redrive()).toBe(1);
    await until(() => tries === 3);
    expect(await jobs.deadLetters()).toBe(0);
  });

  test('sent by a web process wait for a worker', async () => {
    const [web, worker] = [node('web'), node('worker')];
    const seen: string[] = [];
    web.jobs.define('test.mail', async () => void seen.push('web'));
    worker.jobs.define('test.mail', async () => void seen.push('worker'));
    await web.jobs.start();
    await web.jobs.send('test.mail', {});
    await until(async () => (await web.jobs.backlog()).lag > 0);
    await worker.jobs.start();
    await until(() => seen.length > 0);
    expect(seen).toEqual(['worker']);
    expect(await web.jobs.backlog()).toEqual({ due: 0, lag: 0 });
  });

  test('that are later are not late', async () => {
    const { jobs } = node('web');
    jobs.define('test.mail', async () => undefined);
    await jobs.start();
    await jobs.send('test.mail', {}, { startAfter: 60 });
    expect(await jobs.backlog()).toEqual({ due: 0, lag: 0 });
  });

  test('finish before the process stops', async () => {
    const { jobs } = node();
    let done = false;
    let started = false;
    jobs.define('test.slow', async () => {
      started = true;
      await sleep(300);
      done = true;
    });
    await jobs.start();
    await jobs.send('test.slow', {});
    await until(() => started);
    await jobs.stop();
    expect(done).toBe(true);
  });

  test('are declared once and in time', async () => {
    const { jobs } = node('web');
    jobs.define('test.mail', async () => undefined);
    expect(() => jobs.define('test.mail', async () => undefined)).toThrow('two jobs named test.mail');
    await jobs.start();
    expect(() => jobs.define('test.late', async () => undefined)).toThrow('after the jobs had started');
  });
});

test('jobs go on after PostgreSQL was killed and came back', async () => {
  const server = await startPostgres();
  const database = await server.createDatabase();
  const one = node('all', database.url);
  const seen: number[] = [];
  one.jobs.define<{ n: number }>('test.mail', async ({ n }) => void seen.push(n));
  await one.jobs.start();
  await one.jobs.send('test.mail', { n: 1 });
  await until(() => seen.length === 1);
  await server.kill();
  await expect(one.jobs.send('test.mail', { n: 2 })).rejects.toThrow();
  await server.start();
  await until(() => one.jobs.send('test.mail', { n: 3 }).catch(() => false));
  await until(() => seen.includes(3));
  await one.stop();
  nodes = nodes.filter((other) => other !== one);
  await server.remove();
});
