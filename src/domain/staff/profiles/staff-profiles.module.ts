import { Module } from '@nestjs/common';
import { PresenceModule } from '../../presence/presence.module.js';
import { StaffProfiles } from './staff-profiles.service.js';

@Module({ imports: [PresenceModule], providers: [StaffProfiles], exports: [StaffProfiles] })
export class StaffProfilesModule {}
