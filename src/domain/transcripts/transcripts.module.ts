import { Module } from '@nestjs/common';
import { MailModule } from '../../platform/mail/mail.module.js';
import { TicketMailModule } from '../ticket-mail/ticket-mail.module.js';
import { TicketsModule } from '../tickets/tickets.module.js';
import { TranscriptsController } from './transcripts.controller.js';
import { TranscriptMails } from './transcript-mails.service.js';
import { TranscriptsService } from './transcripts.service.js';

@Module({
  imports: [MailModule, TicketMailModule, TicketsModule],
  controllers: [TranscriptsController],
  providers: [TranscriptMails, TranscriptsService],
})
export class TranscriptsModule {}
