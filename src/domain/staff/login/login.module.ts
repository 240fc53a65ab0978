import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { StaffProfilesModule } from '../profiles/staff-profiles.module.js';
import { SecondFactorModule } from '../second-factor/second-factor.module.js';
import { StaffSessionsModule } from '../sessions/staff-sessions.module.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { Passwords } from './passwords.js';
import { SecondFactorsController } from './second-factors.controller.js';

/** Everything that starts from the password of a member of staff. */
@Module({
  imports: [AuditModule, SecondFactorModule, StaffProfilesModule, StaffSessionsModule],
  controllers: [AuthController, SecondFactorsController],
  providers: [AuthService, Passwords],
  exports: [AuthService, Passwords],
})
export class LoginModule {}
