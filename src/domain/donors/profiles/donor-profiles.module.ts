import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { TicketsModule } from '../../tickets/tickets.module.js';
import { DonorProfileController } from './donor-profile.controller.js';
import { DonorProfiles } from './donor-profile.service.js';

/** What staff see and know of a person across tickets. */
@Module({
  imports: [AuditModule, TicketsModule],
  controllers: [DonorProfileController],
  providers: [DonorProfiles],
})
export class DonorProfilesModule {}
