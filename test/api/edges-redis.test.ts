import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { RedisLimitStorage } from '../../src/platform/http/throttling/redis-limit-storage.js';
import { RedisConnection } from '../../src/platform/redis/redis-connection.js';
import { describeWithRedis, RedisServer } from '../support/redis.js';

const MINUTE_MS = 60_000;
/** On a busy machine Redis may answer late; only a Redis that hangs is to be given up. */
const PATIENCE_MS = 30_000;
const LIMIT = 4;

describeWithRedis('limits over Redis', () => {
  let redis: RedisServer;
  let connections: RedisConnection[];
  let nodes: RedisLimitStorage[];

  beforeAll(async () => {
    // Redis goes away on purpose.
    Logger.overrideLogger(false);
    redis = await RedisServer.start();
    connections = [0, 1].map(() => new RedisConnection(redis.url));
    nodes = connections.map((connection) => new RedisLimitStorage(connection, PATIENCE_MS));
    await untilShared('warm-up');
  });
  afterAll(async () => {
    for (const connection of connections) connection.close();
    await redis.kill();
  });

  /** What one caller sees of some requests, sent to the nodes in turn: hits so far, or that it is refused. */
  async function hits(caller: string, requests: number, among = nodes): Promise<(number | 'refused')[]> {
    const seen: (number | 'refused')[] = [];
    for (let index = 0; index < requests; index += 1) {
      const state = await among[index % 2]!.increment(caller, MINUTE_MS, LIMIT);
      seen.push(state.isBlocked ? 'refused' : state.totalHits);
    }
    return seen;
  }

  async function untilShared(caller: string): Promise<void> {
    for (let turn = 0; ; turn += 1) {
      const [first, second] = await hits(`${caller}-${turn}`, 2);
      if (first === 1 && second === 2) return;
      await sleep(50);
    }
  }

  test('count once for all processes, and say when the window ends', async () => {
    expect(await hits('ada', LIMIT + 2)).toEqual([1, 2, 3, 4, 'refused', 'refused']);
    const state = await nodes[0]!.increment('ada', MINUTE_MS, LIMIT);
    expect(state.timeToBlockExpire).toBeGreaterThan(0);
    expect(state.timeToBlockExpire).toBeLessThanOrEqual(60);
  });

  test('keep one window for each caller, from the first hit, which refused hits do not prolong', async () => {
    expect(await hits('hedy', LIMIT + 3)).toHaveLength(LIMIT + 3);
    const [{ client }] = connections as [RedisConnection];
    expect(await client.keys('concierge:limit:hedy*')).toEqual(['concierge:limit:hedy']);
    await client.pExpire('concierge:limit:hedy', 5_000);
    expect(await nodes[1]!.increment('hedy', MINUTE_MS, LIMIT)).toMatchObject({
      totalHits: LIMIT + 1,
      isBlocked: true,
    });
    expect(await client.pTTL('concierge:limit:hedy')).toBeLessThanOrEqual(5_000);
    await client.del('concierge:limit:hedy');
    expect(await hits('hedy', 1)).toEqual([1]);
    const left = await client.pTTL('concierge:limit:hedy');
    expect(left).toBeGreaterThan(MINUTE_MS - 10_000);
    expect(left).toBeLessThanOrEqual(MINUTE_MS);
  });

  test('have the length that is asked for, and then begin again', async () => {
    const [{ client }] = connections as [RedisConnection];
    for (const length of [2 * MINUTE_MS, 60 * MINUTE_MS]) {
      await nodes[0]!.increment(`lise-${length}`, length, 1);
      const left = await client.pTTL(`concierge:limit:lise-${length}`);
      expect(left).toBeGreaterThan(length - MINUTE_MS);
      expect(left).toBeLessThanOrEqual(length);
      expect((await nodes[1]!.increment(`lise-${length}`, length, 1)).isBlocked).toBe(true);
    }
    while ((await nodes[0]!.increment('lise', 200, 1)).isBlocked) await sleep(50);
    while ((await nodes[0]!.increment('lise', 200, 1)).isBlocked) await sleep(50);
  });

  test('count per process while Redis is unavailable, and together again when it is back', async () => {
    await redis.kill();
    expect(await hits('grace', 6)).toEqual([1, 1, 2, 2, 3, 3]);
    await redis.start();
    await untilShared('back');
  });

  test('count per process while Redis hangs, and hold no request up for it', async () => {
    const asInProduction = connections.map((connection) => new RedisLimitStorage(connection));
    redis.freeze();
    expect(await hits('joan', 6, asInProduction)).toEqual([1, 1, 2, 2, 3, 3]);
    redis.thaw();
    await untilShared('thawed');
  });
});
