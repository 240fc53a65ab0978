import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, ValidateIf } from 'class-validator';
import { LIMITS } from '../../contract/ticket-fields.js';
import { BoundedText, Prose } from '../../platform/http/validation/text.decorator.js';
import { IfGiven, MayBeLeftOut } from '../../platform/http/validation/optional.decorator.js';
import { LARGEST_ID, WholeNumberText } from '../../platform/http/validation/whole-number.js';
import { CLAIMED_CHANNELS, type ClaimedChannel } from '../tickets/channel.js';
import { PageLimit } from '../../platform/http/pagination/page.decorator.js';

/** A message to send. Who sends is known from the token; the body may repeat it, never contradict it. */
export class PostMessageDto {
  @ApiPropertyOptional({ maxLength: LIMITS.donorId })
  @MayBeLeftOut()
  @BoundedText(LIMITS.donorId)
  senderId?: string;

  @ApiPropertyOptional({ enum: ['donor', 'admin'] })
  @MayBeLeftOut()
  @IsIn(['donor', 'admin'])
  senderType?: 'donor' | 'admin';

  @ApiProperty({ maxLength: LIMITS.message })
  @Prose(LIMITS.message)
  content!: string;

  @ApiPropertyOptional({
    maxLength: LIMITS.clientMessageId,
    description: 'The same id again gives the first message',
  })
  @MayBeLeftOut()
  @BoundedText(LIMITS.clientMessageId)
  clientMessageId?: string;

  @ApiPropertyOptional({ enum: CLAIMED_CHANNELS, default: 'api', description: 'What the client is' })
  @MayBeLeftOut()
  @IsIn(CLAIMED_CHANNELS)
  channel?: ClaimedChannel;
}

export class PostNoteDto extends OmitType(PostMessageDto, ['senderId', 'senderType'] as const) {}

/** A change of a message: staff set isRead, the author changes the text. */
export class UpdateMessageDto {
  @ApiPropertyOptional()
  @ValidateIf((dto: UpdateMessageDto) => dto.content === undefined || dto.isRead !== undefined)
  @IsBoolean()
  isRead?: boolean;

  @ApiPropertyOptional({ maxLength: LIMITS.message })
  @IfGiven()
  @Prose(LIMITS.message)
  content?: string;
}

/** Whose messages have been read. */
export class MarkReadDto {
  @ApiProperty({ enum: ['donor', 'admin'] })
  @IsIn(['donor', 'admin'])
  senderType!: 'donor' | 'admin';
}

export class ListMessagesDto {
  @PageLimit(200, 200)
  limit?: string;

  @ApiPropertyOptional({ type: Number, description: 'Messages before this sequence number' })
  @IsOptional()
  @WholeNumberText(0, LARGEST_ID)
  before?: string;

  @ApiPropertyOptional({ type: Number, description: 'Messages after this sequence number' })
  @IsOptional()
  @WholeNumberText(0, LARGEST_ID)
  after?: string;
}
