import { Module } from '@nestjs/common';
import { MailModule } from '../../platform/mail/mail.module.js';
import { PushModule } from '../../platform/push/push.module.js';
import { DevicesModule } from '../preferences/devices.module.js';
import { TicketsModule } from '../tickets/tickets.module.js';
import { RemindersController } from './reminders.controller.js';
import { RemindersService } from './reminders.service.js';

@Module({
  imports: [DevicesModule, MailModule, PushModule, TicketsModule],
  controllers: [RemindersController],
  providers: [RemindersService],
})
export class RemindersModule {}
