import type { Prisma } from '../../platform/database/generated/client.js';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, ValidateNested } from 'class-validator';
import {
  CALL_TYPES,
  LIMITS,
  PRIORITIES,
  type CallType,
  type Priority,
} from '../../contract/ticket-fields.js';
import { MaxBytes } from '../../platform/http/validation/max-bytes.decorator.js';
import {
  BoundedText,
  ProseOrBlank,
  Label,
  EmailText,
} from '../../platform/http/validation/text.decorator.js';
import { MayBeLeftOut } from '../../platform/http/validation/optional.decorator.js';
import { CallbackDto } from '../calls/requests/callback.dto.js';
import { CLAIMED_CHANNELS, type ClaimedChannel } from '../tickets/channel.js';

/** A ticket to create. */
export class CreateTicketDto {
  @ApiPropertyOptional({
    maxLength: LIMITS.donorId,
    description: 'Required unless a donor token says who it is',
  })
  @MayBeLeftOut()
  @BoundedText(LIMITS.donorId)
  donorId?: string;

  @ApiPropertyOptional({ format: 'email', description: 'Required unless a donor token says who it is' })
  @MayBeLeftOut()
  @EmailText()
  donorEmail?: string;

  @ApiPropertyOptional({ maxLength: LIMITS.name })
  @MayBeLeftOut()
  @Label(LIMITS.name)
  donorName?: string;

  @ApiPropertyOptional({ maxLength: LIMITS.subject })
  @MayBeLeftOut()
  @Label(LIMITS.subject)
  subject?: string;

  @ApiPropertyOptional({
    maxLength: LIMITS.subject,
    description: 'Another name for subject, for older clients',
  })
  @MayBeLeftOut()
  @Label(LIMITS.subject)
  topic?: string;

  @ApiPropertyOptional({ maxLength: LIMITS.description })
  @MayBeLeftOut()
  @ProseOrBlank(LIMITS.description)
  description?: string;

  @ApiPropertyOptional({
    enum: CALL_TYPES,
    description: 'Opens a call with the ticket; leave it out for a text ticket',
  })
  @MayBeLeftOut()
  @IsIn(CALL_TYPES)
  callType?: CallType;

  @ApiPropertyOptional({
    type: CallbackDto,
    description: 'Asks for a callback, which rings for nobody; instead of `callType`',
  })
  @MayBeLeftOut()
  @IsObject()
  @ValidateNested()
  @Type(() => CallbackDto)
  callback?: CallbackDto;

  @ApiPropertyOptional({ maxLength: LIMITS.category, description: 'A name of GET /tickets/categories' })
  @MayBeLeftOut()
  @BoundedText(LIMITS.category)
  category?: string;

  @ApiPropertyOptional({ enum: CLAIMED_CHANNELS, default: 'api', description: 'What the client is' })
  @MayBeLeftOut()
  @IsIn(CLAIMED_CHANNELS)
  channel?: ClaimedChannel;

  @ApiPropertyOptional({ enum: PRIORITIES, default: 'medium' })
  @MayBeLeftOut()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @ApiPropertyOptional({
    type: Object,
    additionalProperties: true,
    description: 'Page, device, locale …; at most 4 kB',
  })
  @MayBeLeftOut()
  @IsObject()
  @MaxBytes(LIMITS.contextBytes)
  context?: Prisma.JsonObject;
}
