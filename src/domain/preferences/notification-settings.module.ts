import { Module } from '@nestjs/common';
import { MailModule } from '../../platform/mail/mail.module.js';
import { PushModule } from '../../platform/push/push.module.js';
import { NotificationSettingsController } from './notification-settings.controller.js';
import { NotificationSettings } from './notification-settings.service.js';

@Module({
  imports: [MailModule, PushModule],
  controllers: [NotificationSettingsController],
  providers: [NotificationSettings],
  exports: [NotificationSettings],
})
export class NotificationSettingsModule {}
