import { Module } from '@nestjs/common';
import { CallRoomsModule } from '../../calls/rooms/call-rooms.module.js';
import { EventLogModule } from '../../event-log/event-log.module.js';
import { TicketsModule } from '../tickets.module.js';
import { DashboardService } from './dashboard.service.js';
import { TicketMetrics } from './ticket-metrics.js';
import { TicketsService } from './tickets.service.js';

@Module({
  imports: [CallRoomsModule, EventLogModule, TicketsModule],
  providers: [DashboardService, TicketMetrics, TicketsService],
  exports: [DashboardService, TicketsService],
})
export class TicketReadingModule {}
