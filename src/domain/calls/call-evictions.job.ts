import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { VIDEO_PROVIDER, type VideoProvider } from '../../platform/video/port/video-provider.js';
import { StreamReactions } from '../event-log/stream-reactions.js';
import type { StreamEvent } from '../outbox/stream-event.js';
import { donorBearersEnded, staffBearersEnded } from './call-evictions.queries.js';

/** Has the video provider send people out whose call tokens have ended, and keep them out: it cannot ask here whether a token counts. */
@Injectable()
export class CallEvictionsJob implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly streams: StreamReactions,
    @Inject(VIDEO_PROVIDER) private readonly video: VideoProvider,
  ) {}

  onModuleInit(): void {
    if (this.video.eject === undefined) return;
    this.streams.register({
      name: 'calls.evict-ended',
      types: ['staff.tokens_ended', 'donor_session.ended'],
      handle: (event) => this.evict(event),
    });
  }

  private async evict(event: StreamEvent): Promise<void> {
    const where = { status: 'active', provider: this.video.name };
    const rooms = await this.database.call.findMany({ where, select: { roomName: true } });
    if (rooms.length === 0) return;
    const userIds = await this.ended(event);
    if (userIds.length === 0) return;
    for (const { roomName } of rooms) await this.video.eject?.(roomName, userIds);
  }

  private ended({ type, streamId }: StreamEvent): Promise<string[]> {
    return type === 'staff.tokens_ended'
      ? staffBearersEnded(this.database, Number(streamId))
      : donorBearersEnded(this.database, streamId);
  }
}
