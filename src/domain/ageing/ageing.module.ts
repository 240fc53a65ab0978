import { Module } from '@nestjs/common';
import { DeskSettingsModule } from '../desk-settings/desk-settings.module.js';
import { TicketWorkingModule } from '../tickets/working/ticket-working.module.js';
import { AgeingJob } from './ageing.job.js';

@Module({ imports: [DeskSettingsModule, TicketWorkingModule], providers: [AgeingJob] })
export class AgeingModule {}
