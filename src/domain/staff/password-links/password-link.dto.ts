import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { LOCALES, type Locale } from '../../../contract/locales.js';
import { IfGiven } from '../../../platform/http/validation/optional.decorator.js';
import {
  BoundedText,
  EmailText,
  FormedText,
  Line,
} from '../../../platform/http/validation/text.decorator.js';
import { USERNAME, USERNAME_RULE } from '../accounts/username.js';
import type { OpenLink } from './password-link-tokens.service.js';

const LONGEST_TOKEN = 100;

export class AskForPasswordLinkDto {
  @ApiProperty({ maxLength: 255, description: 'The email address of the account.' })
  @EmailText()
  email!: string;

  @ApiPropertyOptional({
    enum: LOCALES,
    description: 'The language of the email, where the person has none.',
  })
  @IfGiven()
  @IsIn(LOCALES)
  locale?: Locale;
}

export class CheckPasswordLinkDto {
  @ApiProperty({ maxLength: LONGEST_TOKEN, description: 'What stands behind the # of the link.' })
  @BoundedText(LONGEST_TOKEN)
  token!: string;
}

export class SetPasswordDto extends CheckPasswordLinkDto {
  @ApiProperty({ minLength: 10, maxLength: 72, description: '10 to 72 bytes, and not the username.' })
  @BoundedText(200)
  newPassword!: string;
}

export class AcceptInvitationDto extends SetPasswordDto {
  @ApiProperty({ maxLength: 120 })
  @Line(120)
  name!: string;

  @ApiProperty({ example: 'maria', description: USERNAME_RULE })
  @FormedText(USERNAME, { most: 100, message: USERNAME_RULE })
  username!: string;
}

export class PasswordLinkWaysResponse {
  @ApiProperty({ description: 'Links can be sent by email here; else a super admin makes them.' })
  byEmail!: boolean;
}

export class PasswordLinkAskedResponse {
  @ApiProperty({ example: 'If there is an account with this address, a link is on its way.' })
  message!: string;
}

/** What a link is for. */
export class PasswordLinkCheckedResponse {
  @ApiProperty({ enum: ['invitation', 'reset'] })
  kind!: 'invitation' | 'reset';

  @ApiProperty({ type: String, nullable: true, description: 'As the person who invites has written it.' })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Null for an invitation: the person chooses.' })
  username!: string | null;

  @ApiProperty({ type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Who invites.' })
  invitedBy!: string | null;
}

/** A link to be passed on by hand. */
export class MadePasswordLinkResponse {
  @ApiProperty({ description: 'Shown only now. It works once.' })
  link!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export function toChecked({ user, invitedBy, name, email }: OpenLink): PasswordLinkCheckedResponse {
  if (user === null)
    return { kind: 'invitation', name, username: null, email, invitedBy: invitedBy?.name ?? null };
  return {
    kind: 'reset',
    name: user.name,
    username: user.username,
    email: user.email,
    invitedBy: null,
  };
}
