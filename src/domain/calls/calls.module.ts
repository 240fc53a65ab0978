import { Module } from '@nestjs/common';
import { VideoModule } from '../../platform/video/video.module.js';
import { CallRoomsModule } from '../call-rooms/call-rooms.module.js';
import { TicketsModule } from '../tickets/tickets.module.js';
import { TimelineModule } from '../timeline/timeline.module.js';
import { CallRoomReactions } from './call-room-reactions.js';
import { CallSessions } from './call-sessions.service.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';

@Module({
  imports: [TicketsModule, TimelineModule, CallRoomsModule, VideoModule],
  controllers: [CallsController],
  providers: [CallsService, CallSessions, CallRoomReactions],
  exports: [CallsService, CallSessions],
})
export class CallsModule {}
