import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique, IsArray, IsIn, ValidateIf } from 'class-validator';
import { LIMITS, PRIORITIES, type Priority } from '../../../contract/ticket-fields.js';
import { TICKET_STATUSES, type TicketStatus } from '../../../contract/ticket-status.js';
import { Label, UuidText } from '../../../platform/http/validation/text.decorator.js';
import { LARGEST_ID, WholeNumber } from '../../../platform/http/validation/whole-number.js';

export const BULK_ACTIONS = ['assign', 'close', 'resolve', 'status', 'priority', 'tag', 'delete'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

const needs =
  (...actions: BulkAction[]) =>
  (dto: BulkDto, value: unknown): boolean =>
    actions.includes(dto.action) || value !== undefined;

/** The same change to many tickets, each in a transaction of its own. */
export class BulkDto {
  @ApiProperty({ type: [String], format: 'uuid', maxItems: LIMITS.bulk })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(LIMITS.bulk)
  @ArrayUnique()
  @UuidText({ each: true })
  ids!: string[];

  @ApiProperty({ enum: BULK_ACTIONS })
  @IsIn(BULK_ACTIONS)
  action!: BulkAction;

  @ApiPropertyOptional({ description: 'For assign; you, when left out' })
  @ValidateIf(needs())
  @WholeNumber(1, LARGEST_ID)
  adminId?: number;

  @ApiPropertyOptional({ enum: TICKET_STATUSES, description: 'For status' })
  @ValidateIf(needs('status'))
  @IsIn(TICKET_STATUSES)
  status?: TicketStatus;

  @ApiPropertyOptional({ enum: PRIORITIES, description: 'For priority' })
  @ValidateIf(needs('priority'))
  @IsIn(PRIORITIES)
  priority?: Priority;

  @ApiPropertyOptional({ maxLength: LIMITS.tag, description: 'For tag: added to each ticket' })
  @ValidateIf(needs('tag'))
  @Label(LIMITS.tag)
  tag?: string;
}

export class BulkResultResponse {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() ok!: boolean;
  @ApiPropertyOptional() error?: string;
  @ApiPropertyOptional() message?: string;
}
