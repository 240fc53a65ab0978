import type { MessagePayload, MessageType } from '../../contract/events/message-payload.js';
import type { ActorType } from '../../contract/roles.js';
import type { Channel } from '../../contract/ticket-fields.js';
import { systemMessage, type MessageRow } from './rows.js';

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
    system: message.system,
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

/** The same for staff, with the way by which it came. */
export function toStaffMessagePayload(message: MessageRow): Required<MessagePayload> {
  const { channel, externalId } = message;
  return { ...toMessagePayload(message), channel, externalId };
}

/** A message row as to_jsonb prints it. */
export interface StoredMessageJson {
  id: string;
  ticket_id: string;
  seq: number;
  public_seq: number | null;
  sender_id: string;
  sender_type: ActorType;
  sender_name: string | null;
  content: string;
  message_type: MessageType;
  client_message_id: string | null;
  channel: Channel;
  external_id: string | null;
  system_key: string | null;
  system_params: unknown;
  is_read: boolean;
  read_at: string | null;
  edited_at: string | null;
  deleted_at: string | null;
  created_at: string;
  updated_at: string;
}

const date = (text: string | null): Date | null => (text === null ? null : new Date(text));

/** The row back from PostgreSQL's own JSON of it. */
export function fromStoredMessage(json: StoredMessageJson): MessageRow {
  return {
    id: json.id,
    ticketId: json.ticket_id,
    seq: json.seq,
    publicSeq: json.public_seq,
    senderId: json.sender_id,
    senderType: json.sender_type,
    senderName: json.sender_name,
    content: json.content,
    messageType: json.message_type,
    clientMessageId: json.client_message_id,
    channel: json.channel,
    externalId: json.external_id,
    system: systemMessage(json.system_key, json.system_params),
    isRead: json.is_read,
    readAt: date(json.read_at),
    editedAt: date(json.edited_at),
    deletedAt: date(json.deleted_at),
    createdAt: new Date(json.created_at),
    updatedAt: new Date(json.updated_at),
  };
}
