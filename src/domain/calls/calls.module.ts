import { Module } from '@nestjs/common';
import { VideoModule } from '../../platform/video/video.module.js';
import { CallRoomsModule } from '../call-rooms/call-rooms.module.js';
import { TicketsModule } from '../tickets/tickets.module.js';
import { TimelineModule } from '../timeline/timeline.module.js';
import { CallAttendance } from './call-attendance.service.js';
import { CallbacksController } from './callbacks.controller.js';
import { Callbacks } from './callbacks.service.js';
import { CallRequestAcceptance } from './call-request-acceptance.service.js';
import { CallRequestExpiry } from './call-request-expiry.js';
import { CallEvictionsJob } from './call-evictions.job.js';
import { CallBearers } from './call-bearers.service.js';
import { CallLinksController } from './call-links.controller.js';
import { CallLinks } from './call-links.service.js';
import { CallRequestsController } from './call-requests.controller.js';
import { CallRequests } from './call-requests.service.js';
import { VideoWebhooksController } from './video-webhooks.controller.js';
import { VideoWebhooks } from './video-webhooks.service.js';
import { CallRoomReactions } from './call-room-reactions.js';
import { CallSessions } from './call-sessions.service.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';

@Module({
  imports: [TicketsModule, TimelineModule, CallRoomsModule, VideoModule],
  controllers: [
    CallsController,
    CallLinksController,
    CallRequestsController,
    CallbacksController,
    VideoWebhooksController,
  ],
  providers: [
    Callbacks,
    CallAttendance,
    CallsService,
    CallSessions,
    CallBearers,
    CallEvictionsJob,
    CallLinks,
    CallRoomReactions,
    CallRequests,
    CallRequestAcceptance,
    CallRequestExpiry,
    VideoWebhooks,
  ],
  exports: [CallAttendance, CallBearers, CallsService, CallSessions],
})
export class CallsModule {}
