import { Logger } from '@nestjs/common';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { CircuitOpen } from '../../src/platform/outbound/circuit.js';
import { RedisConnection } from '../../src/platform/redis/redis-connection.js';
import { until } from '../support/ticket-viewer.js';
import { describeWithRedis, RedisServer } from '../support/redis.js';

describeWithRedis('the connection to Redis', () => {
  let server: RedisServer;
  let redis: RedisConnection;
  let logged: string[];

  const ping = (patienceMs = 10_000) => redis.run((client) => client.ping(), patienceMs);
  beforeAll(async () => {
    server = await RedisServer.start();
  });
  beforeEach(async () => {
    logged = [];
    const log = (message: unknown): number =>
      logged.push(typeof message === 'string' ? message : (message as { msg: string }).msg);
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(log);
    jest.spyOn(Logger.prototype, 'log').mockImplementation(log);
    redis = new RedisConnection(server.url);
    await until(() => redis.isAvailable);
  });
  afterEach(() => redis.close());
  afterAll(() => server.kill());

  test('while Redis hangs, one command waits for it, as long as it is patient, and the others fail at once', async () => {
    expect(await ping()).toBe('PONG');
    server.freeze();
    try {
      await expect(ping(100)).rejects.toThrow('No answer within 0.1 s.');
      expect(redis.isAvailable).toBe(false);
      await expect(ping()).rejects.toThrow(CircuitOpen);
      expect(await redis.attempt((client) => client.ping())).toBeUndefined();
    } finally {
      server.thaw();
    }
    await until(() => redis.isAvailable);
    expect(await ping()).toBe('PONG');
  });

  test('while Redis is gone, the log tells once that it is, no matter who asks, and once that it is back', async () => {
    await server.kill();
    try {
      await until(() => !redis.client.isReady);
      await expect(ping()).rejects.toThrow('no connection');
      expect(await redis.attempt((client) => client.ping())).toBeUndefined();
      redis.report(new Error('somebody else has noticed'));
    } finally {
      await server.start();
    }
    await until(() => redis.isAvailable);
    const what = 'Redis is unavailable: limits count per process, and other processes catch up later';
    expect(logged).toEqual([what, `Over: ${what}`]);
  });

  test('ends with all connections that were made of it', async () => {
    const fork = redis.fork();
    await fork.connect();
    expect(await fork.ping()).toBe('PONG');
    redis.close();
    expect([redis.client.isOpen, fork.isOpen]).toEqual([false, false]);
    expect(logged).toEqual([]);
  });
});
