import { Module } from '@nestjs/common';
import { AuditModule } from '../../audit/audit.module.js';
import { EventLogModule } from '../../event-log/event-log.module.js';
import { TicketsModule } from '../tickets.module.js';
import { TicketAssignmentService } from './ticket-assignment.service.js';
import { TicketBulkService } from './ticket-bulk.service.js';
import { TicketDeletionService } from './ticket-deletion.service.js';
import { TicketErasure } from './ticket-erasure.service.js';
import { TicketHandBack } from './ticket-hand-back.js';
import { TicketLifecycleService } from './ticket-lifecycle.service.js';
import { TicketUpdateService } from './ticket-update.service.js';
import { TransfersService } from './transfers.service.js';

@Module({
  imports: [AuditModule, EventLogModule, TicketsModule],
  providers: [
    TicketAssignmentService,
    TicketBulkService,
    TicketDeletionService,
    TicketErasure,
    TicketHandBack,
    TicketLifecycleService,
    TicketUpdateService,
    TransfersService,
  ],
  exports: [
    TicketAssignmentService,
    TicketBulkService,
    TicketDeletionService,
    TicketLifecycleService,
    TicketUpdateService,
    TransfersService,
  ],
})
export class TicketWorkingModule {}
