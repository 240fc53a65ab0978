import { MESSAGE_TYPES, type MessageType } from '../../contract/events/message-payload.js';
import { oneOf } from '../../contract/one-of.js';
import { ACTOR_TYPES, type ActorType } from '../../contract/roles.js';
import { CHANNELS, PRIORITIES, type Channel, type Priority } from '../../contract/ticket-fields.js';
import { TICKET_STATUSES, type TicketStatus } from '../../contract/ticket-status.js';
import type { Message, Ticket } from '../../platform/database/generated/client.js';

/** A ticket row without its generated search vector. */
export type TicketRow = Omit<Ticket, 'status' | 'priority' | 'channel'> & {
  status: TicketStatus;
  priority: Priority;
  channel: Channel;
};
export type MessageRow = Omit<Message, 'senderType' | 'messageType' | 'channel'> & {
  channel: Channel;
  senderType: ActorType;
  messageType: MessageType;
};

/** A message before it has a place in the log. */
export type NewMessage = Pick<
  MessageRow,
  'id' | 'senderId' | 'senderType' | 'senderName' | 'content' | 'messageType' | 'clientMessageId' | 'channel'
>;

/** A row that Prisma read: it knows the words of these columns as text, the database checks them. */
export function ticketRow(row: Ticket): TicketRow {
  return {
    ...row,
    status: oneOf(TICKET_STATUSES, row.status),
    priority: oneOf(PRIORITIES, row.priority),
    channel: oneOf(CHANNELS, row.channel),
  };
}

export function messageRow(row: Message): MessageRow {
  return {
    ...row,
    senderType: oneOf(ACTOR_TYPES, row.senderType),
    messageType: oneOf(MESSAGE_TYPES, row.messageType),
    channel: oneOf(CHANNELS, row.channel),
  };
}
