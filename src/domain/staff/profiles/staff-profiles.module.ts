import { Module } from '@nestjs/common';
import { StaffProfiles } from './staff-profiles.service.js';

@Module({ providers: [StaffProfiles], exports: [StaffProfiles] })
export class StaffProfilesModule {}
