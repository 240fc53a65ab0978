import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { ActorGuard } from './actor.guard.js';
import { ActorResolver } from './actor-resolver.js';
import { BadTokens } from './bad-tokens.js';
import { OpaqueTokenStrategy } from './opaque-token.strategy.js';
import { SignedTokenStrategy } from './signed-token.strategy.js';
import { TokenReaders } from './token-readers.js';

/**
 * Authentication. Its guard must come before the throttling guard: import this module first. A module that issues tokens registers a
 * reader for them.
 */
@Module({
  imports: [AuditModule],
  providers: [
    ActorGuard,
    ActorResolver,
    BadTokens,
    OpaqueTokenStrategy,
    SignedTokenStrategy,
    TokenReaders,
    { provide: APP_GUARD, useExisting: ActorGuard },
  ],
  exports: [ActorResolver, BadTokens, TokenReaders],
})
export class AuthModule {}
