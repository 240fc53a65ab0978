import type { MessagePayload } from '../../contract/socket-events.js';
import type { MessageRow } from './ticket-event.js';
import type { StoredMessageJson } from './timeline.queries.js';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** A message as current and older clients read it. A deleted one is a tombstone without text. */
export function toMessagePayload(message: MessageRow): MessagePayload {
  return {
    id: message.id,
    ticketId: message.ticketId,
    senderId: message.senderId,
    senderType: message.senderType,
    content: message.content,
    messageType: message.messageType,
    isRead: message.isRead,
    clientMessageId: message.clientMessageId,
    createdAt: message.createdAt.toISOString(),
    updatedAt: message.updatedAt.toISOString(),
    readAt: iso(message.readAt),
    editedAt: iso(message.editedAt),
    deletedAt: iso(message.deletedAt),
    ticket_id: message.ticketId,
    author_id: message.senderId,
    author_name: message.senderName ?? '',
    attachments: [],
    created_at: message.createdAt.getTime(),
    updated_at: message.updatedAt.getTime(),
  };
}

const date = (value: unknown): Date | null => (typeof value === 'string' ? new Date(value) : null);

/** The row back from PostgreSQL's own JSON of it. */
export function fromStoredMessage(json: StoredMessageJson): MessageRow {
  return {
    id: json.id,
    ticketId: json.ticket_id as string,
    seq: json.seq as number,
    publicSeq: json.public_seq as number | null,
    senderId: json.sender_id as string,
    senderType: json.sender_type as string,
    senderName: json.sender_name as string | null,
    content: json.content as string,
    messageType: json.message_type as string,
    clientMessageId: json.client_message_id as string | null,
    isRead: json.is_read as boolean,
    readAt: date(json.read_at),
    editedAt: date(json.edited_at),
    deletedAt: date(json.deleted_at),
    createdAt: new Date(json.created_at as string),
    updatedAt: new Date(json.updated_at as string),
  };
}
