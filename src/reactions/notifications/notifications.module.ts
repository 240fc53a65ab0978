import { Module } from '@nestjs/common';
import { DevicesModule } from '../../domain/preferences/devices.module.js';
import { NotificationSettingsModule } from '../../domain/preferences/notification-settings.module.js';
import { PresenceModule } from '../../domain/presence/presence.module.js';
import { TicketMailModule } from '../../domain/ticket-mail/ticket-mail.module.js';
import { EventLogModule } from '../../domain/event-log/event-log.module.js';
import { MailModule } from '../../platform/mail/mail.module.js';
import { PushModule } from '../../platform/push/push.module.js';
import { DeliveryConditions } from './delivery-conditions.js';
import { DeliveryExpiry } from './delivery-expiry.job.js';
import { DeliveryService } from './delivery.service.js';
import { MailDelivery } from './mail-delivery.service.js';
import { MailLinks } from './mail-links.js';
import { MailThreads } from './mail-threads.js';
import { NotificationPlanning } from './notification-planning.service.js';
import { PushDelivery } from './push-delivery.service.js';
import { UnsubscribeLinks } from './unsubscribe-link.js';
import { UnsubscribeController } from './unsubscribe.controller.js';

/** Pushes and mails: who hears of what is the table in recipients.ts. It listens to the log and changes no ticket. */
@Module({
  imports: [
    DevicesModule,
    MailModule,
    NotificationSettingsModule,
    PresenceModule,
    PushModule,
    TicketMailModule,
    EventLogModule,
  ],
  controllers: [UnsubscribeController],
  providers: [
    DeliveryConditions,
    DeliveryExpiry,
    DeliveryService,
    MailDelivery,
    MailLinks,
    MailThreads,
    NotificationPlanning,
    PushDelivery,
    UnsubscribeLinks,
  ],
})
export class NotificationsModule {}
