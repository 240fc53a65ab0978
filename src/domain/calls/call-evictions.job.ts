import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { Prisma } from '../../platform/database/generated/client.js';
import { EventBus } from '../../platform/events/event-bus.js';
import { Jobs } from '../../platform/jobs/jobs.service.js';
import { VIDEO_PROVIDER, type VideoProvider } from '../../platform/video/video-provider.js';
import { staffBearer } from '../call-rooms/staff-bearer.js';

const JOB = 'calls.evict-staff';
/** Versions of somebody's tokens that can still be in use at a provider, where tokens live an hour. */
const RECENT_VERSIONS = 10;

interface Ended {
  userId: number;
  /** The version of the tokens that count from now on. */
  tokenVersion: number;
}

/** Has the video provider send staff out whose tokens have ended, and keep them out: it cannot ask here whether a token counts. */
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
    this.jobs.define<Ended>(JOB, (ended) => this.evict(ended));
    this.unsubscribe = this.bus.on('identity.revoked', (fact) => {
      if ('userId' in fact) void this.hear(fact.userId);
    });
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
  }

  private async hear(userId: number): Promise<void> {
    try {
      const ended = await this.recentlyEnded(userId);
      if (ended !== undefined) await this.jobs.send(JOB, ended, { urgent: true });
    } catch (error) {
      this.logger.warn(`Somebody may still be in a call whose tokens have ended: ${String(error)}`);
    }
  }

  /** The fact also stands for smaller changes; nothing then, and where there is no call to be in. */
  private async recentlyEnded(userId: number): Promise<Ended | undefined> {
    const [ended] = await this.database.query<Ended>(Prisma.sql`
      SELECT id AS "userId", token_version AS "tokenVersion" FROM users
      WHERE id = ${userId} AND tokens_valid_after > now() - interval '1 hour'
        AND EXISTS (SELECT 1 FROM calls WHERE status = 'active' AND provider = ${this.video.name})`);
    return ended;
  }

  private async evict({ userId: id, tokenVersion }: Ended): Promise<void> {
    const rooms = await this.database.call.findMany({
      where: { status: 'active', provider: this.video.name },
      select: { roomName: true },
    });
    const versions = Array.from({ length: RECENT_VERSIONS }, (_, back) => tokenVersion - 1 - back);
    const bearers = versions.filter((version) => version >= 0);
    const userIds = bearers.map((version) => staffBearer({ id, tokenVersion: version }));
    for (const { roomName } of rooms) await this.video.eject?.(roomName, userIds);
  }
}
