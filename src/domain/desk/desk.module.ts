import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { CallRequestsModule } from '../calls/requests/call-requests.module.js';
import { CallRoomsModule } from '../calls/rooms/call-rooms.module.js';
import { EventLogModule } from '../event-log/event-log.module.js';
import { TaxonomyModule } from '../taxonomy/taxonomy.module.js';
import { TicketReadingModule } from '../tickets/reading/ticket-reading.module.js';
import { TicketsModule } from '../tickets/tickets.module.js';
import { TicketWorkingModule } from '../tickets/working/ticket-working.module.js';
import { CallbacksController } from './callbacks.controller.js';
import { DashboardController } from './dashboard.controller.js';
import { DashboardService } from './dashboard.service.js';
import { DonorTicketsController } from './donor-tickets.controller.js';
import { TicketActionsController } from './ticket-actions.controller.js';
import { TicketCategoriesController } from './ticket-categories.controller.js';
import { TicketIntake } from './ticket-intake.service.js';
import { TicketViewService } from './ticket-view.service.js';
import { TicketsController } from './tickets.controller.js';

/** The routes of tickets, composed of tickets, calls and donors. */
@Module({
  imports: [
    CallRequestsModule,
    CallRoomsModule,
    CallsModule,
    EventLogModule,
    TaxonomyModule,
    TicketReadingModule,
    TicketsModule,
    TicketWorkingModule,
  ],
  controllers: [
    DonorTicketsController,
    TicketCategoriesController,
    DashboardController,
    TicketsController,
    TicketActionsController,
    CallbacksController,
  ],
  providers: [DashboardService, TicketIntake, TicketViewService],
})
export class DeskModule {}
