import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';

/** What of ISO 8601 a Date reads the same everywhere: no weeks, no days of the year, no local times. */
const DAY_OR_INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

export class AuditQuery {
  @ApiPropertyOptional({
    type: Number,
    description: 'Id of a member of staff: what they did, and what was done to them.',
  })
  @IsOptional()
  @Matches(/^[1-9]\d{0,8}$/, { message: 'actor must be the id of a member of staff' })
  actor?: string;

  @ApiPropertyOptional({ example: 'auth.login', description: 'One action, or the area before its dot.' })
  @IsOptional()
  @Matches(/^[a-z_]{1,30}(\.[a-z_]{1,30})?$/, { message: 'action must be such as auth or auth.login' })
  action?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'At or after' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(DAY_OR_INSTANT, { message: 'from must be a day or a time with its zone, as 2026-11-20T09:30:00Z' })
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Before' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(DAY_OR_INSTANT, { message: 'to must be a day or a time with its zone, as 2026-11-20T09:30:00Z' })
  to?: string;

  @ApiPropertyOptional({ type: Number, minimum: 1, maximum: 100, default: 50 })
  @IsOptional()
  @Matches(/^([1-9]\d?|100)$/, { message: 'limit must be a whole number from 1 to 100' })
  limit?: string;

  @ApiPropertyOptional({ description: 'From the Link header of the page before' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  cursor?: string;
}

/** A member of staff in an entry. */
export class AuditPerson {
  @ApiProperty({ example: 7 })
  id!: number;

  @ApiProperty({ example: 'Maria Lopez' })
  name!: string;
}

/** One entry of the audit log. */
export class AuditEntryShape {
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
    type: AuditPerson,
    nullable: true,
    description: 'Who did it, when it was a member of staff.',
  })
  actor!: AuditPerson | null;

  @ApiProperty({ type: String, nullable: true, description: 'What it was done to: an id or a route.' })
  subject!: string | null;

  @ApiProperty({ type: AuditPerson, nullable: true, description: 'To whom, when that is a member of staff.' })
  person!: AuditPerson | null;

  @ApiProperty({ type: String, nullable: true })
  ip!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Further facts.' })
  data!: Record<string, unknown>;
}
