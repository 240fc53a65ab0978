import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import type { Prisma } from '../../platform/database/generated/client.js';
import type { VideoParticipant, VideoWebhookEvent } from '../../platform/video/port/video-provider.js';
import { SYSTEM } from '../auth/actor.js';
import { callRowOrNull, type CallRow } from './rooms/call-row.js';
import { CallOpening } from './call-opening.service.js';
import { TicketChanges } from '../tickets/ticket-change.js';
import { CallAttendance } from './call-attendance.service.js';
import { CallSessions } from './call-sessions.service.js';

type ActiveEvent = Exclude<VideoWebhookEvent, { type: 'ignored' }>;

/** What a video provider tells us of a call: who came and went, and that it is over. Each event counts once. */
@Injectable()
export class VideoWebhooks {
  private readonly logger = new Logger('VideoWebhooks');

  constructor(
    private readonly database: Database,
    private readonly changes: TicketChanges,
    private readonly opening: CallOpening,
    private readonly sessions: CallSessions,
    private readonly attendance: CallAttendance,
  ) {}

  /** `event` has been verified. Rooms that are not ours, and repeats, change nothing. */
  async receive(provider: string, event: VideoWebhookEvent): Promise<void> {
    if (event.type === 'ignored') return;
    const call = callRowOrNull(await this.database.call.findUnique({ where: { roomName: event.roomName } }));
    if (call?.provider !== provider) {
      this.logger.debug(`${event.type} for a room that is not ours`);
      return;
    }
    if (await this.isRepeat(provider, event.id)) return;
    try {
      await this.apply(call, event);
    } catch (error) {
      // The provider sends it again: it must find the door open.
      await this.forget(provider, event.id);
      throw error;
    }
  }

  private async apply(call: CallRow, event: ActiveEvent): Promise<void> {
    switch (event.type) {
      case 'meeting.ended':
        await this.sessions.end(SYSTEM, call.id, 'meeting_ended');
        return;
      case 'participant.joined':
        await this.joined(call, event.participant);
        return;
      case 'participant.left':
        await this.left(call, event.participant);
    }
  }

  private async left(call: CallRow, { role, sessionId }: VideoParticipant): Promise<void> {
    const others = await this.setParticipants(call, (known) =>
      known.filter((participant) => participant.sessionId !== sessionId),
    );
    if (!others.some((participant) => participant.role === role)) await this.attendance.left(call.id, role);
  }

  private async joined(call: CallRow, participant: VideoParticipant): Promise<void> {
    await this.changes.run(SYSTEM, call.ticketId, 'work', async (change) => {
      if (change.ticket.activeCallId !== call.id) return;
      if (participant.role === 'admin') await this.opening.takePart(change);
      change.record({ type: 'call.joined', public: true, data: { callId: call.id, role: participant.role } });
    });
    await this.setParticipants(call, (known) => [...known, participant]);
    await this.attendance.arrived(call.id, participant.role);
  }

  /** Answers who is there now. */
  private async setParticipants(
    call: CallRow,
    next: (known: VideoParticipant[]) => VideoParticipant[],
  ): Promise<VideoParticipant[]> {
    const { result } = await this.changes.runFor(SYSTEM, call.ticketId, 'work', async ({ tx }) => {
      const { participants } = await tx.call.findUniqueOrThrow({
        where: { id: call.id },
        select: { participants: true },
      });
      const list = next(participants as unknown as VideoParticipant[]);
      const json = list as unknown as Prisma.InputJsonArray;
      await tx.call.update({ where: { id: call.id }, data: { participants: json } });
      return list;
    });
    return result;
  }

  /** Deliveries are remembered beside idempotency keys, for as long: far beyond the five minutes in which one is accepted. */
  private async isRepeat(provider: string, eventId: string): Promise<boolean> {
    const key = keyOf(eventId);
    const { count } = await this.database.idempotencyKey.createMany({
      data: [{ scope: scopeOf(provider), key, requestHash: Buffer.alloc(0), statusCode: 200 }],
      skipDuplicates: true,
    });
    return count === 0;
  }

  private async forget(provider: string, eventId: string): Promise<void> {
    await this.database.idempotencyKey.deleteMany({
      where: { scope: scopeOf(provider), key: keyOf(eventId) },
    });
  }
}

const scopeOf = (provider: string): string => `webhook:${provider}`;
const keyOf = (eventId: string): string => createHash('sha256').update(eventId).digest('hex');
