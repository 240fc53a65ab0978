import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { startPostgres, type PrivatePostgres, type TestDatabase } from '../support/database.js';
import { FakeDaily } from '../support/fake-daily.js';
import { Judge } from '../support/judge.js';
import type { Outcome } from '../support/judge-http.js';
import { printedSeed } from '../support/judge-random.js';
import { TcpProxy, type NetworkState } from '../support/tcp-proxy.js';

/** kill -9 of PostgreSQL: a few times in CI, many in a long run. */
const KILLS = Math.ceil(Number(process.env['CHAOS_ROUNDS'] ?? 12) / 4);
jest.setTimeout(180_000 + KILLS * 20_000);

let postgres: PrivatePostgres;
let database: TestDatabase;
/** Calls with rooms elsewhere bring durable jobs, which must survive too. */
let daily: FakeDaily;
let proxy: TcpProxy | undefined;
let judge: Judge;

beforeEach(async () => {
  postgres = await startPostgres();
  database = await postgres.createDatabase();
  daily = await FakeDaily.start();
}, 60_000);
afterEach(async () => {
  await judge.close();
  await daily.close();
  await proxy?.close();
  await postgres.remove();
});

async function open(title: string, env: Record<string, string> = {}): Promise<void> {
  const video = { VIDEO_PROVIDER: 'daily', DAILY_API_KEY: daily.apiKey, DAILY_API_URL: daily.url };
  judge = await Judge.open({ database, seed: printedSeed(title), env: { ...video, ...env } });
}

/** The same, with a network between the product and its database. */
async function openBehindProxy(title: string): Promise<TcpProxy> {
  const network = await TcpProxy.start({ host: '127.0.0.1', port: postgres.port });
  proxy = network;
  const url = new URL(database.url);
  url.port = String(network.port);
  await open(title, { DATABASE_URL: url.href });
  return network;
}

function ask(method: string, path: string, body?: object): Promise<Outcome> {
  return judge.sender.send(judge.url, { method, path, body });
}

const createTicket = () => ask('POST', '/api/v1/tickets', { donorId: 'd', donorEmail: 'd@example.org' });

const LATER = {
  kind: 'answered',
  status: 503,
  retryAfter: expect.stringMatching(/^\d+$/),
  body: expect.objectContaining({ success: false, error: 'SERVICE_UNAVAILABLE' }),
};

/** While the database is unavailable the product lives, says so, and asks everybody to come again. */
async function expectAway(): Promise<void> {
  expect(await createTicket()).toEqual(LATER);
  expect(await ask('GET', `/api/v1/tickets/${judge.world.tickets[0]}/messages`)).toEqual(LATER);
  expect(await ask('GET', '/health/ping')).toMatchObject({ status: 200 });
  await untilNotReady();
}

/** An answer of /health/ready is given again for a moment, so the first may be from before. */
async function untilNotReady(): Promise<void> {
  for (;;) {
    const ready = await ask('GET', '/health/ready');
    if (ready.kind === 'answered' && ready.status === 503) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Nothing wrong so far, each request had an answer, and it is the same process all the time. */
async function expectUnharmed(pid: number | undefined): Promise<void> {
  expect(await judge.inspect()).toEqual([]);
  expect({ cutOff: judge.writers.cutOff, pid: judge.product.child.pid }).toEqual({ cutOff: 0, pid });
  expect(judge.product.child.exitCode).toBeNull();
}

async function concludeWell(pid: number | undefined): Promise<void> {
  expect(await judge.conclude()).toEqual([]);
  await expectUnharmed(pid);
}

test(`survives ${KILLS} × kill -9 of PostgreSQL under load, without a restart of its own`, async () => {
  await open('kill -9 of PostgreSQL');
  const { writers, random } = judge;
  const { pid } = judge.product.child;
  for (let kill = 1; kill <= KILLS; kill += 1) {
    writers.go();
    await writers.untilAcked(random.between(20, 60));
    const { lost } = writers;
    await postgres.kill();
    await writers.untilLost(lost);
    await expectAway();
    await writers.pause();
    await postgres.start();
    await expectUnharmed(pid);
  }
  writers.go();
  await writers.untilAcked(30);
  await concludeWell(pid);
});

describe('behind a network', () => {
  const BAD: [string, NetworkState][] = [
    ['that refuses everything', { kind: 'refuse' }],
    ['that swallows everything', { kind: 'blackhole' }],
  ];

  test.each(BAD)('%s: answers 503, and recovers when it is fine again', async (title, state) => {
    const network = await openBehindProxy(`PostgreSQL behind a network ${title}`);
    const { writers } = judge;
    const { pid } = judge.product.child;
    writers.go();
    await writers.untilAcked(30);
    const { lost } = writers;
    await network.become(state);
    await writers.untilLost(lost);
    await expectAway();
    await network.become({ kind: 'fine' });
    await writers.untilAcked(30);
    await concludeWell(pid);
  });

  test('that is slow and cuts connections: loses nothing', async () => {
    const network = await openBehindProxy('PostgreSQL behind a slow network with cuts');
    const { writers } = judge;
    const { pid } = judge.product.child;
    await network.become({ kind: 'slow', ms: 10 });
    writers.go();
    for (let cut = 0; cut < 5; cut += 1) {
      await writers.untilAcked(20);
      network.cut();
    }
    await network.become({ kind: 'fine' });
    await writers.untilAcked(20);
    await concludeWell(pid);
  });
});

test('with every connection taken it answers "later", stays alive, and goes on when one is free', async () => {
  await open('pool exhausted', { DATABASE_POOL: '2' });
  const { writers } = judge;
  const { pid } = judge.product.child;
  writers.go();
  await writers.untilAcked(30);
  const { lost } = writers;
  const greedy = await judge.db.connect();
  await greedy.query('BEGIN');
  await greedy.query('LOCK TABLE tickets IN ACCESS EXCLUSIVE MODE');
  await writers.untilLost(lost + 4);
  expect(await createTicket()).toEqual(LATER);
  expect(await ask('GET', '/health/ping')).toMatchObject({ status: 200 });
  await greedy.query('ROLLBACK');
  greedy.release();
  await writers.untilAcked(30);
  await concludeWell(pid);
});
