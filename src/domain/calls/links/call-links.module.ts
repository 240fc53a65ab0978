import { Module } from '@nestjs/common';
import { VideoModule } from '../../../platform/video/video.module.js';
import { TicketsModule } from '../../tickets/tickets.module.js';
import { CallsModule } from '../calls.module.js';
import { CallLinksController } from './call-links.controller.js';
import { CallLinks } from './call-links.service.js';

/** Calls that a link opens, without the widget. */
@Module({
  imports: [CallsModule, TicketsModule, VideoModule],
  controllers: [CallLinksController],
  providers: [CallLinks],
})
export class CallLinksModule {}
