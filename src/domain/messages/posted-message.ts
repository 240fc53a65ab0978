import type { EventActor } from '../../contract/events/event-payload.js';
import type { Channel } from '../../contract/ticket-fields.js';
import { eventActor, type Actor } from '../auth/actor.js';
import type { MessageRow } from '../event-log/rows.js';
import type { TicketEvent } from '../event-log/ticket-event.js';
import type { PostedRow } from './messages.queries.js';

/** The message as the statement wrote it. */
export function postedMessage(
  post: { id: string; content: string; clientMessageId?: string | undefined; channel: Channel },
  row: PostedRow,
  senderType: 'donor' | 'admin',
): MessageRow {
  return {
    id: post.id,
    ticketId: row.ticketId,
    seq: row.seq,
    publicSeq: row.publicSeq,
    senderId: row.senderId,
    senderType,
    senderName: row.senderName,
    content: post.content,
    messageType: 'text',
    clientMessageId: post.clientMessageId ?? null,
    channel: post.channel,
    externalId: null,
    isRead: false,
    readAt: null,
    editedAt: null,
    deletedAt: null,
    createdAt: row.createdAt,
    updatedAt: row.createdAt,
  };
}

/** The events that the statement logged. */
export function postedEvents(actor: Actor, message: MessageRow, row: PostedRow): TicketEvent[] {
  const who: EventActor = eventActor(actor, row);
  const base = { ticketId: message.ticketId, at: row.createdAt, actor: who, people: row };
  const posted: TicketEvent = {
    ...base,
    seq: row.seq,
    publicSeq: row.publicSeq,
    type: 'message.posted',
    data: { message },
  };
  if (row.from === row.to) return [posted];
  const moved: TicketEvent = {
    ...base,
    seq: row.seq + 1,
    publicSeq: row.publicSeq + 1,
    type: 'ticket.status_changed',
    data: { from: row.from, to: row.to },
  };
  return [posted, moved];
}
