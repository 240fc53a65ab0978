import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { StaffSessionsModule } from '../sessions/staff-sessions.module.js';
import { SecondFactors } from './second-factors.service.js';

@Module({
  imports: [AuditModule, StaffSessionsModule],
  providers: [SecondFactors],
  exports: [SecondFactors],
})
export class SecondFactorModule {}
