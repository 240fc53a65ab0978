import type { Prisma } from '../../../platform/database/generated/client.js';
import { ApiPropertyOptional, ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsObject, IsOptional } from 'class-validator';
import { LIMITS, PRIORITIES, type Priority } from '../../../contract/ticket-fields.js';
import { TICKET_STATUSES, type TicketStatus } from '../../../contract/ticket-status.js';
import { MaxBytes } from '../../../platform/http/validation/max-bytes.decorator.js';
import {
  BoundedText,
  Prose,
  ProseOrBlank,
  Label,
  LabelOrBlank,
  EmailText,
} from '../../../platform/http/validation/text.decorator.js';
import { IfGiven, MayBeLeftOut } from '../../../platform/http/validation/optional.decorator.js';
import { LARGEST_ID, WholeNumber } from '../../../platform/http/validation/whole-number.js';

/** A change of a ticket. Fields that are left out stay as they are. */
export class UpdateTicketDto {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: LIMITS.name })
  @IsOptional()
  @Label(LIMITS.name)
  donorName?: string | null;

  @ApiPropertyOptional({
    type: String,
    format: 'email',
    nullable: true,
    description: 'A corrected address is written to; it opens the conversation to nobody',
  })
  @IsOptional()
  @EmailText()
  donorEmail?: string | null;

  @ApiPropertyOptional({
    type: Object,
    additionalProperties: true,
    description: 'Takes the place of the whole context; at most 4 kB',
  })
  @IfGiven()
  @IsObject()
  @MaxBytes(LIMITS.contextBytes)
  context?: Prisma.JsonObject;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: LIMITS.subject })
  @IsOptional()
  @LabelOrBlank(LIMITS.subject)
  subject?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: LIMITS.description })
  @IsOptional()
  @ProseOrBlank(LIMITS.description, null)
  description?: string | null;

  @ApiPropertyOptional({ enum: TICKET_STATUSES })
  @IfGiven()
  @IsIn(TICKET_STATUSES)
  status?: TicketStatus;

  @ApiPropertyOptional({
    type: Number,
    minimum: 1,
    nullable: true,
    description: 'null hands the ticket back to the team',
  })
  @IsOptional()
  @WholeNumber(1, LARGEST_ID)
  adminId?: number | null;

  @ApiPropertyOptional({ enum: PRIORITIES })
  @IfGiven()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: LIMITS.category,
    description: 'A name of GET /categories',
  })
  @IsOptional()
  @BoundedText(LIMITS.category)
  category?: string | null;

  @ApiPropertyOptional({ maxLength: LIMITS.team, description: 'A key of GET /teams' })
  @IfGiven()
  @BoundedText(LIMITS.team)
  team?: string;

  @ApiPropertyOptional({ type: [String], maxItems: LIMITS.tags })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(LIMITS.tags)
  @Label(LIMITS.tag, { each: true })
  tags?: string[];

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: LIMITS.helpfulNotes })
  @IsOptional()
  @ProseOrBlank(LIMITS.helpfulNotes, null)
  helpfulNotes?: string | null;

  @ApiPropertyOptional({ description: 'The version you read; 409 TICKET_STALE when somebody was faster' })
  @IfGiven()
  @WholeNumber(1, LARGEST_ID)
  version?: number;
}

export class AssignTicketDto {
  @ApiPropertyOptional({ description: 'The new owner; you, when left out' })
  @IfGiven()
  @WholeNumber(1, LARGEST_ID)
  adminId?: number;
}

/** A transfer to another member of staff. */
export class TransferTicketDto {
  @ApiProperty()
  @WholeNumber(1, LARGEST_ID)
  toAdminId!: number;

  @ApiPropertyOptional({ maxLength: LIMITS.transferNotes })
  @MayBeLeftOut()
  @ProseOrBlank(LIMITS.transferNotes)
  transferNotes?: string;
}

export class RateTicketDto {
  @ApiProperty({ minimum: 1, maximum: 5 })
  @WholeNumber(1, 5)
  rating!: number;

  @ApiPropertyOptional({ maxLength: 1_000 })
  @MayBeLeftOut()
  @Prose(1_000)
  comment?: string;
}
