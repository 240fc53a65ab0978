import { Injectable } from '@nestjs/common';
import type { Channel } from '../../contract/ticket-fields.js';
import { Database } from '../../platform/database/database.service.js';
import { isUniqueViolation } from '../../platform/database/database.errors.js';
import type { StaffActor } from '../auth/actor.js';
import { TicketAssignmentService } from '../tickets/working/ticket-assignment.service.js';
import { TicketChanges } from '../tickets/ticket-change.js';
import { TicketOwners } from '../tickets/ticket-owners.service.js';
import { TicketStatusService } from '../tickets/ticket-status.service.js';
import { ticketClosed } from '../tickets/ticket.errors.js';
import { messageRow, type MessageRow, type NewMessage } from '../event-log/rows.js';
import { AFTER_OWNER_MESSAGE, CLOSED_FOR_MESSAGES } from './message-rules.js';

interface StaffPost {
  id: string;
  content: string;
  clientMessageId?: string | undefined;
  channel: Channel;
}

/** Staff's messages that need more than one statement: the first reply on a ticket that nobody owns, and notes. */
@Injectable()
export class StaffMessages {
  constructor(
    private readonly database: Database,
    private readonly changes: TicketChanges,
    private readonly assignment: TicketAssignmentService,
    private readonly owners: TicketOwners,
    private readonly status: TicketStatusService,
  ) {}

  /** Replying to a ticket that nobody owns takes it: the person who answers first helps the donor. */
  async replyAndTake(actor: StaffActor, ticketId: string, post: StaffPost): Promise<MessageRow> {
    await this.changes.run(actor, ticketId, 'work', async (change) => {
      const { status } = change.ticket;
      if (CLOSED_FOR_MESSAGES.includes(status)) throw ticketClosed(status);
      if (change.ticket.adminId === null && status !== 'resolved') {
        await this.assignment.assignTo(change, await this.owners.eligible(change.tx, actor.id), 'reply');
      }
      change.set({ firstResponseAt: change.ticket.firstResponseAt ?? new Date() });
      const message = toNewMessage(actor, post, 'text');
      change.record({ type: 'message.posted', public: true, data: { message } });
      const next = AFTER_OWNER_MESSAGE[change.ticket.status];
      if (next !== undefined) await this.status.move(change, next);
    });
    return this.written(post.id);
  }

  /** An internal note: staff only, no change of status, possible on ended tickets too. The same clientMessageId again gives the first. */
  async note(
    actor: StaffActor,
    ticketId: string,
    post: StaffPost,
  ): Promise<{ message: MessageRow; created: boolean }> {
    try {
      await this.changes.run(actor, ticketId, 'work', (change) => {
        const message = toNewMessage(actor, post, 'note');
        change.record({ type: 'message.posted', public: false, data: { message } });
      });
      return { message: await this.written(post.id), created: true };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const { clientMessageId = null } = post;
      const same = clientMessageId === null ? [] : [{ clientMessageId }];
      const message = await this.database.message.findFirstOrThrow({
        where: { ticketId, senderId: String(actor.id), OR: [{ id: post.id }, ...same] },
      });
      return { message: messageRow(message), created: false };
    }
  }

  private async written(id: string): Promise<MessageRow> {
    return messageRow(await this.database.message.findUniqueOrThrow({ where: { id } }));
  }
}

function toNewMessage(actor: StaffActor, post: StaffPost, messageType: 'text' | 'note'): NewMessage {
  return {
    id: post.id,
    senderId: String(actor.id),
    senderType: 'admin',
    senderName: actor.name,
    content: post.content,
    messageType,
    clientMessageId: post.clientMessageId ?? null,
    channel: post.channel,
  };
}
