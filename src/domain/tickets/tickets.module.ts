import { Module } from '@nestjs/common';
import { MailModule } from '../../platform/mail/mail.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CallRoomsModule } from '../call-rooms/call-rooms.module.js';
import { TimelineModule } from '../timeline/timeline.module.js';
import { CallOpening } from './call-opening.service.js';
import { CallRinging } from './call-ringing.service.js';
import { DashboardService } from './dashboard.service.js';
import { DonorTicketsController } from './donor-tickets.controller.js';
import { TicketAccess } from './ticket-access.service.js';
import { TicketActionsController } from './ticket-actions.controller.js';
import { TicketAssignmentService } from './ticket-assignment.service.js';
import { TicketBulkService } from './ticket-bulk.service.js';
import { TicketChanges } from './ticket-change.js';
import { TicketErasure } from './ticket-erasure.service.js';
import { TicketHandBack } from './ticket-hand-back.js';
import { TicketIntake } from './ticket-intake.service.js';
import { TicketLifecycleService } from './ticket-lifecycle.service.js';
import { TicketMetrics } from './ticket-metrics.js';
import { TicketOwners } from './ticket-owners.service.js';
import { TicketStatusService } from './ticket-status.service.js';
import { TicketUpdateService } from './ticket-update.service.js';
import { TicketsController } from './tickets.controller.js';
import { TicketsService } from './tickets.service.js';
import { TransfersService } from './transfers.service.js';

@Module({
  imports: [TimelineModule, CallRoomsModule, AuditModule, MailModule],
  controllers: [DonorTicketsController, TicketsController, TicketActionsController],
  providers: [
    CallOpening,
    CallRinging,
    DashboardService,
    TicketAccess,
    TicketAssignmentService,
    TicketBulkService,
    TicketChanges,
    TicketErasure,
    TicketHandBack,
    TicketIntake,
    TicketLifecycleService,
    TicketMetrics,
    TicketOwners,
    TicketStatusService,
    TicketUpdateService,
    TicketsService,
    TransfersService,
  ],
  exports: [
    CallOpening,
    CallRinging,
    TicketAccess,
    TicketAssignmentService,
    TicketChanges,
    TicketOwners,
    TicketStatusService,
    TicketsService,
  ],
})
export class TicketsModule {}
