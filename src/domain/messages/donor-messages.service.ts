import { Injectable } from '@nestjs/common';
import type { Channel } from '../../contract/ticket-fields.js';
import { Database } from '../../platform/database/database.service.js';
import type { Actor } from '../auth/actor.js';
import { TicketChanges } from '../tickets/ticket-change.js';
import { TicketStatusService } from '../tickets/ticket-status.service.js';
import { ticketClosed } from '../tickets/ticket.errors.js';
import { messageRow, type MessageRow } from '../event-log/rows.js';
import { senderMismatch } from './message.errors.js';
import { AFTER_DONOR_MESSAGE, CLOSED_FOR_MESSAGES } from './message-rules.js';

interface DonorPost {
  id: string;
  content: string;
  clientMessageId?: string | undefined;
  senderId?: string | undefined;
  channel: Channel;
}

/** Donor messages that need more than one statement: those that reopen a ticket, or find that its owner has left. */
@Injectable()
export class DonorMessages {
  constructor(
    private readonly database: Database,
    private readonly changes: TicketChanges,
    private readonly status: TicketStatusService,
  ) {}

  /** Throws ticketClosed, senderMismatch, or the policy's refusal. */
  async reply(actor: Actor, ticketId: string, post: DonorPost): Promise<MessageRow> {
    await this.changes.run(actor, ticketId, 'take_part_by_link', async (change) => {
      const { status, donorId, donorName } = change.ticket;
      if (post.senderId !== undefined && post.senderId !== donorId) throw senderMismatch('senderId');
      if (CLOSED_FOR_MESSAGES.includes(status)) throw ticketClosed(status);
      const { id, content, clientMessageId = null, channel } = post;
      const sender = { senderId: donorId, senderType: 'donor', senderName: donorName } as const;
      const message = { id, ...sender, content, messageType: 'text', clientMessageId, channel } as const;
      change.record({ type: 'message.posted', public: true, data: { message } });
      if (status !== 'resolved') await this.status.giveBackIfOwnerLeft(change);
      const next = AFTER_DONOR_MESSAGE[change.ticket.status];
      if (next !== undefined) await this.status.move(change, next, { quiet: true });
    });
    return messageRow(await this.database.message.findUniqueOrThrow({ where: { id: post.id } }));
  }
}
