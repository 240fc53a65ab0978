import { Module } from '@nestjs/common';
import { StaffPresence } from './staff-presence.service.js';
import { TicketPresence } from './ticket-presence.js';

@Module({ providers: [StaffPresence, TicketPresence], exports: [StaffPresence, TicketPresence] })
export class PresenceModule {}
