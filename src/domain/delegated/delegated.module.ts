import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModule } from '../auth/auth.module.js';
import { DelegatedPeople } from './delegated-people.js';
import { DelegatedStaff } from './delegated-staff.js';
import { DelegatedTokenReader } from './delegated-token.reader.js';

/** People for whom a trusted backend vouches: its users are donors here, its agents and admins staff. */
@Module({
  imports: [AuditModule, AuthModule],
  providers: [DelegatedPeople, DelegatedStaff, DelegatedTokenReader],
})
export class DelegatedModule {}
