import { MESSAGE_TYPES, type MessageType } from '../../contract/events/message-payload.js';
import { oneOf } from '../../contract/one-of.js';
import { ACTOR_TYPES, type ActorType } from '../../contract/roles.js';
import type { SystemMessage } from '../../contract/system-messages.js';
import {
  CALL_TYPES,
  CHANNELS,
  PRIORITIES,
  type CallType,
  type Channel,
  type Priority,
} from '../../contract/ticket-fields.js';
import { TICKET_STATUSES, type TicketStatus } from '../../contract/ticket-status.js';
import type { Message, Prisma, Ticket } from '../../platform/database/generated/client.js';

/** A ticket row without its generated search vector. */
export type TicketRow = Omit<Ticket, 'status' | 'priority' | 'channel' | 'callType' | 'context'> & {
  status: TicketStatus;
  priority: Priority;
  channel: Channel;
  callType: CallType | null;
  context: Prisma.JsonObject;
};

/** The owner's columns beside a ticket's; null when nobody owns it. */
export interface OwnerColumns {
  adminName: string | null;
  adminUsername: string | null;
  adminAvatar: string | null;
}

export type TicketWithOwner = TicketRow & OwnerColumns;

export const NO_OWNER: OwnerColumns = { adminName: null, adminUsername: null, adminAvatar: null };

export type MessageRow = Omit<
  Message,
  'senderType' | 'messageType' | 'channel' | 'systemKey' | 'systemParams'
> & {
  channel: Channel;
  senderType: ActorType;
  messageType: MessageType;
  /** Null for what people write, and for lines of releases that stored their text alone. */
  system: SystemMessage | null;
};

/** A message before it has a place in the log. */
export type NewMessage = Pick<
  MessageRow,
  'id' | 'senderId' | 'senderType' | 'senderName' | 'content' | 'messageType' | 'clientMessageId' | 'channel'
> & { system?: SystemMessage };

/** A row that Prisma read: it knows the words of these columns as text, the database checks them. */
export function ticketRow(row: Ticket): TicketRow {
  return {
    ...row,
    status: oneOf(TICKET_STATUSES, row.status),
    priority: oneOf(PRIORITIES, row.priority),
    channel: oneOf(CHANNELS, row.channel),
    callType: row.callType === null ? null : oneOf(CALL_TYPES, row.callType),
    context: isObject(row.context) ? row.context : {},
  };
}

function isObject(value: Prisma.JsonValue): value is Prisma.JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function messageRow({ systemKey, systemParams, ...row }: Message): MessageRow {
  return {
    ...row,
    system: systemMessage(systemKey, systemParams),
    senderType: oneOf(ACTOR_TYPES, row.senderType),
    messageType: oneOf(MESSAGE_TYPES, row.messageType),
    channel: oneOf(CHANNELS, row.channel),
  };
}

/** The line of a row; null for a row without one. */
export function systemMessage(key: string | null, params: unknown): SystemMessage | null {
  const line = { key, params };
  return isLine(line) ? line : null;
}

/** The two columns are written together, and only as postSystemMessage takes them. */
function isLine(line: { key: string | null; params: unknown }): line is SystemMessage {
  return line.key !== null;
}
