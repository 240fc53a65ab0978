import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Database } from '../src/platform/database/database.service.js';
import { Jobs } from '../src/platform/jobs/jobs.service.js';
import { testConfig } from '../test/support/app.js';
import { FakeFcm } from '../test/support/fake-fcm.js';
import { median } from './figures.js';
import type { Laboratory } from './laboratory.js';
import { newSecrets, Product } from './product.js';

const JOBS = 5_000;
const EVENTS = 50;
const ROUNDS = 5;
const PHONE = 'phone-of-the-bench';
const LOOK_MS = 2;

export interface JobFigures {
  /** Jobs a second that do nothing, by how many of a queue run at once. */
  empty: { concurrency: number; rate: number }[];
  events: number;
  /** Milliseconds from the first of the events to the last push. */
  lastPush: number;
}

/** How fast queues are worked off. */
export async function jobFigures(laboratory: Laboratory): Promise<JobFigures> {
  const empty = [];
  for (const concurrency of [1, 4]) {
    const rate = await emptyJobs(laboratory, concurrency);
    console.log(`${Math.round(rate)} empty jobs a second, ${concurrency} at once`);
    empty.push({ concurrency, rate });
  }
  return { empty, events: EVENTS, lastPush: await burst(laboratory) };
}

/** A full queue meets one worker process. */
async function emptyJobs(laboratory: Laboratory, concurrency: number): Promise<number> {
  const { url } = await laboratory.createDatabase(`jobs_${concurrency}`);
  let done = 0;
  let began = 0;
  const all = Promise.withResolvers<number>();
  const work = () => {
    if (done === 0) began = performance.now();
    done += 1;
    if (done === JOBS) all.resolve(performance.now());
    return Promise.resolve();
  };
  const node = (role: 'web' | 'worker') => {
    const database = new Database({ url, pool: 1 });
    const jobs = new Jobs(testConfig(url, { role }), database);
    jobs.define('bench.empty', work, { concurrency });
    return { jobs, database };
  };
  const [sender, worker] = [node('web'), node('worker')];
  await sender.jobs.start();
  for (let n = 0; n < JOBS; n += 1) await sender.jobs.send('bench.empty', { n });
  await worker.jobs.start();
  const ended = await all.promise;
  for (const { jobs, database } of [sender, worker]) {
    await jobs.stop();
    await database.onModuleDestroy();
  }
  return (JOBS - 1) / ((ended - began) / 1_000);
}

/** A donor's messages all at once; the owner's phone gets a push for each. */
async function burst(laboratory: Laboratory): Promise<number> {
  const { url: databaseUrl } = await laboratory.createDatabase('burst');
  const fcm = await FakeFcm.start();
  const logFile = path.join(laboratory.folder, 'burst.log');
  const product = await Product.start({
    ...{ databaseUrl, pool: 10, secrets: newSecrets(), logFile },
    env: fcm.env,
  });
  try {
    const staff = callerOf(product, await product.signIn('admin'));
    await staff('PUT', '/users/me/fcm-token', { token: PHONE, platform: 'android' });
    const ticket = await callerOf(product)('POST', '/tickets', {
      donorId: 'bench',
      donorEmail: 'bench@example.org',
    });
    const at = `/tickets/${ticket['id']}`;
    await staff('PUT', `${at}/assign`);
    const donor = callerOf(product, ticket['donorToken']);
    const times = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const took = await untilPushed(fcm, () => donor('POST', `${at}/messages`, { content: 'Hello' }));
      console.log(`${EVENTS} events, last push after ${Math.round(took)} ms`);
      times.push(took);
    }
    return median(times);
  } finally {
    await product.stop();
    await fcm.close();
  }
}

async function untilPushed(fcm: FakeFcm, post: () => Promise<unknown>): Promise<number> {
  const pushes = () => fcm.to(PHONE).filter(({ data }) => data['kind'] === 'donor_message').length;
  const wanted = pushes() + EVENTS;
  const began = performance.now();
  await Promise.all(Array.from({ length: EVENTS }, post));
  while (pushes() < wanted) await sleep(LOOK_MS);
  return performance.now() - began;
}

type Caller = (method: string, route: string, body?: object) => Promise<Record<string, string>>;

function callerOf({ url }: Product, token?: string): Caller {
  return async (method, route, body) => {
    const response = await fetch(`${url}/api/v1${route}`, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${route} answered ${response.status}: ${text}`);
    return text === '' ? {} : (JSON.parse(text) as Record<string, string>);
  };
}
