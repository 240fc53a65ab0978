import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startPostgres, type PrivatePostgres } from '../support/database.js';
import { FakeDaily } from '../support/fake-daily.js';
import { Judge } from '../support/judge.js';
import { printedSeed, type Random } from '../support/judge-random.js';
import { CRASH_POINTS, type CrashAt } from '../support/product-process.js';

const ROUNDS = Number(process.env['CHAOS_ROUNDS'] ?? 12);
const ROUND_MS = 20_000;

let postgres: PrivatePostgres;
let daily: FakeDaily;
let judge: Judge | undefined;

beforeEach(async () => {
  postgres = await startPostgres();
  daily = await FakeDaily.start();
}, 60_000);
afterEach(async () => {
  await judge?.close();
  await daily.close();
  await postgres.remove();
});

/** Where each life of the product ends: at a random moment, or at a named point that it passes for the n-th time. */
function plan(random: Random): (CrashAt | 'any moment')[] {
  return Array.from({ length: ROUNDS }, (_, round) => {
    const point = [...CRASH_POINTS, 'any moment' as const][round % (CRASH_POINTS.length + 1)];
    return point === undefined || point === 'any moment'
      ? 'any moment'
      : { point, nth: random.between(1, 80) };
  });
}

test(
  `nothing is lost or doubled in ${ROUNDS} rounds of kill -9`,
  async () => {
    const seed = printedSeed('kill -9 of the product');
    judge = await Judge.open({
      database: await postgres.createDatabase(),
      seed,
      env: { VIDEO_PROVIDER: 'daily', DAILY_API_KEY: daily.apiKey, DAILY_API_URL: daily.url },
    });
    const { random, writers } = judge;
    for (const end of plan(random)) {
      await judge.product.kill();
      await judge.start(end === 'any moment' ? undefined : end);
      writers.go();
      if (end === 'any moment') {
        await writers.untilAcked(random.between(1, 100));
        await sleep(random.between(0, 20));
        void judge.product.kill();
      }
      await judge.untilDead();
      await judge.untilQuiet();
      expect({ seed, end, faults: await judge.inspect() }).toEqual({ seed, end, faults: [] });
    }
    await judge.start();
    expect({ seed, faults: await judge.conclude() }).toEqual({ seed, faults: [] });
    process.stdout.write(`${ROUNDS} rounds: ${judge.summary()}\n`);
  },
  60_000 + ROUNDS * ROUND_MS,
);
