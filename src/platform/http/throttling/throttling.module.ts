import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { LimitGuard } from './limit.guard.js';
import { Limits } from './limits.js';
import { LocalLimitStorage } from './local-limit-storage.js';
import type { RedisLimitStorage } from './redis-limit-storage.js';

/** Redis' client is large: it is loaded only where there is a Redis. */
async function chooseStorage(config: Config): Promise<LocalLimitStorage | RedisLimitStorage> {
  const local = new LocalLimitStorage();
  if (config.redisUrl === undefined) return local;
  const { RedisLimitStorage: Shared } = await import('./redis-limit-storage.js');
  return new Shared(config.redisUrl, local);
}

/** Limits a minute. Must stand after the module of the actor guard: guards run in the order of their modules. */
@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [CONFIG],
      useFactory: async (config: Config) => ({ throttlers: [], storage: await chooseStorage(config) }),
    }),
  ],
  providers: [Limits, { provide: APP_GUARD, useClass: LimitGuard }],
  exports: [Limits],
})
export class ThrottlingModule {}
