import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { LOCALES, type Locale } from '../../../contract/locales.js';
import { STAFF_ROLES, type StaffRole } from '../../../contract/roles.js';
import { LIMITS } from '../../../contract/ticket-fields.js';
import type { PasswordLink } from '../../../platform/database/generated/client.js';
import { IfGiven } from '../../../platform/http/validation/optional.decorator.js';
import { BoundedText, EmailText, Line } from '../../../platform/http/validation/text.decorator.js';

const WAYS = ['email', 'link'] as const;
const MAIL_STATES = ['queued', 'sent', 'refused'] as const;

/** How an invitation reaches its person. */
export class SendInvitationDto {
  @ApiProperty({ enum: WAYS, description: '`email`: we send it; `link`: the answer shows a link, once.' })
  @IsIn(WAYS)
  by!: (typeof WAYS)[number];

  @ApiPropertyOptional({ enum: LOCALES, description: 'The language of the email; English without it.' })
  @IfGiven()
  @IsIn(LOCALES)
  locale?: Locale;
}

export class InviteDto extends SendInvitationDto {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 255, description: 'Needed for `email`.' })
  @IsOptional()
  @EmailText()
  email?: string | null;

  @ApiPropertyOptional({ maxLength: 120, description: 'The person may change it.' })
  @IfGiven()
  @Line(120)
  name?: string;

  @ApiPropertyOptional({ enum: STAFF_ROLES, default: 'ADMIN' })
  @IfGiven()
  @IsIn(STAFF_ROLES)
  role?: StaffRole;

  @ApiPropertyOptional({ maxLength: LIMITS.team, description: 'A key of GET /teams' })
  @IfGiven()
  @BoundedText(LIMITS.team)
  team?: string;
}

export class InvitationResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true })
  name!: string | null;

  @ApiProperty({ enum: STAFF_ROLES })
  role!: StaffRole;

  @ApiProperty({ example: 'GENERAL' })
  team!: string;

  @ApiProperty({ description: 'The name of who invites.' })
  invitedBy!: string;

  @ApiProperty({
    description: 'False once it is too old, or once the person who invites may no longer do so.',
  })
  isOpen!: boolean;

  @ApiProperty({
    enum: MAIL_STATES,
    type: String,
    nullable: true,
    description: 'Of the email; null where the link is passed on. `refused`: the address does not work.',
  })
  mail!: (typeof MAIL_STATES)[number] | null;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

/** An invitation that was just made or renewed. */
export class InvitationWithLinkResponse extends InvitationResponse {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'To be passed on; shown only now. It works once. Null where it was sent by email.',
  })
  link!: string | null;
}

export function toInvitation(
  row: PasswordLink & { invitedBy: { name: string } | null },
  isOpen: boolean,
): InvitationResponse {
  const { id, email, name, role, team, mail, invitedBy, expiresAt, createdAt } = row;
  return {
    ...{ id, email, name, isOpen },
    role: role as StaffRole,
    team: team ?? '',
    mail: mail as InvitationResponse['mail'],
    invitedBy: invitedBy?.name ?? '',
    expiresAt: expiresAt.toISOString(),
    createdAt: createdAt.toISOString(),
  };
}
