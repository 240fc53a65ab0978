import { Module } from '@nestjs/common';
import { TicketsModule } from '../tickets/tickets.module.js';
import { AttachmentHook } from './attachment.hook.js';

@Module({ imports: [TicketsModule], providers: [AttachmentHook] })
export class AttachmentsModule {}
