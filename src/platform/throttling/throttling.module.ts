import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { LimitGuard } from './limit.guard.js';
import { Limits } from './limits.js';
import { LocalLimitStorage } from './local-limit-storage.js';
import { RedisLimitStorage } from './redis-limit-storage.js';

function chooseStorage(config: Config): LocalLimitStorage | RedisLimitStorage {
  const local = new LocalLimitStorage();
  return config.redisUrl === undefined ? local : new RedisLimitStorage(config.redisUrl, local);
}

/** Limits a minute. Must stand after the module of the actor guard: guards run in the order of their modules. */
@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [CONFIG],
      useFactory: (config: Config) => ({ throttlers: [], storage: chooseStorage(config) }),
    }),
  ],
  providers: [Limits, { provide: APP_GUARD, useClass: LimitGuard }],
  exports: [Limits],
})
export class ThrottlingModule {}
