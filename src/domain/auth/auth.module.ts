import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.js';
import { AccessTokens } from './access-tokens.js';
import { ActorGuard } from './actor.guard.js';
import { ActorResolver } from './actor-resolver.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { BadTokens } from './bad-tokens.js';
import { ColleagueSessionsController } from './colleague-sessions.controller.js';
import { DelegatedPeople } from './delegated-people.js';
import { DelegatedStaff } from './delegated-staff.js';
import { DelegatedTokenReader } from './delegated-token.reader.js';
import { DonorTokenReader } from './donor-token.reader.js';
import { LoginLimiter } from './login-limiter.js';
import { OpaqueTokenStrategy } from './opaque-token.strategy.js';
import { Passwords } from './passwords.js';
import { RefreshChain } from './refresh-chain.js';
import { RefreshCookie } from './refresh-cookie.js';
import { RefreshTokenExpiryJob } from './refresh-token-expiry.job.js';
import { SecondFactorsController } from './second-factors.controller.js';
import { SecondFactors } from './second-factors.service.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';
import { SignedTokenStrategy } from './signed-token.strategy.js';
import { StaffProfiles } from './staff-profiles.service.js';
import { StaffSessions } from './staff-sessions.js';
import { StaffTokenReader } from './staff-token.reader.js';
import { TokenReaders } from './token-readers.js';

/** Who is asking. Its guard must come before the throttling guard: import this module first. */
@Module({
  imports: [AuditModule],
  controllers: [AuthController, SessionsController, ColleagueSessionsController, SecondFactorsController],
  providers: [
    AccessTokens,
    ActorGuard,
    ActorResolver,
    AuthService,
    BadTokens,
    DelegatedPeople,
    DelegatedStaff,
    DelegatedTokenReader,
    DonorTokenReader,
    LoginLimiter,
    OpaqueTokenStrategy,
    Passwords,
    RefreshChain,
    RefreshCookie,
    RefreshTokenExpiryJob,
    SecondFactors,
    SessionsService,
    SignedTokenStrategy,
    StaffProfiles,
    StaffSessions,
    StaffTokenReader,
    TokenReaders,
    { provide: APP_GUARD, useExisting: ActorGuard },
  ],
  exports: [
    ActorResolver,
    AuthService,
    BadTokens,
    Passwords,
    RefreshCookie,
    SecondFactors,
    StaffProfiles,
    StaffSessions,
  ],
})
export class AuthModule {}
