import { Module } from '@nestjs/common';
import { EventLogModule } from '../../event-log/event-log.module.js';
import { TicketsModule } from '../tickets.module.js';
import { TicketMetrics } from './ticket-metrics.js';
import { TicketsService } from './tickets.service.js';

@Module({
  imports: [EventLogModule, TicketsModule],
  providers: [TicketMetrics, TicketsService],
  exports: [TicketsService],
})
export class TicketReadingModule {}
