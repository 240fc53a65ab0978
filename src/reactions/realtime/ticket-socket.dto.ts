import { OmitType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsInt, IsOptional, IsString, IsUUID, Length, Max, Min } from 'class-validator';
import { LIMITS } from '../../contract/ticket-fields.js';
import { PostMessageDto } from '../../domain/messages/message.dto.js';

const LAST_SEQ = 2_147_483_647;
const LONGEST_TOKEN = 4_096;

/** Rooms are named by ids as the database writes them. */
const LowerCase = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value));

export class AuthorizeDto {
  @IsString()
  @Length(1, LONGEST_TOKEN)
  token!: string;
}

export class TicketDto {
  @LowerCase()
  @IsUUID()
  ticketId!: string;
}

export class JoinTicketDto extends TicketDto {
  @IsOptional()
  @IsString()
  @Length(1, LIMITS.donorId)
  donorId?: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LAST_SEQ)
  lastSeq?: number;
}

export class TypingDto extends TicketDto {
  @IsBoolean()
  isTyping!: boolean;
}

/** As POST …/messages, except that the sender is whoever is at the socket, and that a retry must be recognisable. */
export class SendMessageDto extends OmitType(PostMessageDto, ['senderType', 'clientMessageId'] as const) {
  @LowerCase()
  @IsUUID()
  ticketId!: string;

  @IsString()
  @Length(1, LIMITS.clientMessageId)
  clientMessageId!: string;
}

export class ReadDto extends TicketDto {
  @IsInt()
  @Min(1)
  @Max(LAST_SEQ)
  upToSeq!: number;
}
