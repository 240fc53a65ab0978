import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { EventBus } from '../../platform/events/event-bus.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { VIDEO_PROVIDER, type VideoProvider } from '../../platform/video/port/video-provider.js';
import type { IdentityRevoked } from '../auth/auth.events.js';
import { donorBearersEnded, staffBearersEnded } from './call-evictions.queries.js';

const JOB = 'calls.evict-staff';

/** Has the video provider send people out whose call tokens have ended, and keep them out: it cannot ask here whether a token counts. */
@Injectable()
export class CallEvictionsJob implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Calls');
  private unsubscribe: (() => void) | undefined;

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly bus: EventBus,
    @Inject(VIDEO_PROVIDER) private readonly video: VideoProvider,
  ) {}

  onModuleInit(): void {
    if (this.video.eject === undefined) return;
    this.jobs.define<IdentityRevoked>(JOB, (whose) => this.evict(whose));
    this.unsubscribe = this.bus.on('identity.revoked', (whose) => void this.hear(whose));
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
  }

  /** The fact also stands for smaller changes; nothing then, and where there is no call to be in. */
  private async hear(whose: IdentityRevoked): Promise<void> {
    try {
      const open = await this.database.call.count({ where: this.open });
      if (open > 0 && (await this.ended(whose)).length > 0)
        await this.jobs.send(JOB, whose, { urgent: true });
    } catch (error) {
      this.logger.warn(`Somebody may still be in a call whose tokens have ended: ${String(error)}`);
    }
  }

  private async evict(whose: IdentityRevoked): Promise<void> {
    const userIds = await this.ended(whose);
    if (userIds.length === 0) return;
    const rooms = await this.database.call.findMany({ where: this.open, select: { roomName: true } });
    for (const { roomName } of rooms) await this.video.eject?.(roomName, userIds);
  }

  private ended(whose: IdentityRevoked): Promise<string[]> {
    return 'userId' in whose
      ? staffBearersEnded(this.database, whose.userId)
      : donorBearersEnded(this.database, whose.donorSessionId);
  }

  private get open() {
    return { status: 'active', provider: this.video.name };
  }
}
