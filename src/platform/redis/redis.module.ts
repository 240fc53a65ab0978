import { Global, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { HealthProbes, type ProbeFinding } from '../health/probes/health-probes.js';
import type { RedisConnection } from './redis-connection.js';
import { Redis } from './redis.js';

/** The client of Redis is large: it is loaded only where REDIS_URL names one. */
async function openRedis({ redisUrl }: Config, probes: HealthProbes): Promise<Redis> {
  if (redisUrl === undefined) {
    const note = 'This process serves everybody alone.';
    probes.register({ name: 'redis', check: () => Promise.resolve({ status: 'off', note }) });
    return new Redis();
  }
  const { RedisConnection: Connection } = await import('./redis-connection.js');
  const connection = new Connection(redisUrl);
  probes.register({ name: 'redis', check: () => findingOf(connection) });
  return new Redis(connection);
}

async function findingOf({ client }: RedisConnection): Promise<ProbeFinding> {
  if (!client.isReady) return { status: 'down', note: 'Processes catch up with each other later.' };
  await client.ping();
  return { status: 'up' };
}

/** Gives every module the `Redis` that it shares with other processes. */
@Global()
@Module({
  providers: [{ provide: Redis, useFactory: openRedis, inject: [CONFIG, HealthProbes] }],
  exports: [Redis],
})
export class RedisModule {}
