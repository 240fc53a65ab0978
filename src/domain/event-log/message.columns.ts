import { type Columns, selected } from '../../platform/database/columns.js';
import type { Message } from '../../platform/database/generated/client.js';

/** The columns of `messages`; `messageRow` reads them. */
const COLUMNS: Columns<Omit<Message, 'search'>> = {
  id: 'id',
  ticketId: 'ticket_id',
  seq: 'seq',
  publicSeq: 'public_seq',
  senderId: 'sender_id',
  senderType: 'sender_type',
  senderName: 'sender_name',
  content: 'content',
  messageType: 'message_type',
  clientMessageId: 'client_message_id',
  channel: 'channel',
  externalId: 'external_id',
  systemKey: 'system_key',
  systemParams: 'system_params',
  isRead: 'is_read',
  readAt: 'read_at',
  editedAt: 'edited_at',
  deletedAt: 'deleted_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};

/** A message's row, for statements that name the table `m`. */
export const MESSAGE_COLUMNS = selected(COLUMNS, 'm');
