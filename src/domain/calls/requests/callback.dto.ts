import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { LIMITS } from '../../../contract/ticket-fields.js';
import { DayOrInstant, FormedText } from '../../../platform/http/validation/text.decorator.js';

/** Digits of any script, with what people write between them. */
const PHONE = /^[+(\p{Nd}][\p{Nd} ()./-]+$/u;

export class CallbackDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    minLength: 5,
    maxLength: LIMITS.phone,
    description: 'Where to call; without one, staff call in the chat',
  })
  @IsOptional()
  @FormedText(PHONE, {
    least: 5,
    most: LIMITS.phone,
    message: 'phone must be a phone number such as +49 30 1234567',
  })
  phone?: string | null;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'When; as it was promised, or within 30 minutes, when left out',
  })
  @IsOptional()
  @DayOrInstant()
  at?: string;
}
