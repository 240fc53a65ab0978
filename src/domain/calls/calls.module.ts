import { Module } from '@nestjs/common';
import { VideoModule } from '../../platform/video/video.module.js';
import { DeskSettingsModule } from '../desk-settings/desk-settings.module.js';
import { EventLogModule } from '../event-log/event-log.module.js';
import { TicketsModule } from '../tickets/tickets.module.js';
import { TicketWorkingModule } from '../tickets/working/ticket-working.module.js';
import { CallAttendance } from './call-attendance.service.js';
import { CallBearers } from './call-bearers.service.js';
import { CallEvictionsJob } from './call-evictions.job.js';
import { CallHook } from './call.hook.js';
import { CallLeaving } from './call-leaving.service.js';
import { CallOpening } from './call-opening.service.js';
import { CallRinging } from './call-ringing.service.js';
import { CallRoomReactions } from './call-room-reactions.js';
import { CallSessions } from './call-sessions.service.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';
import { CallRoomsModule } from './rooms/call-rooms.module.js';
import { VideoWebhooksController } from './video-webhooks.controller.js';
import { VideoWebhooks } from './video-webhooks.service.js';

@Module({
  imports: [
    CallRoomsModule,
    DeskSettingsModule,
    EventLogModule,
    TicketsModule,
    TicketWorkingModule,
    VideoModule,
  ],
  controllers: [CallsController, VideoWebhooksController],
  providers: [
    CallAttendance,
    CallBearers,
    CallEvictionsJob,
    CallHook,
    CallLeaving,
    CallOpening,
    CallRinging,
    CallRoomReactions,
    CallSessions,
    CallsService,
    VideoWebhooks,
  ],
  exports: [CallAttendance, CallBearers, CallLeaving, CallOpening, CallRinging, CallsService, CallSessions],
})
export class CallsModule {}
