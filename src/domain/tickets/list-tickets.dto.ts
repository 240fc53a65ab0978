import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import { PAGE_SIZE_WORDS } from '../../platform/http/page-size.js';
import { LIMITS, PRIORITIES, TEAMS, type Priority, type Team } from '../../contract/ticket-fields.js';

export const TICKET_SORTS = ['-updatedAt', 'updatedAt', '-createdAt', 'createdAt'] as const;

/** What of ISO 8601 a Date reads the same everywhere: no weeks, no days of the year, no local times. */
const DAY_OR_INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

/** Query parameters arrive as text and stay text until the service reads them; nothing is guessed. */
export class ListTicketsDto {
  @ApiPropertyOptional({ description: 'One status or several, separated by commas' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  status?: string;

  @ApiPropertyOptional({ enum: PRIORITIES })
  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @ApiPropertyOptional({ maxLength: 60 })
  @IsOptional()
  @IsString()
  @Length(1, 60)
  category?: string;

  @ApiPropertyOptional({ description: 'An id, `me` or `none`' })
  @IsOptional()
  @Matches(/^(me|none|[1-9]\d{0,8})$/, { message: 'adminId must be an id, me or none' })
  adminId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, LIMITS.donorId)
  donorId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @Length(1, LIMITS.tag)
  tag?: string;

  @ApiPropertyOptional({ enum: TEAMS })
  @IsOptional()
  @IsIn(TEAMS)
  team?: Team;

  @ApiPropertyOptional({
    description:
      'Words of number, subject, description, donor and messages, with or without accents, or their beginnings; "phrase", or, -without',
  })
  @IsOptional()
  @IsString()
  @Length(1, LIMITS.search)
  q?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Created at or after' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(DAY_OR_INSTANT, { message: 'from must be a day or a time with its zone, as 2026-11-20T09:30:00Z' })
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Created before' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(DAY_OR_INSTANT, { message: 'to must be a day or a time with its zone, as 2026-11-20T09:30:00Z' })
  to?: string;

  @ApiPropertyOptional({ enum: TICKET_SORTS, default: '-updatedAt' })
  @IsOptional()
  @IsIn(TICKET_SORTS)
  sort?: (typeof TICKET_SORTS)[number];

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 100, description: PAGE_SIZE_WORDS })
  @IsOptional()
  @Matches(/^([1-9]\d?|100)$/, { message: 'limit must be a whole number from 1 to 100' })
  limit?: string;

  @ApiPropertyOptional({ description: 'From the Link header of the page before' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  cursor?: string;

  @ApiPropertyOptional({
    type: Number,
    minimum: 1,
    maximum: 10_000,
    description: 'Page number; cursors are faster',
  })
  @IsOptional()
  @Matches(/^[1-9]\d{0,3}$/, { message: 'page must be a whole number from 1 to 9999' })
  page?: string;
}
