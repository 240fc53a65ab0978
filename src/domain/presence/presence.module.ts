import { Module } from '@nestjs/common';
import { TicketPresence } from './ticket-presence.js';

@Module({ providers: [TicketPresence], exports: [TicketPresence] })
export class PresenceModule {}
