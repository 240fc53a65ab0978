import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { ScheduleModule } from '@nestjs/schedule';
import { PeriodicWork } from './periodic-work.js';

/** Runs the methods that are marked with `Periodic`; pg-boss runs what has a time of day, or happens once for all processes. */
@Module({
  imports: [DiscoveryModule, ScheduleModule.forRoot({ cronJobs: false, timeouts: false })],
  providers: [PeriodicWork],
  exports: [PeriodicWork],
})
export class PeriodicModule {}
