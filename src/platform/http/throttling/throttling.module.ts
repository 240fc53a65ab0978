import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { Redis } from '../../redis/redis.js';
import { LimitGuard } from './limit.guard.js';
import { Limits } from './limits.js';
import { LocalLimitStorage } from './local-limit-storage.js';
import { RedisLimitStorage } from './redis-limit-storage.js';

function chooseStorage({ connection }: Redis): LocalLimitStorage | RedisLimitStorage {
  const local = new LocalLimitStorage();
  return connection === undefined ? local : new RedisLimitStorage(connection, local);
}

/** Limits a minute. Must stand after the module of the actor guard: guards run in the order of their modules. */
@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [Redis],
      useFactory: (redis: Redis) => ({ throttlers: [], storage: chooseStorage(redis) }),
    }),
  ],
  providers: [Limits, { provide: APP_GUARD, useClass: LimitGuard }],
  exports: [Limits],
})
export class ThrottlingModule {}
