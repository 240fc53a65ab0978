import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { CallRoomsModule } from '../calls/rooms/call-rooms.module.js';
import { EventLogModule } from '../event-log/event-log.module.js';
import { TicketReadingModule } from '../tickets/reading/ticket-reading.module.js';
import { TicketWorkingModule } from '../tickets/working/ticket-working.module.js';
import { DonorTicketsController } from './donor-tickets.controller.js';
import { TicketActionsController } from './ticket-actions.controller.js';
import { TicketIntake } from './ticket-intake.service.js';
import { TicketsController } from './tickets.controller.js';

/** The routes of tickets, composed of tickets, calls and donors. */
@Module({
  imports: [CallRoomsModule, CallsModule, EventLogModule, TicketReadingModule, TicketWorkingModule],
  controllers: [DonorTicketsController, TicketsController, TicketActionsController],
  providers: [TicketIntake],
})
export class DeskModule {}
