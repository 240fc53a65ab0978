import { ApiProperty } from '@nestjs/swagger';
import {
  MESSAGE_TYPES,
  type MessagePayload,
  type MessageType,
} from '../../contract/events/message-payload.js';
import {
  SYSTEM_MESSAGE_KEYS,
  type SystemMessage,
  type SystemMessageKey,
} from '../../contract/system-messages.js';
import { ACTOR_TYPES, type ActorType } from '../../contract/roles.js';
import { CHANNELS, type Channel } from '../../contract/ticket-fields.js';
import type { Actor } from '../auth/actor.js';
import type { MessageRow } from '../event-log/rows.js';
import { toMessagePayload, toStaffMessagePayload } from '../event-log/message-payload.js';

/** A line of the server as key and parameters. */
class SystemMessageResponse {
  @ApiProperty({ enum: SYSTEM_MESSAGE_KEYS }) key!: SystemMessageKey;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'What the text names, such as `name` or `mode`',
  })
  params!: Record<string, string>;
}

/** A message for donors: camelCase, the snake_case names of older clients beside them, and its place in the reader's stream. */
export class DonorMessageResponse implements MessagePayload {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) ticketId!: string;
  @ApiProperty() senderId!: string;
  @ApiProperty({ enum: ACTOR_TYPES }) senderType!: ActorType;
  @ApiProperty() content!: string;
  @ApiProperty({ enum: MESSAGE_TYPES }) messageType!: MessageType;
  @ApiProperty({
    type: SystemMessageResponse,
    nullable: true,
    description:
      'What a line of the server says, to be said in the reader’s language and from their side; `content` says it in English',
  })
  system!: SystemMessage | null;
  @ApiProperty() isRead!: boolean;
  @ApiProperty({ type: String, nullable: true }) clientMessageId!: string | null;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) readAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) editedAt!: string | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'A deleted message is a tombstone without text',
  })
  deletedAt!: string | null;
  @ApiProperty() seq!: number;
  @ApiProperty({ format: 'uuid' }) ticket_id!: string;
  @ApiProperty() author_id!: string;
  @ApiProperty() author_name!: string;
  @ApiProperty({ type: [String] }) attachments!: string[];
  @ApiProperty() created_at!: number;
  @ApiProperty() updated_at!: number;
}

/** The same for staff, with the way by which it came. */
export class StaffMessageResponse extends DonorMessageResponse {
  @ApiProperty({ enum: CHANNELS, description: 'By which way it came' }) channel!: Channel;
  @ApiProperty({ type: String, nullable: true, description: 'Its id in the channel' }) externalId!:
    string | null;
}

export type MessageResponse = StaffMessageResponse | DonorMessageResponse;

/** The message for this reader. Donors are never given one without a public place. */
export function toMessage(actor: Actor, message: MessageRow): MessageResponse {
  if (actor.kind === 'staff') return { ...toStaffMessagePayload(message), seq: message.seq };
  return { ...toMessagePayload(message), seq: message.publicSeq ?? 0 };
}
