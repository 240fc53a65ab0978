import type { OfType } from '../event-log/ticket-event.js';
import { readTicket } from '../tickets/tickets.queries.js';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../platform/database/database.service.js';
import { DomainError } from '../../platform/http/errors/domain-error.js';
import { VIDEO_PROVIDER, type VideoProvider } from '../../platform/video/port/video-provider.js';
import { SYSTEM } from '../auth/actor.js';
import { DurableReactions, type DurableEvent } from '../event-log/durable-reactions.js';
import { CallOpening } from './call-opening.service.js';

/** Seconds in which the request itself may still get its room. */
const REQUEST_GOES_FIRST = 10;

/** What must happen at the video provider even when it, or this process, was away at the time. */
@Injectable()
export class CallRoomReactions implements OnModuleInit {
  constructor(
    private readonly durable: DurableReactions,
    private readonly database: Database,
    private readonly opening: CallOpening,
    @Inject(VIDEO_PROVIDER) private readonly video: VideoProvider,
  ) {}

  onModuleInit(): void {
    this.durable.register({
      name: 'calls.open-with-ticket',
      types: ['ticket.created'],
      when: ({ data }) => data.callPending === true,
      delay: REQUEST_GOES_FIRST,
      handle: (event) => this.openPending(event),
    });
    this.durable.register({
      name: 'calls.close-room',
      types: ['call.ended'],
      when: ({ data }) => data.provider !== 'direct',
      outlivesTicket: true,
      handle: (event) => this.closeRoom(event),
    });
  }

  /** The call that a new ticket asked for; nothing to do once it exists or the ticket has moved on. */
  private async openPending(event: OfType<DurableEvent, 'ticket.created'>): Promise<void> {
    const { callType } = event.data;
    const ticket = await readTicket(this.database, event.ticketId);
    if (callType === null || ticket?.activeCallId !== null) return;
    if ((await this.database.call.count({ where: { ticketId: ticket.id } })) > 0) return;
    const initiatedBy = event.actorType === 'admin' ? 'admin' : 'donor';
    try {
      await this.opening.open(SYSTEM, ticket, {
        callType,
        initiatedBy,
        activate: false,
      });
    } catch (error) {
      // Resolved or closed meanwhile: nobody waits for this call any more.
      if (!(error instanceof DomainError)) throw error;
    }
  }

  private async closeRoom({ data }: OfType<DurableEvent, 'call.ended'>): Promise<void> {
    if (data.provider !== this.video.name) return;
    await this.video.closeRoom(data.roomName);
  }
}
