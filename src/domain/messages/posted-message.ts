import type { EventActor } from '../../contract/events/event-payload.js';
import type { Channel } from '../../contract/ticket-fields.js';
import { eventActor, type Actor } from '../auth/actor.js';
import type { MessageRow } from '../event-log/rows.js';
import type { TicketEvent } from '../event-log/ticket-event.js';
import { filingOf } from '../tickets/ticket.mapper.js';
import type { PostedRow } from './messages.queries.js';

/** The message as the statement wrote it. */
export function postedMessage(
  post: { id: string; content: string; clientMessageId?: string | undefined; channel: Channel },
  row: PostedRow,
  senderType: 'donor' | 'admin',
): MessageRow {
  return {
    id: post.id,
    ticketId: row.id,
    seq: row.seq,
    publicSeq: row.publicSeq,
    senderId: row.senderId,
    senderType,
    senderName: row.senderName,
    content: post.content,
    messageType: 'text',
    system: null,
    clientMessageId: post.clientMessageId ?? null,
    channel: post.channel,
    externalId: null,
    isRead: false,
    readAt: null,
    editedAt: null,
    deletedAt: null,
    createdAt: row.updatedAt,
    updatedAt: row.updatedAt,
  };
}

/** The events that the statement logged. */
export function postedEvents(actor: Actor, message: MessageRow, row: PostedRow): TicketEvent[] {
  const who: EventActor = eventActor(actor, row);
  const before = {
    ...filingOf(row),
    ...{ status: row.from, waitingSince: row.waitedSince?.toISOString() ?? null },
  };
  const base = {
    ...{ ticketId: row.id, at: row.updatedAt, actor: who, ticket: row, before },
    isTouchOnly: isTouchOnly(row),
  };
  const posted: TicketEvent = {
    ...base,
    seq: row.seq,
    publicSeq: row.publicSeq,
    type: 'message.posted',
    data: { message },
  };
  if (row.from === row.status) return [posted];
  const moved: TicketEvent = {
    ...base,
    seq: row.seq + 1,
    publicSeq: row.publicSeq + 1,
    type: 'ticket.status_changed',
    data: { from: row.from, to: row.status },
  };
  return [posted, moved];
}

function isTouchOnly({ from, status, waitedSince, waitingSince, isFirstResponse }: PostedRow): boolean {
  return from === status && !isFirstResponse && waitedSince?.getTime() === waitingSince?.getTime();
}
