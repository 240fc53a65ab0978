import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { AuthModule } from '../../auth/auth.module.js';
import { StaffProfilesModule } from '../profiles/staff-profiles.module.js';
import { AccessTokens } from './access-tokens.js';
import { ColleagueSessionsController } from './colleague-sessions.controller.js';
import { LoginLimiter } from './login-limiter.js';
import { RefreshChain } from './refresh-chain.js';
import { RefreshCookie } from './refresh-cookie.js';
import { RefreshTokenExpiryJob } from './refresh-token-expiry.job.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';
import { StaffSessions } from './staff-sessions.js';
import { StaffTokenReader } from './staff-token.reader.js';

/** The logins of staff and their tokens. */
@Module({
  imports: [AuditModule, AuthModule, StaffProfilesModule],
  controllers: [SessionsController, ColleagueSessionsController],
  providers: [
    AccessTokens,
    LoginLimiter,
    RefreshChain,
    RefreshCookie,
    RefreshTokenExpiryJob,
    SessionsService,
    StaffSessions,
    StaffTokenReader,
  ],
  exports: [LoginLimiter, RefreshCookie, StaffSessions],
})
export class StaffSessionsModule {}
