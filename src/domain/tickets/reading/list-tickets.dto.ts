import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { LIMITS, PRIORITIES, type Priority } from '../../../contract/ticket-fields.js';
import {
  BoundedText,
  Label,
  SearchText,
  DayOrInstant,
} from '../../../platform/http/validation/text.decorator.js';
import { LARGEST_ID, WholeNumberText } from '../../../platform/http/validation/whole-number.js';
import { PageCursor, PageLimit } from '../../../platform/http/pagination/page.decorator.js';

export const TICKET_SORTS = [
  ...(['-updatedAt', 'updatedAt', '-createdAt', 'createdAt', 'callbackDueAt'] as const),
  'queue',
] as const;
const CALLBACKS = ['owed', 'overdue'] as const;

/** Query parameters arrive as text and stay text until the service reads them; nothing is guessed. */
export class ListTicketsDto {
  @ApiPropertyOptional({ description: 'One status or several, separated by commas' })
  @IsOptional()
  @BoundedText(200)
  status?: string;

  @ApiPropertyOptional({ enum: PRIORITIES })
  @IsOptional()
  @IsIn(PRIORITIES)
  priority?: Priority;

  @ApiPropertyOptional({ maxLength: 60 })
  @IsOptional()
  @BoundedText(60)
  category?: string;

  @ApiPropertyOptional({ description: 'An id, `me` or `none`' })
  @IsOptional()
  @WholeNumberText(1, LARGEST_ID, ['me', 'none'])
  adminId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @BoundedText(LIMITS.donorId)
  donorId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Label(LIMITS.tag)
  tag?: string;

  @ApiPropertyOptional({ maxLength: LIMITS.team, description: 'A key of GET /teams' })
  @IsOptional()
  @BoundedText(LIMITS.team)
  team?: string;

  @ApiPropertyOptional({
    description:
      'Words of number, subject, description, donor and messages, with or without accents, or their beginnings; "phrase", or, -without',
  })
  @IsOptional()
  @SearchText(LIMITS.search)
  q?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Created at or after' })
  @IsOptional()
  @DayOrInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Created before' })
  @IsOptional()
  @DayOrInstant()
  to?: string;

  @ApiPropertyOptional({
    enum: CALLBACKS,
    description: 'Tickets that owe a callback, the longest due first; overdue: whose time is over',
  })
  @IsOptional()
  @IsIn(CALLBACKS)
  callback?: (typeof CALLBACKS)[number];

  @ApiPropertyOptional({
    enum: TICKET_SORTS,
    default: '-updatedAt',
    description:
      'callbackDueAt goes with callback, where it is the default; queue, for staff: the most urgent first, then who waits longest, then those who do not wait',
  })
  @IsOptional()
  @IsIn(TICKET_SORTS)
  sort?: (typeof TICKET_SORTS)[number];

  @PageLimit(100)
  limit?: string;

  @PageCursor()
  cursor?: string;

  @ApiPropertyOptional({
    type: Number,
    minimum: 1,
    maximum: 9_999,
    description: 'Page number; cursors are faster',
  })
  @IsOptional()
  @WholeNumberText(1, 9_999)
  page?: string;
}
