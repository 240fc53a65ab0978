import type { ActorType } from '../roles.js';
import type { SystemMessage } from '../system-messages.js';
import type { Channel } from '../ticket-fields.js';

export const MESSAGE_TYPES = ['text', 'note', 'system'] as const;
export type MessageType = (typeof MESSAGE_TYPES)[number];

/** A message in camelCase, and for older clients in snake_case with integer milliseconds too. */
export interface MessagePayload {
  id: string;
  ticketId: string;
  senderId: string;
  senderType: ActorType;
  content: string;
  messageType: MessageType;
  /** What a line of the server says, for faces to say in the reader's words; `content` says it in English. Null for all others. */
  system: SystemMessage | null;
  isRead: boolean;
  clientMessageId: string | null;
  createdAt: string;
  updatedAt: string;
  readAt: string | null;
  editedAt: string | null;
  deletedAt: string | null;
  ticket_id: string;
  author_id: string;
  author_name: string;
  attachments: string[];
  created_at: number;
  updated_at: number;
  /** By which way it came, and its id there: for staff alone. */
  channel?: Channel;
  externalId?: string | null;
}
