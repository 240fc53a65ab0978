import { OmitType } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
import { LIMITS } from '../../../contract/ticket-fields.js';
import { PostMessageDto } from '../../../domain/messages/message.dto.js';
import { BoundedText, UuidText } from '../../../platform/http/validation/text.decorator.js';
import { WholeNumber } from '../../../platform/http/validation/whole-number.js';

const LAST_SEQ = 2_147_483_647;
const LONGEST_TOKEN = 4_096;

export class AuthorizeDto {
  @BoundedText(LONGEST_TOKEN)
  token!: string;
}

export class TicketDto {
  @UuidText()
  ticketId!: string;
}

export class JoinTicketDto extends TicketDto {
  @IsOptional()
  @BoundedText(LIMITS.donorId)
  donorId?: string;

  @IsOptional()
  @WholeNumber(0, LAST_SEQ)
  lastSeq?: number;
}

export class TypingDto extends TicketDto {
  @IsBoolean()
  isTyping!: boolean;
}

/** As POST …/messages, except that the sender is the person at the socket, and that a retry must be recognisable. */
export class SendMessageDto extends OmitType(PostMessageDto, ['senderType', 'clientMessageId'] as const) {
  @UuidText()
  ticketId!: string;

  @BoundedText(LIMITS.clientMessageId)
  clientMessageId!: string;
}

export class ReadDto extends TicketDto {
  @WholeNumber(1, LAST_SEQ)
  upToSeq!: number;
}
