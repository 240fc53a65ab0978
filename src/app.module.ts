import {
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { AgeingModule } from './domain/ageing/ageing.module.js';
import { AttachmentsModule } from './domain/attachments/attachments.module.js';
import { AuthModule } from './domain/auth/auth.module.js';
import { CallsModule } from './domain/calls/calls.module.js';
import { CallLinksModule } from './domain/calls/links/call-links.module.js';
import { CallRequestsModule } from './domain/calls/requests/call-requests.module.js';
import { DelegatedModule } from './domain/delegated/delegated.module.js';
import { DeskSettingsModule } from './domain/desk-settings/desk-settings.module.js';
import { DeskModule } from './domain/desk/desk.module.js';
import { DonorIdentityModule } from './domain/donors/identity/donor-identity.module.js';
import { DonorProfilesModule } from './domain/donors/profiles/donor-profiles.module.js';
import { DonorSessionsModule } from './domain/donors/sessions/donor-sessions.module.js';
import { MessagesModule } from './domain/messages/messages.module.js';
import { DevicesModule } from './domain/preferences/devices.module.js';
import { NotificationSettingsModule } from './domain/preferences/notification-settings.module.js';
import { RemindersModule } from './domain/reminders/reminders.module.js';
import { StaffAccountsModule } from './domain/staff/accounts/staff-accounts.module.js';
import { LoginModule } from './domain/staff/login/login.module.js';
import { PasswordLinksModule } from './domain/staff/password-links/password-links.module.js';
import { TaxonomyModule } from './domain/taxonomy/taxonomy.module.js';
import { TranscriptsModule } from './domain/transcripts/transcripts.module.js';
import { ClockModule } from './platform/clock/clock.module.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Config } from './platform/config/config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { DeskProfileModule } from './platform/desk-profile/desk-profile.module.js';
import { EventsModule } from './platform/events/events.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HttpModule } from './platform/http/http.module.js';
import { IdempotencyModule } from './platform/http/idempotency/idempotency.module.js';
import { JobsModule } from './platform/jobs/jobs.module.js';
import { Jobs } from './platform/jobs/jobs.service.js';
import { MailModule } from './platform/mail/mail.module.js';
import { StorageModule } from './platform/storage/storage.module.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import { RedisModule } from './platform/redis/redis.module.js';
import { PushModule } from './platform/push/push.module.js';
import { PeriodicWork } from './platform/schedule/periodic-work.js';
import { PeriodicModule } from './platform/schedule/periodic.module.js';
import { ThrottlingModule } from './platform/http/throttling/throttling.module.js';
import { VideoModule } from './platform/video/video.module.js';
import { NotificationsModule } from './reactions/notifications/notifications.module.js';
import { RealtimeModule } from './reactions/realtime/realtime.module.js';

/** Express looks at routes in this order: those that are asked for most come first. */
const DOMAIN = [
  AuthModule,
  LoginModule,
  MessagesModule,
  DeskModule,
  CallsModule,
  CallRequestsModule,
  CallLinksModule,
  StaffAccountsModule,
  PasswordLinksModule,
  TaxonomyModule,
  DeskSettingsModule,
  DelegatedModule,
  DonorSessionsModule,
  DonorIdentityModule,
  DonorProfilesModule,
  DevicesModule,
  NotificationSettingsModule,
  AgeingModule,
  RemindersModule,
  TranscriptsModule,
  AttachmentsModule,
];

/** The whole system in one list, by floor. */
@Module({})
export class AppModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly jobs: Jobs,
    private readonly periodic: PeriodicWork,
  ) {}

  static register(config: Config): DynamicModule {
    const platform = [
      ConfigModule.register(config),
      ClockModule,
      DatabaseModule,
      DeskProfileModule,
      RedisModule,
      JobsModule,
      PeriodicModule,
      EventsModule,
      HttpModule,
      IdempotencyModule,
      HealthModule,
      StorageModule,
      MetricsModule,
      VideoModule,
      MailModule,
      PushModule,
    ];
    const reactions = [RealtimeModule, NotificationsModule];
    // Guards run in the order of their modules: who is asking comes before how often.
    return { module: AppModule, imports: [...platform, ...DOMAIN, ...reactions, ThrottlingModule] };
  }

  /** Jobs start last, when every module has defined its own. */
  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.start();
  }

  /** The work that nobody waits for stops before anything that it needs. */
  async onModuleDestroy(): Promise<void> {
    await this.periodic.stop();
    await this.jobs.stop();
  }
}
