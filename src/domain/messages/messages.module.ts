import { Module } from '@nestjs/common';
import { TicketsModule } from '../tickets/tickets.module.js';
import { TicketWorkingModule } from '../tickets/working/ticket-working.module.js';
import { EventLogModule } from '../event-log/event-log.module.js';
import { DraftsController } from './drafts/drafts.controller.js';
import { Drafts } from './drafts/drafts.service.js';
import { DonorMessages } from './donor-messages.service.js';
import { MessagePosting } from './message-posting.service.js';
import { MessagesBetweenController } from './messages-between.controller.js';
import { MessagesBetween } from './messages-between.service.js';
import { MessagesController } from './messages.controller.js';
import { MessagesService } from './messages.service.js';
import { StaffMessages } from './staff-messages.service.js';
import { UnreadController } from './unread.controller.js';
import { Unread } from './unread.service.js';

@Module({
  imports: [EventLogModule, TicketsModule, TicketWorkingModule],
  controllers: [MessagesController, MessagesBetweenController, UnreadController, DraftsController],
  providers: [DonorMessages, Drafts, MessagePosting, MessagesBetween, MessagesService, StaffMessages, Unread],
  exports: [MessagePosting, MessagesService],
})
export class MessagesModule {}
