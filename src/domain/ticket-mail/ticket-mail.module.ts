import { Module } from '@nestjs/common';
import { MailModule } from '../../platform/mail/mail.module.js';
import { TicketMailGate } from './ticket-mail-gate.js';

@Module({ imports: [MailModule], providers: [TicketMailGate], exports: [TicketMailGate] })
export class TicketMailModule {}
