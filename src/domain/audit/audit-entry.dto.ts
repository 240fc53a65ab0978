import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { DayOrInstant, FormedText } from '../../platform/http/validation/text.decorator.js';
import { LARGEST_ID, WholeNumberText } from '../../platform/http/validation/whole-number.js';
import { PageCursor, PageLimit } from '../../platform/http/pagination/page.decorator.js';

export class AuditQueryDto {
  @ApiPropertyOptional({
    type: Number,
    description: 'Id of a member of staff: what they did, and what was done to them.',
  })
  @IsOptional()
  @WholeNumberText(1, LARGEST_ID)
  actor?: string;

  @ApiPropertyOptional({ example: 'auth.login', description: 'One action, or the area before its dot.' })
  @IsOptional()
  @FormedText(/^[a-z_]{1,30}(?:\.[a-z_]{1,30})?$/, {
    most: 61,
    message: 'action must be such as auth or auth.login',
  })
  action?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'At or after' })
  @IsOptional()
  @DayOrInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Before' })
  @IsOptional()
  @DayOrInstant()
  to?: string;

  @PageLimit(100, 50)
  limit?: string;

  @PageCursor()
  cursor?: string;
}

/** A member of staff in an entry. */
export class AuditPersonResponse {
  @ApiProperty({ example: 7 })
  id!: number;

  @ApiProperty({ example: 'Maria Lopez' })
  name!: string;
}

/** One entry of the audit log. */
export class AuditEntryResponse {
  @ApiProperty({ example: '4711' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'user.role_changed' })
  action!: string;

  @ApiProperty({
    enum: ['staff', 'donor', 'link', 'system'],
    description: 'link: somebody who was not signed in.',
  })
  actorType!: string;

  @ApiProperty({
    type: AuditPersonResponse,
    nullable: true,
    description: 'Who did it, when it was a member of staff.',
  })
  actor!: AuditPersonResponse | null;

  @ApiProperty({ type: String, nullable: true, description: 'What it was done to: an id or a route.' })
  subject!: string | null;

  @ApiProperty({
    type: AuditPersonResponse,
    nullable: true,
    description: 'To whom, when that is a member of staff.',
  })
  person!: AuditPersonResponse | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'From which address; null for Concierge itself.',
  })
  ip!: string | null;

  @ApiProperty({
    enum: ['http', 'socket', 'process'],
    nullable: true,
    description: 'By which way: a request, a socket event, or Concierge itself (jobs, timers).',
  })
  via!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'Further facts. `more` and `addresses` in the one entry a minute that stands for refusals without entries of their own.',
  })
  data!: Record<string, unknown>;
}
