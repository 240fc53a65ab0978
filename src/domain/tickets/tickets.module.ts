import { Module } from '@nestjs/common';
import { EventLogModule } from '../event-log/event-log.module.js';
import { TicketAccess } from './ticket-access.service.js';
import { TicketChanges } from './ticket-change.js';
import { TicketHooks } from './ticket-hooks.js';
import { TicketOwners } from './ticket-owners.service.js';
import { TicketStatusService } from './ticket-status.service.js';

const KERNEL = [TicketAccess, TicketChanges, TicketHooks, TicketOwners, TicketStatusService];

/** What a ticket is: who may do what with it, which status may follow which, and how a change of it is written. */
@Module({ imports: [EventLogModule], providers: KERNEL, exports: KERNEL })
export class TicketsModule {}
