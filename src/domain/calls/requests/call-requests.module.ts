import { Module } from '@nestjs/common';
import { TicketsModule } from '../../tickets/tickets.module.js';
import { CallsModule } from '../calls.module.js';
import { CallRoomsModule } from '../rooms/call-rooms.module.js';
import { CallRequestAcceptance } from './call-request-acceptance.service.js';
import { CallRequestExpiry } from './call-request-expiry.js';
import { CallRequestsController } from './call-requests.controller.js';
import { CallRequests } from './call-requests.service.js';
import { Callbacks } from './callbacks.service.js';

/** Donors ask for a call; staff accept, decline or miss it, and call back. */
@Module({
  imports: [CallRoomsModule, CallsModule, TicketsModule],
  controllers: [CallRequestsController],
  providers: [CallRequestAcceptance, CallRequestExpiry, CallRequests, Callbacks],
  exports: [Callbacks],
})
export class CallRequestsModule {}
