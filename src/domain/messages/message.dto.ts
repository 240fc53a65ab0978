import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import {
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { LIMITS } from '../../contract/ticket-fields.js';
import { MayBeLeftOut } from '../tickets/left-out.decorator.js';

const WRITTEN = /\S/;

/** S1 §Send a Message. Who sends is known from the token; the body may repeat it, never contradict it. */
export class PostMessageDto {
  @ApiPropertyOptional({ maxLength: LIMITS.donorId })
  @MayBeLeftOut()
  @IsString()
  @Length(1, LIMITS.donorId)
  senderId?: string;

  @ApiPropertyOptional({ enum: ['donor', 'admin'] })
  @MayBeLeftOut()
  @IsIn(['donor', 'admin'])
  senderType?: 'donor' | 'admin';

  @ApiProperty({ maxLength: LIMITS.message })
  @IsString()
  @IsNotEmpty()
  @Matches(WRITTEN, { message: 'content must not be blank' })
  @MaxLength(LIMITS.message)
  content!: string;

  @ApiPropertyOptional({
    maxLength: LIMITS.clientMessageId,
    description: 'The same id again gives the first message',
  })
  @MayBeLeftOut()
  @IsString()
  @Length(1, LIMITS.clientMessageId)
  clientMessageId?: string;
}

export class PostNoteDto extends OmitType(PostMessageDto, ['senderId', 'senderType'] as const) {}

/** S1 §Update Message: staff set isRead, the author changes the text. */
export class UpdateMessageDto {
  @ApiPropertyOptional()
  @ValidateIf((dto: UpdateMessageDto) => dto.content === undefined || dto.isRead !== undefined)
  @IsBoolean()
  isRead?: boolean;

  @ApiPropertyOptional({ maxLength: LIMITS.message })
  @ValidateIf((_, value) => value !== undefined)
  @IsString()
  @Matches(WRITTEN, { message: 'content must not be blank' })
  @MaxLength(LIMITS.message)
  content?: string;
}

/** S1 §Mark Messages as Read: whose messages have been read. */
export class MarkReadDto {
  @ApiProperty({ enum: ['donor', 'admin'] })
  @IsIn(['donor', 'admin'])
  senderType!: 'donor' | 'admin';
}

const SEQ = /^\d{1,9}$/;

export class ListMessagesDto {
  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 200, default: 200 })
  @IsOptional()
  @Matches(/^([1-9]\d?|1\d\d|200)$/, { message: 'limit must be a whole number from 1 to 200' })
  limit?: string;

  @ApiPropertyOptional({ type: Number, description: 'Messages before this sequence number' })
  @IsOptional()
  @Matches(SEQ, { message: 'before must be a whole number' })
  before?: string;

  @ApiPropertyOptional({ type: Number, description: 'Messages after this sequence number' })
  @IsOptional()
  @Matches(SEQ, { message: 'after must be a whole number' })
  after?: string;
}
