import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { PresenceModule } from '../../presence/presence.module.js';
import { LoginModule } from '../login/login.module.js';
import { StaffProfilesModule } from '../profiles/staff-profiles.module.js';
import { SecondFactorModule } from '../second-factor/second-factor.module.js';
import { StaffSessionsModule } from '../sessions/staff-sessions.module.js';
import { TaxonomyModule } from '../../taxonomy/taxonomy.module.js';
import { AvatarsController } from './avatars.controller.js';
import { Avatars } from './avatars.service.js';
import { StaffAccountsController } from './staff-accounts.controller.js';
import { StaffAccounts } from './staff-accounts.service.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

/** The routes of `users/me` come before those of `users/:id`: Express takes the first that fits. */
@Module({
  imports: [
    AuditModule,
    LoginModule,
    PresenceModule,
    SecondFactorModule,
    StaffProfilesModule,
    StaffSessionsModule,
    TaxonomyModule,
  ],
  controllers: [AvatarsController, UsersController, StaffAccountsController],
  providers: [Avatars, StaffAccounts, UsersService],
  exports: [UsersService],
})
export class StaffAccountsModule {}
