import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { Redis } from '../../redis/redis.js';
import { LimitGuard } from './limit.guard.js';
import { Limits } from './limits.js';
import { LocalLimitStorage } from './local-limit-storage.js';
import type { RedisLimitStorage } from './redis-limit-storage.js';

/** The limiter that processes share is loaded only where there is a Redis. */
async function chooseStorage({ connection }: Redis): Promise<LocalLimitStorage | RedisLimitStorage> {
  if (connection === undefined) return new LocalLimitStorage();
  const { RedisLimitStorage: Shared } = await import('./redis-limit-storage.js');
  return new Shared(connection);
}

/** Limits a minute. Must stand after the module of the actor guard: guards run in the order of their modules. */
@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [Redis],
      useFactory: async (redis: Redis) => ({ throttlers: [], storage: await chooseStorage(redis) }),
    }),
  ],
  providers: [Limits, { provide: APP_GUARD, useClass: LimitGuard }],
  exports: [Limits],
})
export class ThrottlingModule {}
