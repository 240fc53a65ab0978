import { Module } from '@nestjs/common';
import { TicketReadingModule } from '../../tickets/reading/ticket-reading.module.js';
import { TicketsModule } from '../../tickets/tickets.module.js';
import { CallsModule } from '../calls.module.js';
import { CallRoomsModule } from '../rooms/call-rooms.module.js';
import { CallRequestAcceptance } from './call-request-acceptance.service.js';
import { CallRequestExpiry } from './call-request-expiry.js';
import { CallRequestsController } from './call-requests.controller.js';
import { CallRequests } from './call-requests.service.js';
import { CallbacksController } from './callbacks.controller.js';
import { Callbacks } from './callbacks.service.js';

/** Donors ask for a call; staff accept or decline, call back, or miss it. */
@Module({
  imports: [CallRoomsModule, CallsModule, TicketReadingModule, TicketsModule],
  controllers: [CallRequestsController, CallbacksController],
  providers: [CallRequestAcceptance, CallRequestExpiry, CallRequests, Callbacks],
})
export class CallRequestsModule {}
